import assert from "node:assert/strict";
import fc from "fast-check";
import { allIpv4, blocks } from "../../../policies/reachability/addresses";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { Traffic } from "../../../policies/reachability/traffic";
import { has, packets, traffic } from "./small-traffic";

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

  it("turns a request into its replies: ends and ports exchanged, the ICMP type that answers", () => {
    const [one, two, tcp] = [IntervalSet.range(1, 1), IntervalSet.range(2, 2), IntervalSet.range(6, 6)];
    const request = Traffic.where({ source: one, destination: two, protocol: tcp, sourcePorts: one, ports: two });
    const reply = Traffic.where({ source: two, destination: one, protocol: tcp, sourcePorts: two, ports: one });
    assert.ok(request.reversed().isSubsetOf(reply) && reply.isSubsetOf(request.reversed()));
    const echo = Traffic.where({ source: one, destination: two, protocol: one, ports: IntervalSet.range(8, 8) });
    const answers = Traffic.where({ source: two, destination: one, protocol: one, ports: IntervalSet.range(0, 0) });
    assert.ok(answers.isSubsetOf(echo.reversed()) && echo.reversed().isSubsetOf(answers));
    assert.ok(echo.reversed().reversed().isSubsetOf(echo) && echo.isSubsetOf(echo.reversed().reversed()));
  });

  it("has no packet from one family to the other", () => {
    assert.ok(Traffic.where({ source: allIpv4, destination: blocks("::/0") }).isEmpty);
  });

  it("costs nothing with nothing or everything: one of the two comes back as it is", () => {
    const some = Traffic.where({ ports: IntervalSet.range(1, 9) });
    const empty = Traffic.where({ ports: IntervalSet.empty });
    assert.deepEqual(empty.boxes, []);
    for (const [found, expected] of [
      [some.union(empty), some],
      [empty.union(some), some],
      [some.union(Traffic.all), Traffic.all],
      [Traffic.all.union(some), Traffic.all],
      [some.intersect(Traffic.all), some],
      [Traffic.all.intersect(some), some],
      [some.intersect(empty), empty],
      [empty.intersect(some), empty],
      [some.subtract(empty), some],
      [empty.subtract(some), empty],
      [some.subtract(Traffic.all), Traffic.none],
    ] as const)
      assert.equal(found, expected);
  });

  it("leaves a box whole that a subtraction doesn't touch", () => {
    const some = Traffic.where({ source: blocks("10.0.0.0/8"), ports: IntervalSet.range(1, 9) });
    const [box] = some.subtract(Traffic.where({ source: blocks("11.0.0.0/8"), ports: IntervalSet.range(5, 6) })).boxes;
    assert.equal(box, some.boxes[0]);
  });

  it("has other values in some fields after a translation, the rest as before", () => {
    const some = Traffic.where({ source: blocks("10.0.0.1", "10.0.0.3"), ports: IntervalSet.range(1, 9) });
    const expected = Traffic.where({
      source: blocks("52.0.0.1"),
      destination: allIpv4,
      ports: IntervalSet.range(1, 9),
    });
    const found = some.with({ source: blocks("52.0.0.1") });
    assert.ok(found.isSubsetOf(expected) && expected.isSubsetOf(found));
    assert.ok(Traffic.none.with({ source: blocks("52.0.0.1") }).isEmpty);
  });

  it("turns ICMP and other protocols of one set each in its way", () => {
    const ports = IntervalSet.range(8, 8);
    const [icmp, icmpv6, tcp] = [IntervalSet.range(1, 1), IntervalSet.range(58, 58), IntervalSet.range(6, 6)];
    for (const [protocol, type] of [
      [icmp, 0],
      [icmpv6, 8],
    ] as const) {
      const found = Traffic.where({ protocol: protocol.union(tcp), ports, source: allIpv4 }).reversed();
      const answers = IntervalSet.range(type, type);
      const expected = Traffic.where({ protocol, ports: answers, destination: allIpv4 }).union(
        Traffic.where({ protocol: tcp, sourcePorts: ports, destination: allIpv4 }),
      );
      assert.ok(found.isSubsetOf(expected) && expected.isSubsetOf(found));
    }
  });
});
