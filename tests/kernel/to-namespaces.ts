import { internetAddresses, machineNamespaces, natNamespaces, type Setting, vpcNamespaces } from "./agent";
import { aclChains, anyOf, baseChain, groupFilter, table } from "./packet-filters";
import type { Route, Topology } from "./topology";

// The topology for a Linux kernel: a namespace for each machine, for each NAT gateway, for each VPC's router and one for the internet. It shares
// nothing with the library: routes are chosen by the kernel's tables, packets by nftables, replies by its connection tracking.

/** By namespace; those that the topology doesn't use keep what they had, and nothing leads to them. */
export function toNamespaces(topology: Topology): Readonly<Record<string, Setting>> {
  const { vpcs, machines, nats } = topology;
  const settings: Record<string, Setting> = { internet: internet(topology) };
  vpcs.forEach((_, at) => {
    settings[vpcNamespaces[at] ?? ""] = router(topology, at);
  });
  machines.forEach(({ subnet, address }, at) => {
    const ip = attached(topology, subnet, address);
    settings[machineNamespaces[at] ?? ""] = { ip, nft: groupFilter(topology, at) };
  });
  nats.forEach(({ subnet, address }, at) => {
    const ip = attached(topology, subnet, address);
    settings[natNamespaces[at] ?? ""] = { ip, nft: natGateway(address) };
  });
  return settings;
}

/** One address on the link to its VPC's router, and everything goes there. */
function attached({ subnets }: Topology, subnet: number, address: string): string {
  const own = vpcNamespaces[subnets[subnet]?.vpc ?? 0] ?? "";
  return [
    ...vpcNamespaces.map((each) => `addr flush dev ${each}`),
    "route flush table all",
    `addr add ${address}/32 dev ${own}`,
    `route add default dev ${own}`,
    "",
  ].join("\n");
}

/** Sends on from its own address what it knows the way back of; takes nothing that isn't TCP, UDP or ICMP, and answers nothing itself. */
function natGateway(address: string): string {
  return [
    table([
      baseChain("own", "input", 0, ["counter drop"]),
      baseChain("carried", "forward", 0, [
        "ip protocol != { tcp, udp, icmp } counter drop",
        "ct state invalid counter drop",
        "counter accept",
      ]),
    ]),
    `table ip translation {\n  chain out { type nat hook postrouting priority 100; counter snat to ${address}; }\n}\n`,
  ].join("");
}

/** Knows public addresses only, each behind the VPC of its owner. */
function internet(topology: Topology): Setting {
  const routes = publicAddresses(topology).map(
    ({ vpc, outer }) => `route add ${outer}/32 dev ${vpcNamespaces[vpc] ?? ""} src 8.8.8.8`,
  );
  const ip = [
    "addr flush dev lo",
    "route flush table all",
    ...internetAddresses,
    ...routes,
    "route add blackhole default",
  ];
  return { ip: `${ip.join("\n")}\n`, nft: table([]) };
}

/** Public addresses of machines and NAT gateways, where the VPC has an internet gateway to hold them. */
function publicAddresses(topology: Topology) {
  return [...topology.machines, ...topology.nats].flatMap(({ subnet, address, publicAddress }) => {
    const vpc = topology.subnets[subnet]?.vpc ?? -1;
    if (publicAddress === undefined || topology.vpcs[vpc]?.internetGateway !== true) return [];
    return [{ vpc, inner: address, outer: publicAddress }];
  });
}

interface Member {
  readonly link: string;
  readonly subnet: number;
  readonly address: string;
}

function membersOf({ machines, nats, subnets }: Topology, vpc: number): readonly Member[] {
  const named = (names: readonly string[], list: readonly { subnet: number; address: string }[]) =>
    list.map(({ subnet, address }, at) => ({ link: names[at] ?? "", subnet, address }));
  return [...named(machineNamespaces, machines), ...named(natNamespaces, nats)].filter(
    ({ subnet }) => subnets[subnet]?.vpc === vpc,
  );
}

/** Numbers of the kernel's routing tables. */
const neighbours = 1000;
const routeTable = 2000;
const everyone = 3000;

/**
 * The router of a VPC: what a member sends to its own subnet goes there directly; else the subnet's route table decides, where `throw` (the local
 * route) goes on to the VPC's members. What comes from a peer or from the internet gateway goes to members only.
 */
