import assert from "node:assert/strict";
import fc from "fast-check";
import { allIpv4, blocks } from "../../../policies/reachability/addresses";
import { exactly, intersect, oneOf, perhaps, subtract, union } from "../../../policies/reachability/estimate";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { Traffic } from "../../../policies/reachability/traffic";

/** Small universes, so that membership can be asked of every packet: the brute-force model of a set. */
const universe = Array.from({ length: 12 }, (_, at) => BigInt(at));
const intervalSet = fc
  .array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 4 })
  .map((pairs) =>
    IntervalSet.of(...pairs.map(([a, b]) => ({ low: BigInt(Math.min(a, b)), high: BigInt(Math.max(a, b)) }))),
  );

const corner = fc
  .array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 1, maxLength: 2 })
  .map((pairs) =>
    IntervalSet.of(...pairs.map(([a, b]) => ({ low: BigInt(Math.min(a, b)), high: BigInt(Math.max(a, b)) }))),
  );
const box = fc.record({ source: corner, destination: corner, protocol: corner, sourcePorts: corner, ports: corner });
const traffic = fc
  .array(box, { maxLength: 3 })
  .map((boxes) => boxes.reduce((sum, fields) => sum.union(Traffic.where(fields)), Traffic.none));

const three = [0n, 1n, 2n];
const packets = three.flatMap((source) =>
  three.flatMap((destination) =>
    three.flatMap((protocol) =>
      three.flatMap((sourcePorts) => three.map((ports) => ({ source, destination, protocol, sourcePorts, ports }))),
    ),
  ),
);
type Packet = (typeof packets)[number];

function has(set: Traffic, packet: Packet): boolean {
  return set.boxes.some(
    (each) =>
      each.source.has(packet.source) &&
      each.destination.has(packet.destination) &&
      each.protocol.has(packet.protocol) &&
      each.sourcePorts.has(packet.sourcePorts) &&
      each.ports.has(packet.ports),
  );
}

describe("interval sets", () => {
  const members = (set: IntervalSet) => universe.filter((value) => set.has(value));

  it("have the members that a brute-force model has", () => {
    fc.assert(
      fc.property(intervalSet, intervalSet, (a, b) => {
        assert.deepEqual(
          members(a.union(b)),
          universe.filter((value) => a.has(value) || b.has(value)),
        );
        assert.deepEqual(
          members(a.intersect(b)),
          universe.filter((value) => a.has(value) && b.has(value)),
        );
        assert.deepEqual(
          members(a.subtract(b)),
          universe.filter((value) => a.has(value) && !b.has(value)),
        );
      }),
    );
  });

  it("have one spelling: equal members, equal intervals", () => {
    fc.assert(
      fc.property(intervalSet, intervalSet, (a, b) => {
        assert.equal(a.equals(b), JSON.stringify(members(a).map(String)) === JSON.stringify(members(b).map(String)));
        assert.ok(a.union(b).equals(b.union(a)));
        assert.ok(a.subtract(a).isEmpty);
      }),
    );
  });
});

describe("traffic", () => {
  it("has the packets that a brute-force model has", () => {
    fc.assert(
      fc.property(traffic, traffic, (a, b) => {
        const [both, either, only] = [a.intersect(b), a.union(b), a.subtract(b)];
        for (const packet of packets) {
          assert.equal(has(both, packet), has(a, packet) && has(b, packet));
          assert.equal(has(either, packet), has(a, packet) || has(b, packet));
          assert.equal(has(only, packet), has(a, packet) && !has(b, packet));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("obeys the laws of sets", () => {
    const same = (a: Traffic, b: Traffic) => a.isSubsetOf(b) && b.isSubsetOf(a);
    fc.assert(
      fc.property(traffic, traffic, traffic, (a, b, c) => {
        assert.ok(same(a.intersect(b.union(c)), a.intersect(b).union(a.intersect(c))));
        assert.ok(same(a.subtract(b.union(c)), a.subtract(b).intersect(a.subtract(c))));
        assert.ok(same(a.union(Traffic.all), Traffic.all) && same(a.intersect(Traffic.all), a));
        assert.ok(Traffic.all.subtract(Traffic.all.subtract(a)).isSubsetOf(a));
        assert.equal(a.intersect(b).isEmpty, !packets.some((packet) => has(a, packet) && has(b, packet)));
      }),
      { numRuns: 60 },
    );
  });

  it("keeps boxes disjoint, so that they don't pile up", () => {
    fc.assert(
      fc.property(traffic, (a) => {
        for (const packet of packets) {
          const holding = a.boxes.filter(
            (each) =>
              each.source.has(packet.source) &&
              each.destination.has(packet.destination) &&
              each.protocol.has(packet.protocol) &&
              each.sourcePorts.has(packet.sourcePorts) &&
              each.ports.has(packet.ports),
          );
          assert.ok(holding.length <= 1);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("turns a request into its replies: ends and ports exchanged, any ICMP type", () => {
    const [one, two, tcp] = [IntervalSet.range(1, 1), IntervalSet.range(2, 2), IntervalSet.range(6, 6)];
    const request = Traffic.where({ source: one, destination: two, protocol: tcp, sourcePorts: one, ports: two });
    const reply = Traffic.where({ source: two, destination: one, protocol: tcp, sourcePorts: two, ports: one });
    assert.ok(request.reversed().isSubsetOf(reply) && reply.isSubsetOf(request.reversed()));
    const echo = Traffic.where({ source: one, destination: two, protocol: one, ports: IntervalSet.range(8, 8) });
    const answers = Traffic.where({ source: two, destination: one, protocol: one });
    assert.ok(answers.isSubsetOf(echo.reversed()));
  });

  it("has no packet from one family to the other", () => {
    assert.ok(Traffic.where({ source: allIpv4, destination: blocks("::/0") }).isEmpty);
  });
});

describe("estimates", () => {
  const estimate = fc
    .tuple(traffic, traffic)
    .map(([a, b]) => ({ must: a.intersect(b), may: a.union(b), unknowns: [] }));
  /** Any set that the estimate leaves possible. */
  const truth = (of: { must: Traffic; may: Traffic }, choice: Traffic) => of.must.union(of.may.intersect(choice));

  it("hold whatever the truth turns out to be", () => {
    fc.assert(
      fc.property(estimate, estimate, traffic, traffic, (a, b, first, second) => {
        const [x, y] = [truth(a, first), truth(b, second)];
        const holds = (found: { must: Traffic; may: Traffic }, real: Traffic) => {
          assert.ok(found.must.isSubsetOf(real) && real.isSubsetOf(found.may));
        };
        holds(union(a, b), x.union(y));
        holds(intersect(a, b), x.intersect(y));
        holds(subtract(a, b), x.subtract(y));
        holds(oneOf([a, b]), x);
        holds(oneOf([a, b]), y);
        holds(perhaps(a), Traffic.none);
        holds(perhaps(a), x);
        holds(exactly(x), x);
      }),
      { numRuns: 40 },
    );
  });
});
