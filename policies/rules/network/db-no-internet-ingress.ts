import { z } from "zod";
import { all, any, type Certainty } from "../../reachability/certainty";
import type { Network } from "../../reachability/network";
import type { Party } from "../../reachability/parties";
import type { Finding, Rule } from "../rule";
import { isChosen, namesParties } from "./chosen-parties";
import { databaseSubnetSettings, type DatabaseSubnet, findDatabaseSubnets } from "./database-subnets";
import { fromInternet } from "./internet-ways";
import { forbidden } from "./way-findings";

const settings = {
  ...databaseSubnetSettings,
  databases: z
    .array(z.string())
    .default(["database"])
    .describe(`Databases, besides those of RDS, DocumentDB and Neptune. ${namesParties}.`),
};

/** Whatever stands in a database subnet counts as one: what is reached there is one step from the database. */
export const dbNoInternetIngress: Rule<typeof settings> = {
  id: "db-no-internet-ingress",
  title: "Nothing on the internet reaches a database",
  proves:
    "Proves that nothing from the internet arrives at a database, nor at anything else in a database subnet, by a public address or through load balancers.",
  why:
    "A database that the internet reaches is one password, or one flaw, away from being everybody's. The DMZ is what the internet may reach; the " +
    "database is asked from there.",
  sources: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html",
  ],
  fix: "Close the way that the witness shows: take the public address away, remove the target, or narrow the security group.",
  enforcementLevel: "mandatory",
  severity: "critical",
  controls: [{ framework: "AWS Foundational Security Best Practices", id: "RDS.2" }],
  tags: ["network", "database", "internet"],
  settings,
  defers: false,
  notApplicable: "The stack has no database, and nothing in a database subnet.",
  judge: ({ network }, { databases, ...subnets }) => {
    const { found } = findDatabaseSubnets(network, subnets);
    return network.parties.flatMap((party) => judgeParty(network, party, databases, found));
  },
};

function judgeParty(
  network: Network,
  party: Party,
  databases: readonly string[],
  subnets: readonly DatabaseSubnet[],
): readonly Finding[] {
  const isSubject = any(
    party.kind === "database" ? "yes" : isChosen(network.links, party, databases),
    ...subnets.map((each) => standsIn(party, each)),
  );
  if (isSubject === "no") return [];
  const what = party.kind === "database" ? `database ${party.label}` : party.label;
  const words = {
    question: `it can't be told whether the internet reaches ${what}`,
    found: `the internet reaches ${what}`,
    fix: `close this way to ${what}: its public address, the load balancer's target, or the rule that lets the internet in.`,
  };
  const doubts = isSubject === "perhaps" ? [`whether ${what} is a database or stands in a database subnet`] : [];
  return [forbidden(party, fromInternet(network, party), words, doubts)];
}

function standsIn({ subnets, spread }: Party, { subnet, doubts }: DatabaseSubnet): Certainty {
  if (!subnets.candidates.includes(subnet.resource)) return "no";
  const isThere = spread || (subnets.candidates.length === 1 && !subnets.external) ? "yes" : "perhaps";
  return all(isThere, doubts.length === 0 ? "yes" : "perhaps");
}
