import type { Hop } from "../../policies/reachability/answer";
import type { Agent } from "./agent";
import { askKernel, type Comparison, patient, type Place, probeOf, said } from "./comparison";
import { toNamespaces } from "./to-namespaces";
import { machineName } from "./to-resources";
import type { Topology } from "./topology";

const textOf = ({ what, rule }: Hop) => (rule === undefined ? what : `${what} [${rule}]`);

/** A disagreement for a person: the question, the two answers, and the way that each side saw. */
export async function explain(
  agent: Agent,
  { question, kernel, library }: Comparison,
  forKernel: Topology,
): Promise<string> {
  const { from, to, service } = question;
  const settings = toNamespaces(forKernel);
  await agent.configure(settings);
  const once = { ...question, probe: probeOf(from, to, service) };
  await askKernel(agent, [once], patient);
  const listed = await agent.rules(Object.keys(settings));
  const met = Object.entries(listed).flatMap(([namespace, text]) => {
    let chain = "";
    return text.split("\n").flatMap((line) => {
      chain = /chain (\S+)/u.exec(line)?.[1] ?? chain;
      return /packets [1-9]/u.test(line) ? [`    ${namespace} ${chain}: ${line.trim()}`] : [];
    });
  });
  const name = (place: Place) =>
    `${place.machine === undefined ? "internet" : machineName(place.machine)} (${place.address})`;
  const blocked = library.blockedBy === undefined ? [] : [`    blocked: ${textOf(library.blockedBy)}`];
  return [
    `${name(from)} to ${name(to)}, ${service.protocol} ${service.port}, client port ${question.probe.client}`,
    `  kernel: request ${said(kernel.request)}, connection ${said(kernel.connection)}; rules met, both ways:`,
    ...met,
    `  library: request ${library.request}, connection ${library.connection}; path of the request:`,
    ...library.path.map((hop) => `    ${textOf(hop)}`),
    ...blocked,
    ...(library.unknowns ?? []).map((unknown) => `    unknown: ${unknown}`),
  ].join("\n");
}
