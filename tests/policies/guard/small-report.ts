import { configuredRules } from "../../../policies/guard/configuration";
import { judge, type Report } from "../../../policies/guard/report";
import { type Resource, UNKNOWN, type Value } from "../../../policies/reachability/resources";
import type { Rule } from "../../../policies/rules/rule";
import { smallRule } from "../rules/small-rule";

/** Where `thing("a", …)` has its URN. */
export const urnOf = (name: string) => `urn:pulumi:test::small::aws:thing/thing:Thing::${name}`;

export const thing = (name: string, colour: Value, sourcePosition?: string): Resource => ({
  type: "aws:thing/thing:Thing",
  name,
  urn: urnOf(name),
  props: { id: `thing-${name}`, colour },
  propertyDependencies: { colour: [] },
  ...(sourcePosition === undefined ? {} : { sourcePosition }),
});

/** The rule once more, under a name of its own and with a level that doesn't fail. */
export const quietRule: Rule<typeof smallRule.settings> = {
  ...smallRule,
  id: "nice-colour",
  title: "Things have a nice colour",
  enforcementLevel: "advisory",
  severity: "critical",
};

/** Speaks about the stack as a whole, and finds nothing of its kind in any. */
const absentRule: Rule = { ...smallRule, id: "absent", settings: {}, judge: () => [] };

export const exemption = (resource: string, expires = "2027-03-31") => ({
  resource,
  reason: "moves in March",
  owner: "team-shop",
  expires,
});

/** A report with something of every kind, as of 2027-01-01. */
export function smallReport(): Report {
  const resources = [
    thing("a", "red", "project:///infra/things.ts#12,4"),
    thing("b", "green"),
    thing("c", UNKNOWN, "project:///infra/things.ts#12,4"),
    thing("old", "blue"),
    thing("over", "blue"),
  ];
  const exemptions = [exemption(urnOf("old")), exemption("urn:none"), exemption(urnOf("over"), "2026-12-31")];
  const rules = configuredRules([smallRule, quietRule, absentRule, { ...absentRule, id: "off" }], {
    "right-colour": { onUndetermined: "warn", exemptions },
    off: "disabled",
  });
  return judge(
    { resources, source: "stack small", file: "project/Pulumi.yaml", project: "project" },
    rules,
    "2027-01-01",
  );
}

/** One on which there is nothing to say. */
export function cleanReport(): Report {
  const judged = { resources: [thing("b", "green")], source: "state.json", file: "state.json", project: "" };
  return judge(judged, configuredRules([smallRule], {}), "2027-01-01");
}
