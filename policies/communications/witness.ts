import type { Course } from "../reachability/course";
import { describeHeaders } from "../reachability/protocols";
import type { Network } from "../reachability/network";
import type { Hop } from "../reachability/query";
import type { Traffic } from "../reachability/traffic";
import { type Pair, waysBetween } from "./ends";

/** The way of some traffic between two ends in words, as far as it gets: of the way that gets farthest. */
export function wayOf(network: Network, pair: Pair, traffic: Traffic): string {
  const courses = waysBetween(network, pair, traffic).flat();
  const course = courses.reduce((best, each) => (rank(each) > rank(best) ? each : best));
  const blocked = course.traffic.may.isEmpty ? course.blockedBy : undefined;
  const reply = blocked === undefined && course.works.may.isEmpty ? course.replyBlockedBy : undefined;
  const way = course.path.filter((hop) => hop.what !== blocked?.what).map(inWords);
  const { from, to } = pair;
  return [
    `${from.label} → ${to.label}, ${describeHeaders(traffic)}: ${[...way, ...(blocked === undefined ? [] : [`stopped: ${inWords(blocked)}`])].join("; ")}`,
    ...(reply === undefined ? [] : [`the reply is stopped: ${inWords(reply)}`]),
  ].join("; ");
}

function rank({ works, traffic, path }: Course): number {
  return (works.may.isEmpty ? 0 : 2000) + (traffic.may.isEmpty ? 0 : 1000) + path.length;
}

function inWords({ what, id, rule }: Hop): string {
  const named = id === undefined || what.includes(id) ? what : `${what} (${id})`;
  return rule === undefined || named.includes(rule) ? named : `${named} by ${rule}`;
}
