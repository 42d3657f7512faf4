import assert from "node:assert/strict";
import type { Resource } from "../../../policies/reachability/resources";
import { readOnce, stackPolicy } from "../../../policies/rules/stack-policy";
import { asPolicyResources, NotApplicable, violations } from "../stack";
import { smallRule } from "./small-rule";

const thing = (name: string, colour: string): Resource => ({
  type: "aws:thing/thing:Thing",
  name,
  urn: `urn:thing::${name}`,
  props: { id: `thing-${name}`, colour },
  propertyDependencies: {},
});

describe("a rule as the policy that the engine runs", () => {
  it("carries the rule's own name, level, severity and words", () => {
    const policy = stackPolicy(smallRule);
    assert.equal(policy.name, "right-colour");
    assert.equal(policy.displayName, smallRule.title);
    assert.equal(policy.description, smallRule.proves);
    assert.equal(policy.enforcementLevel, "mandatory");
    assert.equal(policy.severity, "low");
    assert.equal(policy.remediationSteps, smallRule.fix);
    assert.equal(policy.framework?.reference, "Thing.1");
    assert.equal(stackPolicy({ ...smallRule, controls: [] }).framework, undefined);
  });

  it("reports what its configuration makes of the stack", async () => {
    const things = [thing("a", "red"), thing("b", "green")];
    assert.deepEqual(await violations(smallRule, things), ['thing-a is "red"\nFix: paint it']);
    assert.deepEqual(await violations(smallRule, things, { colour: "red" }), ['thing-b is "green"\nFix: paint it']);
  });

  it("isn't applicable where there is nothing of the kind", async () => {
    await assert.rejects(violations(smallRule, []), NotApplicable);
  });

  it("stops on a configuration that can't be used", async () => {
    await assert.rejects(violations(smallRule, [thing("a", "red")], { color: "red" }), /Did you mean colour\?/);
  });
});

describe("a stack read once for all rules", () => {
  const first = asPolicyResources([thing("a", "red")]);
  const second = asPolicyResources([thing("b", "red")]);

  it("is the same model for every policy of one request", () => {
    const read = readOnce();
    assert.equal(read(first), read(second));
  });

  it("is read anew for the next request", async () => {
    const read = readOnce();
    read(first);
    await new Promise(setImmediate);
    assert.deepEqual(
      read(second).resources.map(({ name }) => name),
      ["b"],
    );
  });
});
