import type { StackValidationPolicy } from "@pulumi/policy";
import { internet } from "../../reachability/axioms";
import { type Estimate, exactly, intersect } from "../../reachability/estimate";
import { permittedByAcl } from "../../reachability/network-acls";
import { type Network, readNetwork } from "../../reachability/network";
import { describeHeaders } from "../../reachability/protocols";
import { publicAddressesIn } from "../../reachability/public-addresses";
import { label, type Resource } from "../../reachability/resources";
import { rulesOf } from "../../reachability/security-groups";
import { Traffic } from "../../reachability/traffic";
import type { Subnet } from "../../reachability/vpcs";
import { type Sender, type Way, waysFrom } from "../../reachability/ways";
import { readPolicyResources } from "../../policy-resources";
import { report, type Verdict } from "../../verdict";
import { type DatabaseSettings, type DatabaseSubnet, findDatabaseSubnets } from "./database-subnets";

interface Settings extends DatabaseSettings {
  readonly onUndetermined: "fail" | "warn";
}

const defaults: Settings = { databaseSubnets: [], databaseTier: "internal", onUndetermined: "fail" };

/**
 * Proves that no database subnet has a way to the internet.
 *
 * The subnet is the subject, not the database, and its routes, with the gateways behind them, decide: the tier has no route out at all (M1).
 * Firewalls don't excuse a route, since then one edited rule would open the database; what its network ACL and the security groups in it say
 * of the traffic today stands in the witness. A route to an internet gateway
 * is a way out only for public addresses: the subnet gives them at launch, or something in it has one; IPv6 addresses always are. Arriving is
 * enough (a reply isn't asked for): a datagram out is data out. A peering isn't one: AWS doesn't carry traffic on through the peer's gateways.
 *
 * What isn't among the stack's resources isn't known, and what isn't known isn't proved.
 */
export const dbNoInternetEgress: StackValidationPolicy = {
  name: "db-no-internet-egress",
  displayName: "Database subnets have no way to the internet",
  description:
    "Proves that no database subnet has a route to the internet, by any gateway; firewalls don't excuse one.",
  enforcementLevel: "mandatory",
  severity: "critical",
  tags: ["network", "database"],
  remediationSteps: "Remove the route that the witness names, or give the database subnets a route table without it.",
  configSchema: {
    properties: {
      databaseSubnets: {
        type: "array",
        items: { type: "string" },
        default: [...defaults.databaseSubnets],
        description: "Ids, logical names or CIDR blocks of database subnets, besides those of RDS subnet groups.",
      },
      databaseTier: {
        type: "string",
        default: defaults.databaseTier,
        description: 'Subnets whose tag "Tier" has this value are database subnets.',
      },
      onUndetermined: {
        type: "string",
        enum: ["fail", "warn"],
        default: defaults.onUndetermined,
        description: 'What an answer that can\'t be known does: "fail" like a violation, or "warn" on the pack\'s log.',
      },
    },
  },
  validateStack: (args, reportViolation) => {
    const settings: Settings = { ...defaults, ...args.getConfig<Partial<Settings>>() };
    const findings = judge(readPolicyResources(args.resources, ["aws:"]), settings);
    if (findings.length === 0) args.notApplicable("The stack has no database subnet.");
    for (const { verdict, urn } of findings) {
      const message = report(verdict);
      if (message === undefined) continue;
      if (verdict.kind === "undetermined" && settings.onUndetermined === "warn") console.warn(message);
      else reportViolation(message, urn);
    }
  },
};

export interface Finding {
  readonly verdict: Verdict;
  /** The resource it is about; undefined when it is about the stack. */
  readonly urn: string | undefined;
}

/** One finding a database subnet, and one when others can't be found; none when there is no database subnet at all. */
export function judge(resources: readonly Resource[], settings: DatabaseSettings = defaults): readonly Finding[] {
  const network = readNetwork(resources);
  const { found, unknowns } = findDatabaseSubnets(network, settings);
  const findings: Finding[] = found.map((each) => ({
    verdict: judgeSubnet(network, each),
    urn: each.subnet.resource.urn,
  }));
  if (unknowns.length === 0) return findings;
  const question = "it can't be told whether every database subnet is without a way to the internet";
  return [...findings, { verdict: { kind: "undetermined", question, unknowns: [...unknowns] }, urn: undefined }];
}

function judgeSubnet(network: Network, { subnet, doubt }: DatabaseSubnet): Verdict {
  const addresses = publicAddressesIn(network.links, subnet, network.parties);
  const unknown = addresses.because.join(", ");
  const sender: Sender = { publicAddress: addresses.answer, unknown, acls: "ignored" };
  const { traffic, ways } = waysFrom(network, subnet, "internet", sender);
  const border = intersect(subnet.senders, exactly(Traffic.where({ destination: internet })));
  const leaving = intersect(border, traffic);
  if (leaving.may.isEmpty) return { kind: "proved" };
  if (leaving.must.isEmpty || doubt !== undefined) {
    const unknowns = [...new Set([...(doubt === undefined ? [] : [doubt]), ...leaving.unknowns])];
    const question = `it can't be told whether db subnet ${subnet.label} has a way to the internet`;
    return { kind: "undetermined", question, unknowns };
  }
  const way = mostCertain(ways, border);
  const path = [`db subnet ${subnet.label}`, ...way.hops, "internet"].join(" → ");
  const because =
    addresses.answer === "yes" && way.hops.some(isInternetGateway) ? `; public by ${addresses.because[0] ?? ""}` : "";
  const [table = "its route table", target = "a gateway"] = way.hops;
  return {
    kind: "violated",
    witness: `${path}${because}; ${firewallsOf(network, subnet, intersect(border, way.traffic))}`,
    fix: `remove the route to ${target} from ${table}, or associate subnet ${subnet.label} with a route table without it.`,
  };
}

function isInternetGateway(hop: string): boolean {
  return hop.startsWith("igw-") || hop.startsWith("internet gateway ");
}

function mostCertain(ways: readonly Way[], border: Estimate): Way {
  const open = ways.filter(({ traffic }) => !traffic.may.intersect(border.may).isEmpty);
  const certain = open.find(({ traffic }) => !traffic.must.intersect(border.must).isEmpty);
  return certain ?? open[0] ?? { traffic: border, hops: [] };
}

/** What the firewalls say of it today: the ACL where it blocks everything, else a group that lets something out, of those known in the subnet. */
function firewallsOf(network: Network, subnet: Subnet, leaving: Estimate): string {
  const passing = intersect(permittedByAcl(network.links, subnet, "egress"), leaving);
  if (passing.may.isEmpty) return "its network ACL blocks it today, but routes decide";
  const inside = network.parties.filter(({ subnets }) => subnets.candidates.includes(subnet.resource));
  for (const { groups } of inside) {
    for (const group of groups.certain) {
      for (const { traffic, peers } of rulesOf(network.links, group, "egress", undefined)) {
        const out = traffic.must.intersect(passing.must);
        if (!out.isEmpty) return `security group ${label(group)} allows ${describeHeaders(traffic.must)} to ${peers}`;
      }
    }
  }
  return "no security group known here lets it out today, but routes decide";
}
