import assert from "node:assert/strict";

/** A step of `pulumi preview --json`. */
export interface Step {
  op: string;
  urn: string;
  oldState?: { inputs?: Record<string, unknown> };
  newState?: { inputs?: Record<string, unknown> };
  detailedDiff?: Record<string, { kind: string }> | null;
}

const SIGNS: Record<string, string> = { add: "+", delete: "-", update: "~" };
const LONGEST = 60;

/** `<type>::<name>` of what a step is about, without the types of its parents. */
export function subjectOf({ urn }: Step): string {
  return urn.split("::").slice(2).join("::").split("$").at(-1) ?? "";
}

/**
 * One step as a line: `<operation> <type>::<name>`, and for changes each property in Pulumi's signs, with old and new value where both
 * are short: `update aws:ec2/launchTemplate:LaunchTemplate::main-web: ~instanceType t4g.small → t4g.medium`. The signs keep the kind
 * that forces a replacement: `add-replace id`.
 */
export function changeOf(step: Step): string {
  const properties = Object.entries(step.detailedDiff ?? {}).map(
    ([path, { kind }]) => `${SIGNS[kind] ?? `${kind} `}${path}${kind === "update" ? values(step, path) : ""}`,
  );
  return [`${step.op} ${subjectOf(step)}`, ...(properties.length === 0 ? [] : [properties.sort().join(", ")])].join(
    ": ",
  );
}

function values({ oldState, newState }: Step, path: string): string {
  const [before, after] = [oldState, newState].map((state) => valueAt(state?.inputs, path));
  return before === undefined || after === undefined ? "" : ` ${before} → ${after}`;
}

/** The short text at `launchTemplate.version` or `subnetIds[2]`; undefined for what is long, unset, or no leaf. */
function valueAt(inputs: unknown, path: string): string | undefined {
  let value = inputs;
  for (const key of path.split(/[.[\]]+/).filter((part) => part !== "")) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  const leaf = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return leaf && String(value).length <= LONGEST ? String(value) : undefined;
}

/** The lines that a step adds to (`+`) and takes from (`-`) a machine's user data. */
export function userDataLines({ oldState, newState }: Step): string[] {
  const before = userData(oldState);
  const after = userData(newState);
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line.trim()}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
}

function userData(state: Step["newState"]): string[] {
  const encoded = state?.inputs?.["userData"];
  assert.equal(typeof encoded, "string", "user data in Base64");
  return Buffer.from(encoded as string, "base64")
    .toString("utf8")
    .split("\n");
}
