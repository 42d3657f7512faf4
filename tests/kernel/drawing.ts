import fc from "fast-check";
import { type Match, most, type Spelling } from "./topology";

// What is drawn is a tree of small choices, so that fast-check can leave parts out when it shrinks. Earlier choices are the simpler ones.

const tcp = (low: number, high = low): Match => ({ protocol: "tcp", low, high });
const udp = (low: number, high = low): Match => ({ protocol: "udp", low, high });
const icmp = (low: number, high: number): Match => ({ protocol: "icmp", low, high });
export const everything: Match = { protocol: "-1", low: 0, high: 0 };
const other: Match = { protocol: "253", low: 0, high: 0 };

const ruleMatch = fc.oneof(
  { weight: 2, arbitrary: fc.constant(everything) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      tcp(443),
      tcp(22),
      tcp(22, 443),
      tcp(0, 65535),
      udp(53),
      udp(53, 600),
      icmp(-1, -1),
      icmp(8, -1),
      icmp(8, 0),
      icmp(0, -1),
      other,
    ),
  },
);
const entryMatch = fc.oneof(
  { weight: 3, arbitrary: ruleMatch },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      tcp(1024, 65535),
      tcp(32768, 60999),
      tcp(1024, 29999),
      udp(1024, 65535),
      udp(0, 39999),
      icmp(0, 0),
    ),
  },
);

/** Which of the topology's blocks: everywhere more often than others. */
const blockChoice = fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(30) });
const direction = fc.constantFrom("ingress" as const, "egress" as const);

const rule = fc.record({
  direction,
  match: ruleMatch,
  peer: fc.oneof(
    { weight: 3, arbitrary: fc.record({ block: blockChoice }) },
    { weight: 1, arbitrary: fc.record({ group: fc.nat(8) }) },
  ),
});
const entry = fc.record({
  direction,
  action: fc.oneof(
    { weight: 3, arbitrary: fc.constant("allow" as const) },
    { weight: 1, arbitrary: fc.constant("deny" as const) },
  ),
  match: entryMatch,
  block: blockChoice,
});
const route = fc.record({
  block: fc.nat(40),
  target: fc.oneof(
    { weight: 4, arbitrary: fc.constant("internetGateway" as const) },
    { weight: 3, arbitrary: fc.constant("nat" as const) },
    { weight: 4, arbitrary: fc.constant("peering" as const) },
    { weight: 1, arbitrary: fc.constant("blackhole" as const) },
  ),
  which: fc.nat(3),
});
/** A group that lets more out or in than its other rules, as most do. */
const group = fc.record({
  open: fc.constantFrom("both" as const, "egress" as const, "none" as const),
  rules: fc.array(rule, { maxLength: 4 }),
});
/** An ACL that ends by letting the rest pass, as half of them do. */
const acl = fc.record({
  rest: fc.constantFrom("allow" as const, "deny" as const),
  entries: fc.array(entry, { maxLength: 6 }),
});
/** Most first tables are of a public subnet, most second ones of one behind a NAT gateway; most have routes to each peer. */
const table = fc.record({
  home: fc.oneof(
    { weight: 4, arbitrary: fc.constant("usual" as const) },
    { weight: 1, arbitrary: fc.constant("none" as const) },
    { weight: 1, arbitrary: fc.constant("other" as const) },
  ),
  toPeers: fc.oneof({ weight: 2, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  routes: fc.array(route, { maxLength: 3 }),
});
const machine = fc.record({ publicAddress: fc.boolean(), groups: fc.array(fc.nat(2), { maxLength: 2 }) });
const subnet = fc.record({
  secondBlock: fc.boolean(),
  /** Not the one of its place: the first subnet the first, the second the second. */
  otherTable: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  /** Not the ACL that AWS made. */
  acl: fc.option(fc.nat(1), { freq: 2 }),
  nat: fc.constantFrom("none" as const, "public" as const, "public" as const, "private" as const),
  machines: fc.array(machine, { maxLength: 2 }),
});
const oftenTwo = <T>(each: fc.Arbitrary<T>) =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.array(each, { minLength: 1, maxLength: 1 }) },
    { weight: 3, arbitrary: fc.array(each, { minLength: 1, maxLength: 2, size: "max" }) },
  );
const vpc = fc.record({
  internetGateway: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  /** The same addresses as the first VPC, which then can't be its peer. */
  overlapping: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  /** As most are built: the second subnet's way out is a NAT gateway in the first, which is public. */
  natted: fc.boolean(),
  tables: oftenTwo(table),
  acls: fc.array(acl, { maxLength: 2 }),
  groups: fc.array(group, { minLength: 1, maxLength: 3 }),
  subnets: oftenTwo(subnet),
});
const spelling: fc.Arbitrary<Spelling> = fc.record({
  routes: fc.constantFrom("inline", "standalone"),
  entries: fc.constantFrom("inline", "standalone"),
  rules: fc.constantFrom("inline", "securityGroupRule", "vpcRule"),
  mainTable: fc.constantFrom("adopted", "associated"),
  publicAddress: fc.constantFrom("attribute", "elastic"),
});
/** The choices of one network, of which not all may be possible together. */
export const drawing = fc.record({
  vpcs: fc.array(vpc, { minLength: 1, maxLength: most.vpcs }),
  /** Between VPCs 0 and 1, 0 and 2, 1 and 2. */
  peerings: fc.array(fc.constantFrom("none" as const, "accepted" as const, "accepted" as const, "pending" as const), {
    minLength: 3,
    maxLength: 3,
  }),
  spelling,
});
export type Drawing = typeof drawing extends fc.Arbitrary<infer T> ? T : never;
export type VpcDrawing = Drawing["vpcs"][number];
