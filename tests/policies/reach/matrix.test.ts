import assert from "node:assert/strict";
import { readBareList } from "../../../policies/reach/bare-list";
import { matrixOf } from "../../../policies/reach/matrix";
import { matrixTable } from "../../../policies/reach/matrix-table";
import { paintFor } from "../../../policies/reach/paint";
import { readNetwork } from "../../../policies/reachability/network";
import { listParties } from "../../../policies/reachability/party-list";
import { smallNetwork } from "./small-network";

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
        "?  not for every machine of the role, or what isn't known decides: ask about the pair to see",
      ].join("\n"),
    );
  });
  it("says so when nothing works at all", () => {
    const nothing = [{ from: "a", to: "b", works: [], perhaps: [] }];
    assert.equal(matrixTable(nothing, paintFor(false, {})), "Nothing works between any two of them (1 of 1).");
  });
});
