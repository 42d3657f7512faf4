import type fc from "fast-check";
import { type Drawing, drawing, everything, type VpcDrawing } from "./drawing";
import {
  type Acl,
  type Group,
  internetHosts,
  type Machine,
  most,
  type Nat,
  type Peer,
  type Peering,
  type Route,
  type Subnet,
  type Table,
  type Topology,
} from "./topology";

/** A network that AWS would accept, made from what is drawn. */
export const randomTopology: fc.Arbitrary<Topology> = drawing.map(build);

const ways = ["ingress", "egress"] as const;
const passing = ways.map(
  (way) => ({ direction: way, action: "allow", match: everything, block: "0.0.0.0/0" }) as const,
);

function pick<T>(list: readonly T[], at: number): T | undefined {
  return list[at % Math.max(1, list.length)];
}

function natted(drawn: VpcDrawing): VpcDrawing {
  if (!drawn.natted || drawn.subnets.length < 2 || drawn.tables.length < 2) return drawn;
  const tables = drawn.tables.map((each) => ({ ...each, home: "usual" as const }));
  const subnets = drawn.subnets.map((each, place) => ({
    ...each,
    otherTable: false,
    nat: place === 0 ? ("public" as const) : each.nat,
  }));
  return { ...drawn, internetGateway: true, tables, subnets };
}

