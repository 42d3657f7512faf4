/** One measurement of tests/bench/reachability.ts, in a process of its own: `reachability-run.ts RESOURCES SEED`; prints it as JSON. */
import { classesOf } from "../../policies/reachability/classes";
import { connectionBetween } from "../../policies/reachability/connections";
import { readNetwork } from "../../policies/reachability/network";
import type { Endpoint } from "../../policies/reachability/query";
import { Traffic } from "../../policies/reachability/traffic";
import { networkOf } from "./reachability-network";

export interface Run {
  readonly resources: number;
  readonly vpcs: number;
  readonly parties: number;
  readonly classes: number;
  readonly pairs: number;
  /** Of the pairs those between which something works, reply included, for certain. */
  readonly open: number;
  /** Reading, then the pairs. */
  readonly readSeconds: number;
  readonly pairSeconds: number;
  /** User CPU of both; more than the wall time, where the garbage collector's threads work beside. */
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  /** Peak before anything was read: Node, the compiler that runs this file, and the resources themselves. */
  readonly baseMegabytes: number;
}

const [count = "1000", seed = "1"] = process.argv.slice(2);
const resources = networkOf(Number(count), Number(seed));
const baseMegabytes = process.resourceUsage().maxRSS / 1024;
const cpu = process.cpuUsage();
const began = performance.now();
const network = readNetwork(resources);
const read = performance.now();
/** Of each class a member that stands for it, and another one where it has several: a class is asked with itself too. */
const ends: readonly (readonly Endpoint[])[] = [
  [{ kind: "internet" }],
  ...classesOf(network).map(({ members }) =>
    members.slice(0, 2).map(({ resource: { urn } }): Endpoint => ({ kind: "party", urn })),
  ),
];
const pairs = ends.flatMap((from) =>
  ends.flatMap((to) => {
    const [[source], [target, other = target]] = [from, to];
    if (source === undefined || target === undefined || (source.kind === "internet" && to === from)) return [];
    return [{ from: source, to: from === to ? (other ?? target) : target }];
  }),
);
let open = 0;
for (const pair of pairs) {
  if (!connectionBetween(network, pair, Traffic.all).works.must.isEmpty) open += 1;
}
const ended = performance.now();
const run: Run = {
  resources: resources.length,
  vpcs: resources.filter(({ type }) => type === "aws:ec2/vpc:Vpc").length,
  parties: network.parties.length,
  classes: classesOf(network).length,
  pairs: pairs.length,
  open,
  readSeconds: (read - began) / 1000,
  pairSeconds: (ended - read) / 1000,
  cpuSeconds: process.cpuUsage(cpu).user / 1e6,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  baseMegabytes,
};
console.log(JSON.stringify(run));
