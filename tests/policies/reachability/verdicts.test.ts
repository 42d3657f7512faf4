import assert from "node:assert/strict";
import { begin, block, type Course, passBack, supposed } from "../../../policies/reachability/course";
import { nothing } from "../../../policies/reachability/estimate";
import type { Answer, Verdict } from "../../../policies/reachability/query";
import { Traffic } from "../../../policies/reachability/traffic";
import { bestOf, eachOf, judged } from "../../../policies/reachability/verdicts";

const path = [{ what: "start" }];
const start = begin(Traffic.all, { what: "start" }, []);

describe("the verdicts on a course", () => {
  const cases: readonly (readonly [string, Course, Answer])[] = [
    ["all arrives and works", start, { request: "reachable", connection: "reachable", path }],
    [
      "the request is blocked",
      { ...block(start, { what: "wall" }), replyBlockedBy: { what: "no reply" } },
      { request: "blocked", connection: "blocked", path: [...path, { what: "wall" }], blockedBy: { what: "wall" } },
    ],
    [
      "the reply is blocked",
      passBack(start, nothing, () => ({ what: "ACL" })),
      { request: "reachable", connection: "blocked", path, blockedBy: { what: "ACL" } },
    ],
    [
      "nothing is certain",
      { ...supposed(start, "it"), works: { ...supposed(start, "its reply").works } },
      { request: "undetermined", connection: "undetermined", path, unknowns: ["it"] },
    ],
    [
      "the reply isn't certain",
      { ...start, works: supposed(start, "its reply").works },
      { request: "reachable", connection: "undetermined", path, unknowns: ["its reply"] },
    ],
    [
      "the request isn't certain, but its reply is blocked",
      { ...supposed(start, "it"), works: nothing, replyBlockedBy: { what: "ACL" } },
      { request: "undetermined", connection: "blocked", path, blockedBy: { what: "ACL" }, unknowns: ["it"] },
    ],
  ];
  for (const [what, course, expected] of cases) {
    it(`where ${what}`, () => {
      assert.deepEqual(judged(course), expected);
    });
  }
});

const answer = (request: Verdict, connection: Verdict, what: string): Answer => ({
  request,
  connection,
  path: [{ what }],
});

describe("several answers", () => {
  it("of which any will do: the way that connects best, each verdict the best of any", () => {
    const half = answer("reachable", "blocked", "half");
    const open = answer("undetermined", "undetermined", "open");
    const whole = answer("reachable", "reachable", "whole");
    const shut = answer("blocked", "blocked", "shut");
    for (const [answers, expected] of [
      [[half, whole], whole],
      [[shut, half], half],
      [[half, open], { ...open, request: "reachable" }],
      [[shut, open], open],
      [[whole, { ...whole, path: [] }], whole],
      [[shut], shut],
    ] as const) {
      assert.deepEqual(bestOf(answers), expected);
      const [first, ...others] = [...answers].reverse();
      if (first !== undefined && first.path.length > 0) assert.deepEqual(bestOf([first, ...others]), expected);
    }
  });

  it("of which one holds: only what all say", () => {
    const whole = answer("reachable", "reachable", "whole");
    const half = { ...answer("reachable", "blocked", "half"), unknowns: ["a"] };
    const shut = { ...answer("blocked", "blocked", "shut"), unknowns: ["a", "b"] };
    assert.equal(eachOf([whole, { ...whole, path: [] }], "which"), whole);
    assert.deepEqual(eachOf([whole, half], "which"), {
      request: "reachable",
      connection: "undetermined",
      path: [{ what: "whole" }],
      unknowns: ["a", "which"],
    });
    assert.deepEqual(eachOf([half, shut], "which"), {
      request: "undetermined",
      connection: "blocked",
      path: [{ what: "half" }],
      unknowns: ["a", "b", "which"],
    });
    assert.equal(eachOf([whole], "which"), whole);
    const mixed = eachOf([whole, whole, shut], "which");
    assert.deepEqual([mixed.request, mixed.connection], ["undetermined", "undetermined"]);
  });
});
