import { z } from "zod";
import { communicationsSetting, type Declaration, internetName, type Row } from "../../communications/declaration";
import { trafficOfRow } from "../../communications/row-traffic";
import { blocks } from "../../reachability/addresses";
import { internet } from "../../reachability/axioms";
import { all, type Certainty } from "../../reachability/certainty";
import type { Course } from "../../reachability/course";
import { exactly, intersect } from "../../reachability/estimate";
import { IntervalSet } from "../../reachability/interval-set";
import type { Party, PartyKind } from "../../reachability/parties";
import { describeHeaders } from "../../reachability/protocols";
import { allPorts, Traffic } from "../../reachability/traffic";
import type { StackModel } from "../../stack-model";
import type { Verdict } from "../../verdict";
import type { Finding, Rule } from "../rule";
import { isChosen, namesParties } from "./chosen-parties";
import { portsOfDatabase } from "./database-ports";
import { addressesSetting, declaredAddresses } from "./declared-addresses";
import { judgeByMatrix } from "./declared-matrix";
import { naming, statedBy } from "./declared-names";
import { fromInternet } from "./internet-ways";
import { fromOtherNetworks, sentBy, sentByItself } from "./senders";
import { pathText } from "./witness-path";

const settings = {
  communications: communicationsSetting,
  clients: z
    .array(z.string())
    .default([])
    .describe(`Who may reach the databases, besides those of the matrix. ${namesParties}.`),
  clientAddresses: addressesSetting(
    "Blocks of addresses outside the stack from which the databases may be reached: another VPC's, an office's.",
  ),
  databases: z
    .array(z.string())
    .default(["database"])
    .describe(`Databases, besides those of RDS, DocumentDB and Neptune. ${namesParties}.`),
};

type Settings = z.output<z.ZodObject<typeof settings>>;

/**
 * Who may reach a database nobody but its owners can say. Where nothing says it there is nothing to compare with: the rule then finds nothing, rather
 * than to fail every stack with a database; what no declaration could allow, the internet, is another rule's (`db-no-internet-ingress`).
 */
export const dbFromDeclaredPartiesOnly: Rule<typeof settings> = {
  id: "db-from-declared-parties-only",
  title: "Only declared parties reach a database",
  proves:
    "Proves that at a database's port nothing arrives but from parties that the matrix or the settings declare: of the stack, from the internet, or " +
    "from other networks.",
  why:
    "Whatever reaches the database can try its passwords and flaws. The list of those who need it is short; whoever else gets there came by a rule " +
    "that is too wide.",
  sources: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
    "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_network_protection_layered.html",
  ],
  fix: "Narrow the database's security group to the declared parties, or declare whoever the witness names.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [],
  tags: ["network", "database"],
  settings,
  defers: true,
  notApplicable:
    "The stack has no database, or nobody says who may reach it: declare them by the stack output `communications`, or by the setting `clients`.",
  judge: judgeStack,
};

const question = "it can't be told who may reach the databases";

function judgeStack(stack: StackModel, chosen: Settings): readonly Finding[] {
  const hasOwn = chosen.clients.length > 0 || chosen.clientAddresses.length > 0;
  if (!databasesOf(stack, chosen).some(({ answer }) => answer !== "no")) return [];
  if (hasOwn && stack.declared.kind !== "unreadable") {
    const { declaration, isUnknown } = statedBy(stack, chosen.communications);
    return judgeDatabases(stack, chosen, declaration, isUnknown);
  }
  return judgeByMatrix(stack, chosen.communications, question, (declaration) =>
    judgeDatabases(stack, chosen, declaration, false),
  );
}

function databasesOf({ network }: StackModel, { databases }: Settings) {
  return network.parties.map((party) => ({
    party,
    answer: party.kind === "database" ? ("yes" as const) : isChosen(network.links, party, databases),
  }));
}

function judgeDatabases(
  stack: StackModel,
  chosen: Settings,
  declaration: Declaration | undefined,
  isUnknown: boolean,
): readonly Finding[] {
  const doubts = isUnknown ? ["what the stack output communications says"] : [];
  const isNamed = naming(stack.network, declaration);
  return databasesOf(stack, chosen)
    .filter(({ answer }) => answer !== "no")
    .map(({ party, answer }) => {
      const arrivals = arrivalsAt(stack, party, chosen, declaration, isNamed);
      const isOne = answer === "yes" ? [] : [`whether ${party.label} is a database`];
      return { verdict: verdictOn(stack, party, arrivals, [...doubts, ...isOne]), urn: party.resource.urn };
    });
}

/** Somebody who isn't declared, or may not be, and what of theirs arrives. */
interface Arrival {
  readonly who: string;
  /** The party, where it is one. */
  readonly from?: Party;
  readonly course: Course;
  readonly doubts: readonly string[];
}

