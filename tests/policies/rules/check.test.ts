import assert from "node:assert/strict";
import { UNKNOWN } from "../../../policies/reachability/resources";
import { bad, findingOf, good, outside, pending, switchOf } from "../../../policies/rules/check";

const resource = { type: "t", name: "a", urn: "urn:a", props: {}, propertyDependencies: {} };
const finding = (...checks: Parameters<typeof findingOf>[2]) => findingOf(resource, "it can't be told", checks);

describe("the checks of one resource as a finding", () => {
  it("are proved when all are good, or none are", () => {
    assert.deepEqual(finding(good, good).verdict, { kind: "proved" });
    assert.deepEqual(finding().verdict, { kind: "proved" });
  });

  it("are violated by one that is bad, whatever isn't known, each text once", () => {
    assert.deepEqual(finding(good, pending("x"), bad("a is bad", "mend"), bad("b is bad", "mend")).verdict, {
      kind: "violated",
      witness: "a is bad\nb is bad",
      fix: "mend",
    });
  });

  it("are undetermined by one that isn't known, pending only when the deployment tells all of them", () => {
    const mixed = finding(good, pending("x"), outside("y"), pending("x"));
    assert.deepEqual(mixed.verdict, { kind: "undetermined", question: "it can't be told", unknowns: ["x", "y"] });
    assert.equal(mixed.isPending, false);
    assert.equal(finding(pending("x"), good).isPending, true);
  });
});

describe("a switch", () => {
  it("is on, off, left to AWS or unknown", () => {
    assert.deepEqual([true, "true"].map(switchOf), ["on", "on"]);
    assert.deepEqual([false, "false"].map(switchOf), ["off", "off"]);
    assert.deepEqual([undefined, null, ""].map(switchOf), ["default", "default", "default"]);
    assert.equal(switchOf(UNKNOWN), "unknown");
  });
});
