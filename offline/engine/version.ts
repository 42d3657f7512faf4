import { parse, type SemVer } from "semver";

/**
 * The oldest Pulumi CLI that is used as it is: the first one with `pulumi policy analyze --file`
 * (changelog of Pulumi 3.249.0, 2026-07-01), newer also than the Node.js SDK of this project (3.245.0).
 */
export const MINIMUM_VERSION = "3.249.0";

/** The CLI that `engine/build/go.mod` builds. */
export const SOURCE_VERSION = "3.259.0";

/** Reads the first line of `pulumi version` (`v3.259.0`, `3.259.0-alpha.1`); undefined when it isn't a version. */
export function parseEngineVersion(output: string): SemVer | undefined {
  const line = output.split("\n").find((text) => /^v?\d+\.\d+/.test(text.trim()));
  return (line === undefined ? undefined : parse(line.trim())) ?? undefined;
}

/** Reads `go version go1.26.8 linux/amd64` and `go 1.25` of a go.mod alike; a missing patch level counts as 0. */
export function parseGoVersion(text: string): SemVer | undefined {
  const match = /\bgo ?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return (match === null ? undefined : parse(`${match[1] ?? ""}.${match[2] ?? ""}.${match[3] ?? "0"}`)) ?? undefined;
}