function router(topology: Topology, vpc: number): Setting {
  const members = membersOf(topology, vpc);
  const own = topology.vpcs[vpc]?.blocks ?? [];
  const places = [...new Set(members.map(({ subnet }) => subnet))];
  const tables = [...new Set(places.map((place) => topology.subnets[place]?.table ?? -1))];
  const hosts = (which: readonly Member[], number: number) =>
    which.map(({ address, link }) => `route add ${address}/32 dev ${link} table ${number}`);
  const ip = [
    "rule flush",
    "route flush table all",
    ...members.flatMap(({ link, subnet }) => [
      `rule add pref 100 iif ${link} lookup ${neighbours + subnet}`,
      `rule add pref 200 iif ${link} lookup ${routeTable + (topology.subnets[subnet]?.table ?? -1)}`,
    ]),
    `rule add pref 300 lookup ${everyone}`,
    ...places.flatMap((place) =>
      hosts(
        members.filter(({ subnet }) => subnet === place),
        neighbours + place,
      ),
    ),
    ...tables.flatMap((at) => [
      ...own.map((block) => `route add throw ${block} table ${routeTable + at}`),
      ...(topology.tables[at]?.routes ?? []).map((route) => routeLine(topology, vpc, route, routeTable + at)),
      `route add blackhole default metric 9999 table ${routeTable + at}`,
    ]),
    ...hosts(members, everyone),
    `route add blackhole default table ${everyone}`,
    "",
  ].join("\n");
  return { ip, nft: routerFilter(topology, vpc, members) };
}

function routeLine(topology: Topology, vpc: number, { block, target }: Route, number: number): string {
  const dropped = `route add blackhole ${block} table ${number}`;
  const by = (link: string | undefined) => `route add ${block} dev ${link ?? ""} table ${number}`;
  switch (target.kind) {
    case "internetGateway":
      return by("internet");
    case "nat":
      return by(natNamespaces[target.nat]);
    case "peering": {
      const peering = topology.peerings[target.peering];
      const far = peering?.ends.find((end) => end !== vpc);
      return peering?.accepted === true ? by(vpcNamespaces[far ?? -1]) : dropped;
    }
    case "blackhole":
      return dropped;
  }
}

function routerFilter(topology: Topology, vpc: number, members: readonly Member[]): string {
  const own = publicAddresses(topology).filter((each) => each.vpc === vpc);
  const translate = (from: "inner" | "outer", to: "inner" | "outer") =>
    anyOf(own.map((each) => `${each[from]} : ${each[to]}`));
  const drops = (end: string, key: "inner" | "outer") =>
    own.length === 0 ? "counter drop" : `ip ${end} != ${anyOf(own.map((each) => each[key]))} counter drop`;
  const peers = topology.peerings.flatMap(({ ends, accepted }) => {
    const far = ends.find((end) => end !== vpc);
    if (!ends.includes(vpc) || far === undefined) return [];
    const link = `iifname ${vpcNamespaces[far] ?? ""}`;
    return accepted
      ? [`${link} ip saddr != ${anyOf(topology.vpcs[far]?.blocks ?? [])} counter drop`]
      : [`${link} counter drop`];
  });
  const linksOf = (subnet: number) => anyOf(members.filter((each) => each.subnet === subnet).map(({ link }) => link));
  const places = [...new Set(members.map(({ subnet }) => subnet))];
  const guarded = (direction: "ingress" | "egress") =>
    places.flatMap((place) => {
      const acl = topology.subnets[place]?.acl;
      const end = direction === "egress" ? "iifname" : "oifname";
      return acl === undefined ? [] : [`${end} ${linksOf(place)} counter jump acl${acl}_${direction}`];
    });
  const acls = topology.acls.flatMap((acl, at) => (acl.vpc === vpc ? aclChains(acl, at) : []));
  return table([
    ...acls,
    baseChain("entry", "prerouting", -300, [
      ...peers,
      `iifname internet ${drops("daddr", "outer")}`,
      ...(own.length === 0
        ? []
        : [`iifname internet counter ip daddr set ip daddr map ${translate("outer", "inner")}`]),
    ]),
    baseChain("borders", "forward", 0, [
      ...places.map((place) => `iifname ${linksOf(place)} oifname ${linksOf(place)} counter accept`),
      ...guarded("egress"),
      ...guarded("ingress"),
    ]),
    baseChain("exit", "postrouting", 300, [
      `oifname internet ${drops("saddr", "inner")}`,
      ...(own.length === 0
        ? []
        : [`oifname internet counter ip saddr set ip saddr map ${translate("inner", "outer")}`]),
    ]),
  ]);
}