/** Those begin no connections of their own; through a balancer its clients are asked. Databases replicate among themselves. */
const silent: ReadonlySet<PartyKind> = new Set<PartyKind>(["balancer", "endpoint", "mountTarget", "database"]);

function arrivalsAt(
  { network }: StackModel,
  database: Party,
  chosen: Settings,
  declaration: Declaration | undefined,
  isNamed: ReturnType<typeof naming>,
): readonly Arrival[] {
  const known = database.kind === "database" ? portsOfDatabase(network.links, database.resource) : allPorts;
  const headers = Traffic.where({ protocol: tcp, ports: known ?? allPorts });
  const open = known === undefined ? [`the port of ${database.label}`] : [];
  const rows = (declaration?.rows ?? [])
    .map((row) => ({ row, isHere: isNamed(database, [row.to]) }))
    .filter(({ isHere }) => isHere !== "no");
  const inside: Arrival[] = network.parties
    .filter((party) => !silent.has(party.kind) && party.resource.urn !== database.resource.urn)
    .flatMap((party) => {
      const isClient = isNamed(party, chosen.clients);
      if (isClient === "yes") return [];
      const declared = rows.map(({ row, isHere }) => ({ row, answer: all(isHere, isNamed(party, [row.from])) }));
      const of = (wanted: Certainty) => trafficOf(declared.filter(({ answer }) => answer === wanted));
      const undeclared = headers.subtract(of("yes"));
      const isOpen = isClient === "perhaps" || of("perhaps").overlaps(undeclared);
      const doubts = isOpen ? [`whether ${party.label} is one of the declared parties`] : [];
      return [
        { who: party.label, from: party, course: only(sentBy(network, party, database, headers), undeclared), doubts },
      ];
    });
  const outsiders = rows
    .filter(({ isHere }) => isHere === "yes")
    .map(({ row }) => trafficOf([{ row }]).intersect(Traffic.where({ source: outsiderOf(row, declaration) })));
  const strangers = [
    Traffic.where({ source: declaredAddresses(chosen.clientAddresses, undefined, () => false) }),
    ...outsiders,
  ].reduce((rest, each) => rest.subtract(each), headers);
  const isOpen = rows.some(({ isHere }) => isHere === "perhaps");
  const doubts = isOpen ? [`whether the matrix speaks of ${database.label}`] : [];
  return [
    ...inside,
    { who: "the internet", course: only(fromInternet(network, database), strangers), doubts },
    { who: "another network", course: only(fromOtherNetworks(network, database), strangers), doubts },
  ]
    .filter(({ course }) => !course.traffic.may.isEmpty)
    .map((arrival) => ({ ...arrival, doubts: [...arrival.doubts, ...open] }));
}

const tcp = IntervalSet.range(6, 6);

function trafficOf(rows: readonly { readonly row: Row }[]): Traffic {
  return rows.reduce((sum, { row }) => (row.protocol === "tcp" ? sum.union(trafficOfRow(row)) : sum), Traffic.none);
}

function outsiderOf({ from }: Row, declaration: Declaration | undefined): IntervalSet {
  const texts = declaration?.outsiders[from];
  if (texts === undefined) return from === internetName ? internet : IntervalSet.empty;
  return blocks(...texts);
}

function only(course: Course, traffic: Traffic): Course {
  return { ...course, traffic: intersect(course.traffic, exactly(traffic)) };
}

/** Names so many; what follows is counted. */
const shown = 3;

function verdictOn(
  { network }: StackModel,
  database: Party,
  arrivals: readonly Arrival[],
  doubts: readonly string[],
): Verdict {
  const { label } = database;
  if (arrivals.length === 0) return { kind: "proved" };
  const certain = arrivals.filter((each) => each.doubts.length === 0 && !each.course.traffic.must.isEmpty);
  if (certain.length === 0 || doubts.length > 0) {
    const unknowns = arrivals.flatMap((each) => [
      ...each.doubts,
      ...(each.course.traffic.must.isEmpty ? each.course.traffic.unknowns : []),
    ]);
    return {
      kind: "undetermined",
      question: `it can't be told whether only declared parties reach database ${label}`,
      unknowns: [...new Set([...doubts, ...unknowns])],
    };
  }
  const lines = certain.slice(0, shown).map(({ who, from, course }) => {
    const { path } = from === undefined ? course : sentByItself(network, from, database, course.traffic.must);
    const what = describeHeaders(course.traffic.must);
    return `${who}, who isn't declared, reaches database ${label} by ${what}: ${pathText(path)}`;
  });
  const more = certain.length - lines.length;
  return {
    kind: "violated",
    witness: [...lines, ...(more > 0 ? [`${more} more do`] : [])].join("\n"),
    fix: `narrow the rules that let them in at database ${label}, or declare them (the matrix, or the setting \`clients\`).`,
  };
}
