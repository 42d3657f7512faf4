/** What a finding of a rule does: `mandatory` fails, `advisory` is only said, `disabled` isn't looked for. */
export type Level = "mandatory" | "advisory" | "disabled";

/** The levels as Pulumi writes them. A policy on a whole stack can't mend it, so the engine takes `remediate` for mandatory. */
const levels: Readonly<Record<string, Level>> = {
  advisory: "advisory",
  mandatory: "mandatory",
  remediate: "mandatory",
  disabled: "disabled",
};

export const levelNames = Object.keys(levels);

export function levelNamed(name: unknown): Level | undefined {
  return typeof name === "string" && Object.hasOwn(levels, name) ? levels[name] : undefined;
}
