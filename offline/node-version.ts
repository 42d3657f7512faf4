const MINIMUM = { major: 20, minor: 19 };

/** What to tell the user of a Node.js that is too old; undefined when it will do. */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > MINIMUM.major || (major === MINIMUM.major && minor >= MINIMUM.minor)) return undefined;
  return `Node.js ${MINIMUM.major}.${MINIMUM.minor} or newer is needed, this is ${version}: https://nodejs.org/`;
}
