import { readBareList } from "../../policies/stack-source/bare-list";
import { answer, type Answer, type Endpoint } from "../../policies/reachability/answer";
import { readNetwork } from "../../policies/reachability/network";
import { type Agent, machineNamespaces, type Probe } from "./agent";
import { toNamespaces } from "./to-namespaces";
import { instanceType, machineName, toResources, urnOf } from "./to-resources";
import { internetHosts, most, type Service, services, type Topology } from "./topology";

/** One packet, asked of both sides. */
export interface Question {
  readonly from: Place;
  readonly to: Place;
  readonly service: Service;
  readonly probe: Probe;
}

export interface Place {
  /** Undefined: on the internet. */
  readonly machine: number | undefined;
  readonly address: string;
}

export interface Outcome {
  readonly request: boolean;
  readonly connection: boolean;
}

export interface Comparison {
  readonly question: Question;
  readonly kernel: Outcome;
  readonly library: Answer;
}

/** Ports of clients go round, so that no two connections that the kernel remembers share one. */
const firstClient = 20_000;
const lastClient = 60_999;
let lastId = 0;

/** Every ordered pair of parties, by each address of the target, for every service. */
export function questionsOf(topology: Topology): readonly Question[] {
  const { machines } = topology;
  const hosts = internetHosts.map((address): Place => ({ machine: undefined, address }));
  const own = machines.map(({ address }, machine): Place => ({ machine, address }));
  const byPublic = machines.flatMap(({ publicAddress }, machine): Place[] =>
    publicAddress === undefined ? [] : [{ machine, address: publicAddress }],
  );
  return [...own, ...hosts].flatMap((from) =>
    [...own, ...byPublic, ...hosts]
      .filter((to) => to.machine !== from.machine)
      .flatMap((to) =>
        services
          .filter(({ protocol }) => protocol !== "253" || isForward(topology, from, to))
          .map((service) => ({ from, to, service, probe: probeOf(from, to, service) })),
      ),
  );
}

/**
 * Without ports, the two ways between two addresses are one connection to a stateful firewall: the one would open the other. Each pair is asked one
 * way, which differs from pair to pair; addresses that two VPCs have are left out.
 */
function isForward({ machines }: Topology, from: Place, to: Place): boolean {
  const isShared = ({ address }: Place) => machines.filter((each) => each.address === address).length > 1;
  if (isShared(from) || isShared(to)) return false;
  const [a, b] = [from.machine ?? most.machines, to.machine ?? most.machines];
  return (a + b) % 2 === 0 ? a < b : b < a;
}

export function namespaceOf({ machine }: Place): string {
  return machine === undefined ? "internet" : (machineNamespaces[machine] ?? "");
}

export function probeOf(from: Place, to: Place, { protocol, port }: Service): Probe {
  lastId += 1;
  return {
    id: lastId,
    at: namespaceOf(from),
    source: from.address,
    destination: to.address,
    protocol,
    port,
    client: firstClient + (lastId % (lastClient - firstClient + 1)),
  };
}

/** What the library says, from the resources alone. */
export function askLibrary(topology: Topology, questions: readonly Question[]): readonly Answer[] {
  const network = readNetwork(readBareList(toResources(topology)));
  const endpoint = ({ machine }: Place): Endpoint =>
    machine === undefined ? { kind: "internet" } : { kind: "party", urn: urnOf(instanceType, machineName(machine)) };
  return questions.map(({ from, to, service: { protocol, port }, probe: { client } }) =>
    answer(network, {
      from: endpoint(from),
      to: endpoint(to),
      fromIp: from.address,
      toIp: to.address,
      protocol: protocol === "253" ? 253 : protocol,
      // Of ICMP the code and the type; protocols without ports have none.
      ...(protocol === "253" ? {} : { srcPort: protocol === "icmp" ? 0 : client, dstPort: port }),
    }),
  );
}

/** What happens to the packets, the network being set up already. */
export async function askKernel(
  agent: Agent,
  questions: readonly Question[],
  quiet: number,
): Promise<readonly Outcome[]> {
  const seen = await agent.probe(
    questions.map(({ probe }) => probe),
    quiet,
  );
  const arrived = new Set(seen.arrived.map(([id, namespace]) => `${id} ${namespace}`));
  const answered = new Set(seen.answered);
  return questions.map(({ to, probe: { id } }) => {
    const request = arrived.has(`${id} ${namespaceOf(to)}`);
    return { request, connection: request && answered.has(id) };
  });
}

export const said = (yes: boolean) => (yes ? "reachable" : "blocked");

export function agrees({ kernel, library }: Comparison): boolean {
  return library.request === said(kernel.request) && library.connection === said(kernel.connection);
}

/** Time for a packet to turn up, and for one that seems lost; a busy machine is slow, so that a disagreement is measured again. */
const quiet = 0.02;
export const patient = 0.4;

/**
 * Both sides' answers on one topology. `forKernel`: what the kernel is given in its place, to see that a difference is noticed.
 */
export async function compare(
  agent: Agent,
  topology: Topology,
  forKernel: Topology = topology,
): Promise<readonly Comparison[]> {
  await agent.configure(toNamespaces(forKernel));
  const questions = questionsOf(topology);
  const answers = askLibrary(topology, questions);
  const outcomes = await askKernel(agent, questions, quiet);
  const found = questions.flatMap((question, at): Comparison[] => {
    const [kernel, library] = [outcomes[at], answers[at]];
    return kernel === undefined || library === undefined ? [] : [{ question, kernel, library }];
  });
  const doubted = found.filter((each) => !agrees(each)).map(({ question }) => question);
  if (doubted.length === 0) return found;
  const again = doubted.map((each) => ({ ...each, probe: probeOf(each.from, each.to, each.service) }));
  const measured = await askKernel(agent, again, patient);
  return found.map((each) => {
    const outcome = measured[doubted.indexOf(each.question)];
    return outcome === undefined ? each : { ...each, kernel: outcome };
  });
}
