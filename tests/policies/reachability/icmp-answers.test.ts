import assert from "node:assert/strict";
import fc from "fast-check";
import { answeringTypes } from "../../../policies/reachability/icmp-answers";
import { IntervalSet } from "../../../policies/reachability/interval-set";

const types = fc
  .array(fc.tuple(fc.nat(160), fc.nat(20)), { maxLength: 4 })
  .map((ranges) => IntervalSet.of(...ranges.map(([low, more]) => ({ low: BigInt(low), high: BigInt(low + more) }))));

describe("ICMP messages that answer one another", () => {
  const one = (type: number) => IntervalSet.range(type, type);

  it("pairs requests with replies, both ways, in each protocol its own", () => {
    for (const [protocol, request, reply] of [
      [1n, 8, 0],
      [1n, 13, 14],
      [1n, 15, 16],
      [1n, 17, 18],
      [58n, 128, 129],
      [58n, 139, 140],
    ] as const) {
      assert.ok(answeringTypes(protocol, one(request)).equals(one(reply)), `${protocol} ${request}`);
      assert.ok(answeringTypes(protocol, one(reply)).equals(one(request)), `${protocol} ${reply}`);
    }
    assert.ok(answeringTypes(58n, one(8)).equals(one(8)));
    assert.ok(answeringTypes(1n, one(128)).equals(one(128)));
  });

  it("leaves what is never answered, and turns everything into everything", () => {
    assert.ok(answeringTypes(1n, one(3)).equals(one(3)));
    assert.ok(answeringTypes(1n, IntervalSet.range(0, 255)).equals(IntervalSet.range(0, 255)));
  });

  it("is its own inverse", () => {
    fc.assert(
      fc.property(fc.constantFrom(1n as const, 58n as const), types, (protocol, set) =>
        answeringTypes(protocol, answeringTypes(protocol, set)).equals(set),
      ),
    );
  });
});