function build(choices: Drawing): Topology {
  const drawn = { ...choices, vpcs: choices.vpcs.map(natted) };
  const overlaps = (at: number) => at > 0 && drawn.vpcs[at]?.overlapping === true;
  const net = (at: number) => (overlaps(at) ? 0 : at);
  const vpcs = drawn.vpcs.map(({ internetGateway }, at) => ({
    blocks: [`10.${net(at)}.0.0/16`, `100.64.${16 * net(at)}.0/20`],
    internetGateway,
  }));
  const pairs = [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const;
  const peerings = pairs.flatMap(([a, b], at): Peering[] => {
    const state = drawn.peerings[at];
    if (b >= vpcs.length || overlaps(a) || overlaps(b) || state === undefined || state === "none") return [];
    return [{ ends: [a, b], accepted: state === "accepted" }];
  });
  const places = drawn.vpcs.flatMap((each, at) => each.subnets.map((made, place) => ({ ...made, vpc: at, place })));
  const before = (lists: readonly (readonly unknown[])[], at: number) =>
    lists.slice(0, at).reduce((sum, { length }) => sum + length, 0);
  const offset = (key: "tables" | "acls" | "groups", at: number) =>
    before(
      drawn.vpcs.map((each) => each[key]),
      at,
    );
  const within = (key: "tables" | "acls" | "groups", at: number, choice: number) =>
    offset(key, at) + (choice % Math.max(1, drawn.vpcs[at]?.[key].length ?? 1));
  const subnets = places.map(({ vpc: at, place, secondBlock, otherTable, acl }): Subnet => {
    const hasAcl = acl !== null && (drawn.vpcs[at]?.acls.length ?? 0) > 0;
    return {
      vpc: at,
      block: secondBlock ? `100.64.${16 * net(at) + place}.0/24` : `10.${net(at)}.${place}.0/24`,
      table: within("tables", at, place + (otherTable ? 1 : 0)),
      acl: hasAcl ? within("acls", at, acl) : undefined,
    };
  });
  const addressIn = (place: number, host: number) => (subnets[place]?.block ?? "").replace("0/24", String(host));
  const nats = places
    .flatMap(({ nat, vpc: at }, place): Nat[] => {
      if (nat === "none" || (nat === "public" && vpcs[at]?.internetGateway !== true)) return [];
      const publicAddress = nat === "public" ? `52.20.${at}.${200 + place}` : undefined;
      return [{ subnet: place, address: addressIn(place, 200), publicAddress }];
    })
    .slice(0, most.nats);
  const machines = places
    .flatMap(({ machines: made, vpc: at }, place) =>
      made.map((each, nth): Machine => ({
        subnet: place,
        address: addressIn(place, 10 + nth),
        publicAddress: each.publicAddress ? `52.20.${at}.${10 + 10 * place + nth}` : undefined,
        groups: [...new Set(each.groups.map((choice) => within("groups", at, choice)))],
      })),
    )
    .slice(0, most.machines);
  const blocks = [
    "0.0.0.0/0",
    "10.0.0.0/8",
    ...vpcs.map((each) => each.blocks[0] ?? ""),
    ...subnets.map(({ block }) => block),
    ...machines.map(({ address }) => `${address}/32`),
    ...internetHosts.map((address) => `${address}/32`),
    "8.0.0.0/7",
    "52.20.0.0/16",
    ...machines.flatMap(({ publicAddress }) => (publicAddress === undefined ? [] : [`${publicAddress}/32`])),
    ...nats.map(({ address }) => `${address}/32`),
  ];
  const known: Known = { blocks: [...new Set(blocks)], vpcs, peerings, subnets, nats, machines };
  const tables = drawn.vpcs.flatMap((each, at) => each.tables.map((made, nth) => tableOf(known, at, made, nth)));
  const acls = drawn.vpcs.flatMap((each, at) =>
    each.acls.map(({ entries, rest }): Acl => ({
      vpc: at,
      entries: [
        ...entries.map((made) => ({ ...made, block: pick(known.blocks, made.block) ?? "" })),
        ...(rest === "allow" ? passing : []),
      ],
    })),
  );
  const owners = drawn.vpcs.flatMap((each, at) => each.groups.map(() => at));
  const groups = drawn.vpcs.flatMap((each, at) => each.groups.map((made) => groupOf(known, owners, at, made)));
  return { vpcs, peerings, tables, acls, groups, subnets, nats, machines, spelling: drawn.spelling };
}

type Known = Pick<Topology, "vpcs" | "peerings" | "subnets" | "nats" | "machines"> & {
  readonly blocks: readonly string[];
};

/** AWS keeps one route a destination, none that equals a local one, and none within the VPC but a whole subnet's to a NAT gateway. */
function tableOf(known: Known, vpc: number, made: VpcDrawing["tables"][number], nth: number): Table {
  const own = known.vpcs[vpc]?.blocks ?? [];
  const peers = known.peerings.flatMap((each, peering) => {
    const [a, b] = each.ends;
    return a === vpc || b === vpc ? [{ peering, far: a === vpc ? b : a }] : [];
  });
  const nats = known.nats.flatMap((each, nat) => (known.subnets[each.subnet]?.vpc === vpc ? [nat] : []));
  const targetOf = (kind: (typeof made.routes)[number]["target"], which: number) => {
    if (kind === "blackhole") return { kind } as const;
    if (kind === "internetGateway") return known.vpcs[vpc]?.internetGateway === true ? ({ kind } as const) : undefined;
    const [nat, peer] = [pick(nats, which), pick(peers, which)];
    if (kind === "nat") return nat === undefined ? undefined : ({ kind, nat } as const);
    return peer === undefined ? undefined : ({ kind, peering: peer.peering } as const);
  };
  const candidates = [
    ...made.routes.map(({ block, target, which }) => ({
      block: pick([...known.blocks, "0.0.0.0/1", "10.1.0.0/17", "8.0.0.0/6"], block) ?? "",
      target: targetOf(target, which),
    })),
    ...(made.home === "none"
      ? []
      : [
          {
            block: "0.0.0.0/0",
            target: targetOf((nth === 0) === (made.home === "usual") ? "internetGateway" : "nat", 0),
          },
        ]),
    ...(made.toPeers
      ? peers.flatMap(({ peering, far }) =>
          (known.vpcs[far]?.blocks ?? []).map((block) => ({ block, target: { kind: "peering", peering } as const })),
        )
      : []),
  ];
  const ownSubnets = known.subnets.filter((each) => each.vpc === vpc).map(({ block }) => block);
  const routes = candidates.flatMap(({ block, target }): Route[] => {
    if (target === undefined || own.includes(block)) return [];
    const isInside = own.some((each) => isPart(block, each));
    return isInside && !(target.kind === "nat" && ownSubnets.includes(block)) ? [] : [{ block, target }];
  });
  const first = routes.filter(({ block }, at) => routes.findIndex((each) => each.block === block) === at);
  return { vpc, routes: first };
}

/** Is the first block a part of the second? Both as this file writes them: 10.x.…/8 to /32, 100.64.x.…/20 to /32. */
function isPart(block: string, whole: string): boolean {
  const bits = (text: string) => {
    const [address = "", length = "32"] = text.split("/");
    const binary = address.split(".").map((part) => Number(part).toString(2).padStart(8, "0"));
    return binary.join("").slice(0, Number(length));
  };
  return bits(block).startsWith(bits(whole));
}

/** Rules may refer to groups of the same VPC and of accepted peers only: AWS refuses others. */
function groupOf(known: Known, owners: readonly number[], vpc: number, made: VpcDrawing["groups"][number]): Group {
  const isNear = (at: number) =>
    at === vpc || known.peerings.some(({ ends, accepted }) => accepted && ends.includes(at) && ends.includes(vpc));
  const near = owners.flatMap((owner, group) => (isNear(owner) ? [group] : []));
  const peerOf = (peer: (typeof made.rules)[number]["peer"]): Peer =>
    "group" in peer
      ? { kind: "group", group: pick(near, peer.group) ?? 0 }
      : { kind: "block", block: pick(known.blocks, peer.block) ?? "" };
  const open = ways.filter((way) => made.open === "both" || made.open === way);
  const rules = [
    ...made.rules.map((each) => ({ ...each, peer: peerOf(each.peer) })),
    ...open.map((way) => ({ direction: way, match: everything, peer: { kind: "block", block: "0.0.0.0/0" } }) as const),
  ];
  return { vpc, rules };
}
