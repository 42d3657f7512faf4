import assert from "node:assert/strict";
import { inWords, join, type PairAnswer } from "../../../policies/reach/joint-answer";
import type { Answer, Verdict } from "../../../policies/reachability/answer";

function pair(to: string, request: Verdict, connection: Verdict, more: Partial<Answer> = {}): PairAnswer {
  const member = (label: string) => ({ endpoint: { kind: "party", urn: label } as const, label });
  return { from: member("web"), to: member(to), answer: { request, connection, path: [{ what: to }], ...more } };
}

describe("join", () => {
  it("is certain where all machines agree, with the first one's path", () => {
    const blockedBy = { what: "security group sg-1" };
    const { pairs: _, ...joint } = join([
      pair("a", "blocked", "blocked", { blockedBy }),
      pair("b", "blocked", "blocked", { blockedBy: { what: "another" } }),
    ]);
    assert.deepEqual(joint, { request: "blocked", connection: "blocked", path: [{ what: "a" }], blockedBy });
  });
  it("is undetermined where they don't, and lists who is what", () => {
    const joint = join([pair("a", "reachable", "reachable"), pair("b", "reachable", "blocked")]);
    assert.equal(joint.request, "reachable");
    assert.equal(joint.connection, "undetermined");
    assert.deepEqual(joint.unknowns, [
      "which machines are meant: web → a is reachable",
      "which machines are meant: web → b is one-way",
    ]);
  });
  it("passes on what isn't known of any machine, once", () => {
    const unknown = { unknowns: ["the routes of rtb-1"] };
    const joint = join([
      pair("a", "undetermined", "undetermined", unknown),
      pair("b", "undetermined", "undetermined", unknown),
      pair("c", "blocked", "blocked"),
    ]);
    assert.equal(joint.request, "undetermined");
    assert.deepEqual(joint.unknowns, ["the routes of rtb-1"]);
  });
  it("never turns machines that are blocked and some that aren't known into blocked", () => {
    assert.equal(join([pair("a", "blocked", "blocked"), pair("b", "undetermined", "blocked")]).request, "undetermined");
  });
});

describe("inWords", () => {
  it("calls a request that arrives without its reply one-way", () => {
    assert.equal(inWords({ request: "reachable", connection: "blocked" }), "one-way");
    assert.equal(inWords({ request: "blocked", connection: "blocked" }), "blocked");
  });
});
