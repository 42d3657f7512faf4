import assert from "node:assert/strict";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { describeHeaders, headers, parseProtocol } from "../../../policies/reachability/protocols";
import { UNKNOWN, type Value } from "../../../policies/reachability/resources";
import { allProtocols, Traffic } from "../../../policies/reachability/traffic";

const number = (at: number) => IntervalSet.range(at, at);
const ports = (low: number, high: number) => IntervalSet.range(low, high);

describe("protocols", () => {
  const known: readonly (readonly [Value, IntervalSet])[] = [
    ["tcp", number(6)],
    ["TCP", number(6)],
    ["6", number(6)],
    [6, number(6)],
    ["udp", number(17)],
    ["icmp", number(1)],
    ["icmpv6", number(58)],
    ["50", number(50)],
    ["-1", allProtocols],
    [-1, allProtocols],
    ["all", allProtocols],
  ];
  for (const [value, expected] of known) {
    it(`reads ${JSON.stringify(value)}`, () => {
      assert.ok(parseProtocol(value)?.equals(expected));
    });
  }

  it("reads nothing else", () => {
    const others: readonly Value[] = ["256", "sctp?", "", undefined, null, UNKNOWN, true];
    for (const value of others) assert.equal(parseProtocol(value), undefined);
  });
});

describe("the headers of a rule", () => {
  const exact = (found: ReturnType<typeof headers>, expected: Traffic) => {
    assert.ok(found.must.isSubsetOf(expected) && expected.isSubsetOf(found.must) && found.may.isSubsetOf(expected));
    assert.deepEqual(found.unknowns, []);
  };

  it("are the destination ports of TCP and UDP, whichever way they are written", () => {
    exact(headers("tcp", 443, 445, "?"), Traffic.where({ protocol: number(6), ports: ports(443, 445) }));
    exact(headers("17", "53", "53", "?"), Traffic.where({ protocol: number(17), ports: ports(53, 53) }));
    exact(headers("tcp", undefined, undefined, "?"), Traffic.where({ protocol: number(6) }));
  });

  it("ignore ports where the protocol has none, or is any", () => {
    exact(headers("50", 1, 2, "?"), Traffic.where({ protocol: number(50) }));
    exact(headers("-1", 22, 22, "?"), Traffic.all);
    exact(headers("-1", UNKNOWN, UNKNOWN, "?"), Traffic.all);
  });

  it("are the type and code of ICMP, -1 for any", () => {
    exact(headers("icmp", 8, -1, "?"), Traffic.where({ protocol: number(1), ports: ports(8, 8) }));
    exact(headers("icmp", -1, -1, "?"), Traffic.where({ protocol: number(1) }));
    exact(
      headers("icmpv6", 128, 0, "?"),
      Traffic.where({ protocol: number(58), ports: ports(128, 128), sourcePorts: ports(0, 0) }),
    );
  });

  it("may be any port while one end of the range isn't known", () => {
    for (const [low, high] of [
      [UNKNOWN, 443],
      [443, UNKNOWN],
    ] as const) {
      const found = headers("tcp", low, high, "the ports");
      assert.ok(found.must.isEmpty && Traffic.where({ protocol: number(6) }).isSubsetOf(found.may));
      assert.deepEqual(found.unknowns, ["the ports"]);
    }
  });

  it("may be anything while the protocol isn't known", () => {
    assert.deepEqual(headers(UNKNOWN, 1, 2, "it"), { must: Traffic.none, may: Traffic.all, unknowns: ["it"] });
  });

  for (const [expected, fields] of [
    ["tcp/443", { protocol: number(6), ports: ports(443, 443) }],
    ["tcp/1024-65535", { protocol: number(6), ports: ports(1024, 65535) }],
    ["udp", { protocol: number(17) }],
    ["protocol 50", { protocol: number(50) }],
    ["all traffic", {}],
    ["nothing", { protocol: IntervalSet.empty }],
  ] as const) {
    it(`read as ${expected}`, () => {
      assert.equal(describeHeaders(Traffic.where(fields)), expected);
    });
  }
});
