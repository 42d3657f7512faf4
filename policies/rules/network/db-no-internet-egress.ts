import type { Network } from "../../reachability/network";
import type { Subnet } from "../../reachability/vpcs";
import type { Verdict } from "../../verdict";
import type { Finding, Rule } from "../rule";
import {
  databaseSubnetSettings,
  type DatabaseSettings,
  type DatabaseSubnet,
  findDatabaseSubnets,
} from "./database-subnets";
import { type Egress, egressOf } from "./subnet-egress";

/**
 * Proves that no database subnet has a way to the internet.
 *
 * The subnet is the subject, not the database, and its routes, with the gateways behind them, decide: the tier has no route out at all (M1).
 * Firewalls don't excuse a route, since then one edited rule would open the database; what its network ACL and the security groups in it say
 * of the traffic today stands in the witness. A route to an internet gateway
 * is a way out only for public addresses: the subnet gives them at launch, or something in it has one; IPv6 addresses always are. Arriving is
 * enough (a reply isn't asked for): a datagram out is data out. A peering isn't one: AWS doesn't carry traffic on through the peer's gateways.
 * Where it isn't known which of some subnets a subnet group has, it has at least one of them: a way out of each is a violation.
 *
 * What isn't among the stack's resources isn't known, and what isn't known isn't proved.
 */
export const dbNoInternetEgress: Rule<typeof databaseSubnetSettings> = {
  id: "db-no-internet-egress",
  title: "Database subnets have no way to the internet",
  proves: "Proves that no database subnet has a route to the internet, by any gateway; firewalls don't excuse one.",
  why:
    "A database that can send to the internet is a way out for everything in it, and one edited firewall rule is enough to use a route. " +
    "Without a route there is nothing to open.",
  sources: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html"],
  fix: "Remove the route that the witness names, or give the database subnets a route table without it.",
  enforcementLevel: "mandatory",
  severity: "critical",
  controls: [],
  tags: ["network", "database"],
  settings: databaseSubnetSettings,
  defers: false,
  notApplicable: "The stack has no database subnet.",
  judge: ({ network }, chosen) => judgeNetwork(network, chosen),
};

/** One finding a database subnet, and one when others can't be found; none when there is no database subnet at all. */
function judgeNetwork(network: Network, chosen: DatabaseSettings): readonly Finding[] {
  const { found, unknowns } = findDatabaseSubnets(network, chosen);
  const egress = new Map(found.map(({ subnet }) => [subnet, egressOf(network, subnet)]));
  const findings: Finding[] = found.map((each) => ({
    verdict: judgeSubnet(each, egress),
    urn: each.subnet.resource.urn,
  }));
  if (unknowns.length === 0) return findings;
  const question = "it can't be told whether every database subnet is without a way to the internet";
  return [...findings, { verdict: { kind: "undetermined", question, unknowns: [...unknowns] }, urn: undefined }];
}

function judgeSubnet({ subnet, doubts, choices }: DatabaseSubnet, egress: ReadonlyMap<Subnet, Egress>): Verdict {
  const own = egress.get(subnet);
  if (own === undefined || own.answer === "no") return { kind: "proved" };
  const choice = choices.find(({ among }) => among.every((each) => egress.get(each)?.answer === "yes"));
  if (own.answer === "yes" && (doubts.length === 0 || choice !== undefined)) {
    const member =
      choice === undefined
        ? ""
        : `\nsubnet group ${choice.group} has at least one of ${choice.among.map((each) => each.label).join(", ")}, ` +
          "and each has such a way";
    return { kind: "violated", witness: own.witness + member, fix: own.fix };
  }
  const question = `it can't be told whether db subnet ${subnet.label} has a way to the internet`;
  const unknowns = [...new Set([...doubts, ...(own.answer === "perhaps" ? own.unknowns : [])])];
  return { kind: "undetermined", question, unknowns };
}
