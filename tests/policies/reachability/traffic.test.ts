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
