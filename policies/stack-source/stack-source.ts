import { resolve } from "node:path";
import type { Resource } from "../reachability/resources";
import { BadInput } from "../command-line/bad-input";
import { readPlanDocument, readStateDocument } from "./document";
import type { SourceOptions } from "./source-options";
import { exportStack } from "./stack-state";
import { type Surroundings, textOf } from "../command-line/surroundings";

/** The resources that are asked about, and where they came from, in the reader's words. */
export interface Found {
  readonly resources: readonly Resource[];
  readonly source: string;
}

/** The network that the options name: a stack's or a file's state, or a plan, of which the state gives what stays as it is. */
export async function resourcesOf(options: SourceOptions, surroundings: Surroundings): Promise<Found> {
  const existing = await stateOf(options, surroundings);
  const { plan } = options;
  if (plan === undefined) {
    if (existing === undefined) throw new BadInput(["no network: give --stack NAME, --state FILE or --plan FILE"]);
    return existing;
  }
  const text = await textOf("--plan", plan, surroundings);
  const name = plan === "-" ? "standard input" : plan;
  const resources = readPlanDocument(text, { option: "--plan", name }, existing?.resources);
  return { resources, source: `the plan of ${name}` };
}

async function stateOf(
  { stack, state, project }: SourceOptions,
  surroundings: Surroundings,
): Promise<Found | undefined> {
  if (stack !== undefined) {
    const { launcher, home, env, folder } = surroundings;
    const places = { launcher, home, env, project: resolve(folder, project) };
    const { text, source } = await exportStack(stack.name, stack.world, places);
    return { resources: readStateDocument(text, { option: "--stack", name: stack.name }), source };
  }
  if (state === undefined) return undefined;
  const name = state === "-" ? "standard input" : state;
  const text = await textOf("--state", state, surroundings);
  return { resources: readStateDocument(text, { option: "--state", name }), source: name };
}
