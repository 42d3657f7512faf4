import assert from "node:assert/strict";
import fc from "fast-check";
import { type ClassEnd, classPairs } from "../../../policies/reachability/class-pairs";
import { type Alternatives, connectionsBetween } from "../../../policies/reachability/connections";
import { readNetwork } from "../../../policies/reachability/network";
import type { Endpoint } from "../../../policies/reachability/query";
import { Traffic } from "../../../policies/reachability/traffic";
import { networkOf } from "../../bench/reachability-network";
import { randomNetwork } from "./random-network";

const endpoint = (end: ClassEnd, at: number): Endpoint =>
  end === "internet" ? { kind: "internet" } : { kind: "party", urn: (end.members[at] ?? end.members[0]).resource.urn };

/** Of each way that isn't blocked: which of the requests, and of those that are answered, are certain. */
function open(alternatives: Alternatives): readonly string[] {
  const ways = alternatives.map((courses) =>
    courses.map(({ traffic, works }) => [traffic, works].map(({ must, may }) => [!must.isEmpty, !may.isEmpty])),
  );
  return ways.filter((way) => way.flat(2).includes(true)).map((way) => JSON.stringify(way));
}

describe("pairs of classes", function () {
  this.timeout(120_000);

  it("are connected as the members are that stand for them, whatever isn't known (M4)", () => {
    for (const known of [true, false]) {
      fc.assert(
        fc.property(randomNetwork, (stack) => {
          const network = readNetwork(stack.resources(known));
          for (const { from, to, alternatives } of classPairs(network, Traffic.all)) {
            const ends = { from: endpoint(from, 0), to: endpoint(to, from === to ? 1 : 0) };
            assert.deepEqual(open(alternatives), open(connectionsBetween(network, ends, Traffic.all)));
          }
        }),
        { numRuns: 25 },
      );
    }
  });

  it("that groups keep apart follow no way, and are those that no way connects, in a network of VPCs (M4)", () => {
    const network = readNetwork(networkOf(250, 3));
    let barred = 0;
    for (const { from, to, alternatives } of classPairs(network, Traffic.all)) {
      if (alternatives[0][0].path.length > 0 || alternatives.length > 1) continue;
      barred += 1;
      const ends = { from: endpoint(from, 0), to: endpoint(to, from === to ? 1 : 0) };
      assert.deepEqual(open(alternatives), open(connectionsBetween(network, ends, Traffic.all)));
    }
    assert.ok(barred > 50, String(barred));
  });
});
