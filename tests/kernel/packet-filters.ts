import type { Acl, GroupRule, Match, Topology } from "./topology";

// Security groups and network ACLs as nftables rules. Every rule counts, so that a packet's way can be told afterwards.

function matching({ protocol, low, high }: Match): string {
  switch (protocol) {
    case "-1":
      return "";
    case "tcp":
    case "udp":
      return `${protocol} dport ${low}-${high}`;
    case "icmp":
      return ["ip protocol icmp", low < 0 ? "" : `icmp type ${low}`, high < 0 ? "" : `icmp code ${high}`].join(" ");
    case "253":
      return "ip protocol 253";
  }
}

export function anyOf(items: readonly string[]): string {
  return `{ ${items.join(", ")} }`;
}

function chain(name: string, hook: string, lines: readonly string[]): string {
  return `  chain ${name} {\n${[hook, ...lines].map((line) => (line === "" ? "" : `    ${line}\n`)).join("")}  }\n`;
}

export function table(chains: readonly string[]): string {
  return `flush ruleset\ntable ip cloud {\n${chains.join("")}}\n`;
}

export const baseChain = (name: string, hook: string, priority: number, lines: readonly string[]) =>
  chain(name, `type filter hook ${hook} priority ${priority}; policy accept;`, lines);

/** The groups of a machine, on its own interface: stateful, and only what a rule names gets through. */
export function groupFilter(topology: Topology, machine: number): string {
  const made = topology.machines[machine];
  const rulesOf = (direction: "ingress" | "egress") =>
    made === undefined || made.groups.length === 0
      ? defaultGroup(topology, machine, direction)
      : made.groups.flatMap((group) =>
          (topology.groups[group]?.rules ?? [])
            .filter((rule) => rule.direction === direction)
            .flatMap((rule) => accepting(topology, machine, rule)),
        );
  const around = (direction: "ingress" | "egress") => [
    "ct state established counter accept",
    "ct state invalid counter drop",
    ...rulesOf(direction),
    "counter drop",
  ];
  return table([
    baseChain("ingress", "input", 0, ["iifname lo accept", ...around("ingress")]),
    baseChain("egress", "output", 0, ["oifname lo accept", ...around("egress")]),
  ]);
}

function accepting(topology: Topology, machine: number, { direction, match, peer }: GroupRule): readonly string[] {
  const end = direction === "ingress" ? "saddr" : "daddr";
  const peers =
    peer.kind === "block"
      ? peer.block === "0.0.0.0/0"
        ? ""
        : `ip ${end} ${peer.block}`
      : members(topology, machine, peer.group, end);
  return peers === undefined ? [] : [`${peers} ${matching(match)} counter accept`];
}

/** Whoever has the group and is near: in the machine's VPC or an accepted peer. */
function members(topology: Topology, machine: number, group: number, end: string): string | undefined {
  const vpcOf = (at: number) => topology.subnets[topology.machines[at]?.subnet ?? -1]?.vpc ?? -1;
  const own = vpcOf(machine);
  const isNear = (vpc: number) =>
    vpc === own || topology.peerings.some(({ ends, accepted }) => accepted && ends.includes(vpc) && ends.includes(own));
  const found = topology.machines.filter((each, at) => each.groups.includes(group) && isNear(vpcOf(at)));
  return found.length === 0 ? undefined : `ip ${end} ${anyOf(found.map(({ address }) => address))}`;
}

function defaultGroup(topology: Topology, machine: number, direction: "ingress" | "egress"): readonly string[] {
  if (direction === "egress") return ["counter accept"];
  const vpc = topology.subnets[topology.machines[machine]?.subnet ?? -1]?.vpc;
  const found = topology.machines.filter(
    ({ groups, subnet }) => groups.length === 0 && topology.subnets[subnet]?.vpc === vpc,
  );
  return [`ip saddr ${anyOf(found.map(({ address }) => address))} counter accept`];
}

/** The two chains of an ACL: stateless, in order; who returns is allowed. */
export function aclChains({ entries }: Acl, at: number): readonly string[] {
  return (["ingress", "egress"] as const).map((direction) => {
    const own = entries.filter((entry) => entry.direction === direction);
    const lines = own.map(({ match, block, action }) => {
      const peers = block === "0.0.0.0/0" ? "" : `ip ${direction === "ingress" ? "saddr" : "daddr"} ${block}`;
      return `${peers} ${matching(match)} counter ${action === "allow" ? "return" : "drop"}`;
    });
    return chain(`acl${at}_${direction}`, "", [...lines, "counter drop"]);
  });
}
