import { z } from "zod";
import { communicationsSetting, type Declaration } from "../../communications/declaration";
import { allAddresses } from "../../reachability/addresses";
import type { Certainty } from "../../reachability/certainty";
import type { Course } from "../../reachability/course";
import { exactly, intersect } from "../../reachability/estimate";
import { chainsTo } from "../../reachability/forwardings";
import { IntervalSet } from "../../reachability/interval-set";
import type { Network } from "../../reachability/network";
import type { Party } from "../../reachability/parties";
import { portsOf } from "../../reachability/target-ports";
import { Traffic } from "../../reachability/traffic";
import type { StackModel } from "../../stack-model";
import type { Finding, Rule } from "../rule";
import { namesParties } from "./chosen-parties";
import { databasePorts } from "./database-ports";
import { addressesSetting, declaredAddresses } from "./declared-addresses";
import { naming, statedBy } from "./declared-names";
import { fromInternet, sentByInternet } from "./internet-ways";
import { forbidden } from "./way-findings";

const port = z.int().min(1).max(65535);

const settings = {
  adminPorts: z.array(port).default([22, 3389]).describe("Ports of remote administration: SSH, RDP."),
  databasePorts: z
    .array(port)
    .default([...databasePorts])
    .describe("Ports of databases: who reaches them administers too."),
  operators: addressesSetting(
    "Blocks of addresses that operators come from, besides the outsiders that the matrix lets in at these ports.",
  ),
  bastions: z.array(z.string()).default(["bastion"]).describe(`What operators may reach. ${namesParties}.`),
  communications: communicationsSetting,
};

type Settings = z.output<z.ZodObject<typeof settings>>;

/** Load balancers let in whom they may; what stands behind is judged by itself, by the port that it is reached at. */
export const adminAccessFromOperatorsOnly: Rule<typeof settings> = {
  id: "admin-access-from-operators-only",
  title: "Only operators administer, and only through bastions",
  proves:
    "Proves that at the ports of administration and of databases nothing arrives from the internet but from the operators' declared addresses, and " +
    "there only at bastions and the load balancers before them.",
  why:
    "Open SSH, RDP and database ports are found and tried for passwords within minutes. Where only the operators' addresses get as far as a bastion, " +
    "a stolen key alone opens nothing.",
  sources: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-best-practices.html",
  ],
  fix: "Narrow the rule in the witness to the operators' addresses, declare them, or let operators in by the bastions.",
  enforcementLevel: "mandatory",
  severity: "critical",
  controls: [
    { framework: "AWS Foundational Security Best Practices", id: "EC2.19" },
    { framework: "CIS AWS Foundations Benchmark v3.0.0", id: "5.2" },
    { framework: "CIS AWS Foundations Benchmark v3.0.0", id: "5.3" },
  ],
  tags: ["network", "internet", "administration"],
  settings,
  defers: false,
  notApplicable: "The stack has no network interface.",
  judge: judgeStack,
};

const tcpAndUdp = IntervalSet.range(6, 6).union(IntervalSet.range(17, 17));

function judgeStack(stack: StackModel, chosen: Settings): readonly Finding[] {
  const { network } = stack;
  const { declaration, isUnknown } = statedBy(stack, chosen.communications);
  const numbers = [...chosen.adminPorts, ...chosen.databasePorts];
  const ports = numbers.reduce((sum, each) => sum.union(IntervalSet.range(each, each)), IntervalSet.empty);
  const isNamed = naming(network, declaration);
  const asked: Asked = {
    network,
    ports,
    operators: operatorsOf(chosen, declaration, numbers),
    doubts: isUnknown ? ["which operators the stack output communications lets in"] : [],
  };
  return network.parties.map((party) => {
    const isBastion = party.kind === "balancer" ? "yes" : isNamed(party, chosen.bastions);
    return judgeParty(asked, party, isBastion);
  });
}

interface Asked {
  readonly network: Network;
  readonly ports: IntervalSet;
  readonly operators: IntervalSet;
  readonly doubts: readonly string[];
}

function operatorsOf(
  { operators }: Settings,
  declaration: Declaration | undefined,
  numbers: readonly number[],
): IntervalSet {
  return declaredAddresses(operators, declaration, (row) => row.ports.some((each) => numbers.includes(each)));
}

function judgeParty({ network, ports, operators, doubts }: Asked, party: Party, isBastion: Certainty): Finding {
  const { headers, isOpen } = headersTo(network, party, ports);
  const isReached = !fromInternet(network, party).traffic.may.intersect(headers).isEmpty;
  const course = isReached ? sentByInternet(network, party, headers) : fromInternet(network, party);
  const all = only(course, headers);
  const strangers = only(all, Traffic.where({ source: allAddresses.subtract(operators) }));
  const words = {
    question: `it can't be told whether only operators reach ${party.label} for administration`,
    found: `not only operators reach ${party.label} from the internet`,
    fix: `let in at ${party.label} only the operators' addresses, and declare these (setting \`operators\`, or the matrix).`,
  };
  const perhaps = isOpen ? [`the port at which a load balancer reaches ${party.label}`] : [];
  if (isBastion === "yes" || !strangers.traffic.must.isEmpty || all.traffic.may.isEmpty)
    return forbidden(party, strangers, words, [...doubts, ...perhaps]);
  const direct = {
    ...words,
    found: `operators reach ${party.label}, which is no bastion, from the internet`,
    fix: `let operators in by a bastion, or name ${party.label} in the setting \`bastions\` if it is one.`,
  };
  return forbidden(party, all, direct, [
    ...perhaps,
    ...(isBastion === "perhaps" ? [`whether ${party.label} is a bastion`] : []),
  ]);
}

/** What a client sends to be taken to one of the ports: by a load balancer it may dial another. */
function headersTo(network: Network, party: Party, ports: IntervalSet): { headers: Traffic; isOpen: boolean } {
  const straight = Traffic.where({ protocol: tcpAndUdp, ports });
  if (party.kind === "balancer") return { headers: straight, isOpen: false };
  const chains = chainsTo(network, party).map(([first, ...others]) => {
    const own = portsOf(others.at(-1) ?? first);
    return { takes: first.forwarding.listener.takes.may, own };
  });
  const other = chains.filter(({ own }) => own === undefined || own.overlaps(ports));
  return {
    headers: other.reduce((sum, { takes }) => sum.union(takes), straight),
    isOpen: other.some(({ own }) => own === undefined),
  };
}

function only(course: Course, traffic: Traffic): Course {
  return { ...course, traffic: intersect(course.traffic, exactly(traffic)) };
}
