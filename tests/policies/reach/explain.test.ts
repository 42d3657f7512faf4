import assert from "node:assert/strict";
import { explain as explainWith, titleOf } from "../../../policies/reach/explain";
import { join, type JointAnswer, type PairAnswer } from "../../../policies/reach/joint-answer";
import { type Paint, paintFor } from "../../../policies/command-line/paint";
import type { Question } from "../../../policies/reach/queries";
import type { Answer } from "../../../policies/reachability/answer";

const plain = paintFor(false, {});
const explain = (asked: Question, answer: JointAnswer, paint: Paint) =>
  explainWith(asked, answer, paint, (text) => text.replaceAll("acl-1", "inner (acl-1)"));
const question = { from: "web", to: "internet", protocol: "tcp", dstPort: 443 } as const;

function answers(...each: readonly Answer[]) {
  return join(
    each.map((answer, at): PairAnswer => ({
      from: { endpoint: { kind: "party", urn: `u${at}` }, label: `web-${at}` },
      to: { endpoint: { kind: "internet" }, label: "the internet" },
      answer,
    })),
  );
}

const works: Answer = {
  request: "reachable",
  connection: "reachable",
  path: [
    { what: "web-0", id: "i-1" },
    { what: "security group sg-1 lets it out", id: "sg-1", rule: "sgr-7" },
    { what: "route table rtb-1", rule: "0.0.0.0/0 to igw-1" },
  ],
};

describe("explain", () => {
  it("shows the verdict and the way hop by hop", () => {
    assert.equal(
      explain(question, answers(works), plain),
      [
        "web → internet, tcp/443: reachable, and the reply gets back",
        "   1  web-0 (i-1)",
        "   2  security group sg-1 lets it out by sgr-7",
        "   3  route table rtb-1 by 0.0.0.0/0 to igw-1",
      ].join("\n"),
    );
  });
  it("shows the hop that blocks, in the request or in the reply", () => {
    const blockedBy = { what: "network ACL", id: "acl-1", rule: "rule 100" };
    const blocked = { request: "blocked", connection: "blocked", path: [{ what: "web-0" }], blockedBy } as const;
    assert.equal(
      explain(question, answers(blocked), plain),
      ["web → internet, tcp/443: blocked", "   1  web-0", "   ✗  network ACL (inner (acl-1)) by rule 100"].join("\n"),
    );
    assert.equal(
      explain(question, answers({ ...blocked, request: "reachable" }), plain),
      [
        "web → internet, tcp/443: one-way: the request arrives, the reply doesn't get back",
        "   1  web-0",
        "   ✗  the reply is stopped: network ACL (inner (acl-1)) by rule 100",
      ].join("\n"),
    );
  });
  it("shows the hop that blocks once, though the path ends with it", () => {
    const blockedBy = { what: "network ACL" };
    const blocked = {
      request: "blocked",
      connection: "blocked",
      path: [{ what: "web-0" }, blockedBy],
      blockedBy,
    } as const;
    assert.equal(
      explain(question, answers(blocked), plain),
      ["web → internet, tcp/443: blocked", "   1  web-0", "   ✗  network ACL"].join("\n"),
    );
  });
  it("names what isn't known", () => {
    const unsure = {
      request: "undetermined",
      connection: "undetermined",
      path: [],
      unknowns: ["the routes of rtb-1"],
    } as const;
    assert.equal(
      explain(question, answers(unsure), plain),
      ["web → internet, tcp/443: undetermined", "   ?  it isn't known the routes of rtb-1"].join("\n"),
    );
  });
  it("says for how many machines an answer holds, or who has which", () => {
    assert.match(
      explain(question, answers(works, works), plain),
      /\n {2}the same for all 2 pairs of machines; shown: web-0 → the internet\n/,
    );
    const blocked = { request: "blocked", connection: "blocked", path: [] } as const;
    assert.match(
      explain(question, answers(works, blocked), plain),
      /: undetermined\n {2}web-0 → the internet: reachable\n {2}web-1 → the internet: blocked\n/,
    );
  });
  it("colours on a terminal only, and not with NO_COLOR", () => {
    const escape = String.fromCharCode(27);
    assert.ok(explain(question, answers(works), paintFor(true, {})).includes(`${escape}[32mreachable${escape}[0m`));
    for (const paint of [paintFor(false, {}), paintFor(true, { NO_COLOR: "1" }), paintFor(true, { TERM: "dumb" })]) {
      assert.ok(!explain(question, answers(works), paint).includes(escape));
    }
  });
});

describe("titleOf", () => {
  it("writes a question in one line", () => {
    const full = { from: "a", to: "b", fromIp: "10.0.0.1", toIp: "1.2.3.4", protocol: 50, srcPort: 1 } as const;
    assert.equal(titleOf(full), "a at 10.0.0.1 → b at 1.2.3.4, protocol 50 from port 1");
    assert.equal(titleOf({ from: "a", to: "b", protocol: "any" }), "a → b, anything");
    assert.equal(
      titleOf({ from: "a", to: "b", protocol: "icmp", dstPort: 8, srcPort: 0 }),
      "a → b, icmp type 8 code 0",
    );
    assert.equal(titleOf({ from: "a", to: "b", protocol: 58, dstPort: 128 }), "a → b, icmpv6 type 128");
  });
});
