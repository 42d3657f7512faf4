import assert from "node:assert/strict";
import { readBareList } from "../../../policies/stack-source/bare-list";
import { matrixOf } from "../../../policies/reach/matrix";
import { matrixTable } from "../../../policies/reach/matrix-table";
import { paintFor } from "../../../policies/command-line/paint";
import { readNetwork } from "../../../policies/reachability/network";
import { listParties } from "../../../policies/reachability/party-list";
import { anywhere, smallNetwork } from "../small-network";

const network = readNetwork(readBareList([...smallNetwork]));
const cells = matrixOf(network, listParties(network));

describe("the matrix of roles (M4)", () => {
  it("has every pair of roles and the internet, a role of several machines with itself", () => {
    const pairs = cells.map(({ from, to }) => `${from} ${to}`).sort();
    const roles = ["database", "internet", "web", "worker"];
    const expected = roles.flatMap((from) =>
      roles.filter((to) => from !== to || from === "worker").map((to) => `${from} ${to}`),
    );
    assert.deepEqual(pairs, expected.sort());
  });
  it("tells what works, reply included, and apart what works for some machines of a role", () => {
    const open = cells.filter(({ works, perhaps }) => works.length + perhaps.length > 0);
    assert.deepEqual(open, [
      { from: "internet", to: "web", works: ["tcp/443"], perhaps: [] },
      { from: "web", to: "internet", works: ["all traffic"], perhaps: [] },
      { from: "web", to: "database", works: ["tcp/5432"], perhaps: [] },
      { from: "web", to: "worker", works: [], perhaps: ["tcp/9000"] },
    ]);
  });
});

describe("a port of the matrix", () => {
  const acl = (name: string, ingress: readonly unknown[]) => ({
    type: "aws:ec2/networkAcl:NetworkAcl",
    name,
    id: `acl-${name}`,
    urn: `urn:pulumi:test::small::aws:ec2/networkAcl:NetworkAcl::${name}`,
    props: {
      vpcId: "vpc-1",
      subnetIds: ["subnet-public"],
      ingress,
      egress: [{ ruleNo: 100, action: "allow", protocol: "-1", cidrBlock: anywhere, fromPort: 0, toPort: 0 }],
    },
  });
  const replies = (fromPort: number, toPort: number) => {
    const rule = { ruleNo: 100, action: "allow", protocol: "tcp", cidrBlock: anywhere, fromPort, toPort };
    const guarded = readNetwork(readBareList([...smallNetwork, acl("public", [rule])]));
    const found = matrixOf(guarded, listParties(guarded)).find(({ from, to }) => from === "web" && to === "database");
    return [found?.works, found?.perhaps];
  };
  it("works only when it does from every port that a client may take", () => {
    assert.deepEqual(replies(1024, 65535), [["tcp/5432"], []]);
    assert.deepEqual(replies(32768, 60999), [["tcp/5432"], []]);
    assert.deepEqual(replies(1024, 50000), [[], ["tcp/5432"]]);
    assert.deepEqual(replies(40000, 65535), [[], ["tcp/5432"]]);
    assert.deepEqual(replies(1024, 2000), [[], []]);
  });
});

describe("matrixTable", () => {
  it("prints a line for each pair that is open, and counts the others", () => {
    assert.equal(
      matrixTable(cells, paintFor(false, {})),
      [
        "from      to        works, reply included",
        "internet  web       tcp/443",
        "web       internet  all traffic",
        "web       database  tcp/5432",
        "web       worker    tcp/9000?",
        "Between every other pair nothing works (9 of 13).",
        "?  only for some machines of the role or from some of a client's ports, or what isn't known decides: ask about the pair.",
      ].join("\n"),
    );
  });
  it("says so when nothing works at all", () => {
    const nothing = [{ from: "a", to: "b", works: [], perhaps: [] }];
    assert.equal(matrixTable(nothing, paintFor(false, {})), "Nothing works between any two of them (1 of 1).");
  });
});
