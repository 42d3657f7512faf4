import { allAddresses } from "./addresses";
import { type Estimate, intersect, nothing, perhaps, union } from "./estimate";
import type { IntervalSet } from "./interval-set";
import type { Hop } from "./query";
import { allPorts, type Box, icmpProtocols, Traffic } from "./traffic";

/** What is left of the asked traffic on its way, and how it came so far. */
export interface Course {
  /** Requests that are still on the way, as their headers are here. */
  readonly traffic: Estimate;
  /** Those of them whose replies get back this far too. */
  readonly works: Estimate;
  readonly path: readonly Hop[];
  /** Where the last of the requests was blocked. */
  readonly blockedBy: Hop | undefined;
  /** Where the last of the replies was. */
  readonly replyBlockedBy: Hop | undefined;
  /** What isn't known to be which of several, an end's address or port: a certain answer holds for each that it may be. */
  readonly each: readonly OneOfMany[];
  /** How the far end sees the sender, where something wrote other headers on the way; by each of the ways that the traffic takes. */
  readonly seenAs: readonly Appearance[];
  /** Is anybody told the path? Where only the traffic counts, no hop is put into words. */
  readonly isTold: boolean;
}

/** A sender behind a translation. */
export interface Appearance {
  readonly addresses: IntervalSet;
  /** Undefined: they are the sender's own. */
  readonly sourcePorts: IntervalSet | undefined;
  readonly each: readonly OneOfMany[];
}

export type OneOfMany = "source" | "destination" | "sourcePorts" | "ports";

const opposite: Readonly<Record<OneOfMany, OneOfMany>> = {
  source: "destination",
  destination: "source",
  sourcePorts: "ports",
  ports: "sourcePorts",
};

export function begin(traffic: Traffic, hop: Hop, each: Course["each"]): Course {
  const all: Estimate = { must: traffic, may: traffic, unknowns: [] };
  return {
    ...{ traffic: all, works: all, path: [hop], blockedBy: undefined, replyBlockedBy: undefined, each },
    ...{ seenAs: [], isTold: true },
  };
}

/** The same, of which nobody is told the path. */
export function untold(course: Course): Course {
  return { ...course, path: [], isTold: false };
}

export function isOver({ traffic }: Course): boolean {
  return traffic.may.isEmpty;
}

/** A hop that lets some requests pass. `said` says why it lets pass, or why not; asked only when it has to be told. */
export function pass(course: Course, permitted: Estimate, said: (passed: boolean) => Hop): Course {
  if (isOver(course)) return course;
  const traffic = narrowed(course.traffic, permitted, course.each);
  const works = narrowed(course.works, permitted, course.each);
  if (!course.isTold) return { ...course, traffic, works };
  const over = traffic.may.isEmpty;
  const hop = said(!over);
  return { ...course, traffic, works, path: [...course.path, hop], blockedBy: over ? hop : undefined };
}

/** A hop that lets some replies pass; `permitted` is in the headers of replies. */
export function passBack(course: Course, permitted: Estimate, said: () => Hop): Course {
  if (course.works.may.isEmpty) return course;
  const works = narrowed(course.works, turned(permitted), course.each);
  return works.may.isEmpty && course.isTold ? { ...course, works, replyBlockedBy: said() } : { ...course, works };
}

/** By a way whose own course is known: only what that lets through, there and back. */
export function following(course: Course, way: Pick<Course, "traffic" | "works">): Course {
  const traffic = narrowed(course.traffic, way.traffic, course.each);
  return { ...course, traffic, works: narrowed(course.works, way.works, course.each) };
}

/** The course with only those of its working requests that the reply's own course has. */
export function withReply(course: Course, reply: Course): Course {
  const works = narrowed(course.works, turned(reply.traffic), course.each);
  return works.may.isEmpty
    ? { ...course, works, replyBlockedBy: course.replyBlockedBy ?? reply.blockedBy }
    : { ...course, works };
}

/** The replies to what works so far, beginning their own way. */
export function replyTo(course: Course): Course {
  const traffic = turned(course.works);
  const each = course.each.map((one) => opposite[one]);
  return {
    ...{ traffic, works: traffic, path: [], blockedBy: undefined, replyBlockedBy: undefined, each },
    ...{ seenAs: [], isTold: course.isTold },
  };
}

export function block(course: Course, hop: Hop): Course {
  return pass(course, nothing, () => hop);
}

export function doubt(course: Course, unknown: string, hop: Hop): Course {
  return { ...course, ...doubtful(course, unknown), path: course.isTold ? [...course.path, hop] : [] };
}

/** The course of something that perhaps isn't there. */
export function supposed(course: Course, unknown: string): Course {
  return { ...course, ...doubtful(course, unknown) };
}

function doubtful({ traffic, works }: Course, unknown: string): Pick<Course, "traffic" | "works"> {
  return { traffic: perhaps(traffic, unknown), works: perhaps(works, unknown) };
}

/** Other values in some fields, as translation makes them; ports only where there are some: ICMP has its type and code there. */
export function readdressed(course: Course, fields: Partial<Box>): Course {
  const change = (estimate: Estimate): Estimate => ({
    ...estimate,
    must: rewritten(estimate.must, fields),
    may: rewritten(estimate.may, fields),
  });
  return { ...course, traffic: change(course.traffic), works: change(course.works) };
}

/** What is left, in its headers before, of a course whose `fields` were rewritten on the way. */
export function restored(before: Course, after: Course, fields: readonly OneOfMany[]): Course {
  const written = Object.fromEntries(fields.map((field) => [field, everyValue[field]]));
  const back = (own: Estimate, { must, may, unknowns }: Estimate): Estimate => ({
    must: own.must.intersect(rewritten(must, written)),
    may: own.may.intersect(rewritten(may, written)),
    unknowns: [...new Set([...own.unknowns, ...unknowns])],
  });
  const [traffic, works] = [back(before.traffic, after.traffic), back(before.works, after.works)];
  return { ...after, traffic, works, each: before.each };
}

const everyValue: Readonly<Record<OneOfMany, Box[OneOfMany]>> = {
  source: allAddresses,
  destination: allAddresses,
  sourcePorts: allPorts,
  ports: allPorts,
};
const icmp = Traffic.where({ protocol: icmpProtocols });

function rewritten(traffic: Traffic, { sourcePorts, ports, ...addresses }: Partial<Box>): Traffic {
  if (sourcePorts === undefined && ports === undefined) return traffic.with(addresses);
  const ofPorts = { ...(sourcePorts && { sourcePorts }), ...(ports && { ports }) };
  const ported = traffic.subtract(icmp).with({ ...addresses, ...ofPorts });
  return ported.union(traffic.intersect(icmp).with(addresses));
}

/** Parts of the traffic that go different ways; each has its own. */
export function fork(courses: readonly Course[]): Course | undefined {
  const best = mostOpen(courses);
  if (best === undefined) return undefined;
  return {
    ...best,
    traffic: union(...courses.map(({ traffic }) => traffic)),
    works: union(...courses.map(({ works }) => works)),
    seenAs: appearances(courses),
  };
}

function appearances(courses: readonly Course[]): readonly Appearance[] {
  const all = courses.flatMap((course) => (isOver(course) ? [] : course.seenAs));
  return all.filter((each, at) => all.findIndex((other) => looksLike(each, other)) === at);
}

/** Can the far end not tell the two apart? */
export function looksLike(a: Appearance, b: Appearance): boolean {
  const sorted = (appearance: Appearance) => [...new Set(appearance.each)].sort().join();
  const sameAddresses = a.addresses.equals(b.addresses) && sorted(a) === sorted(b);
  return (
    sameAddresses &&
    (a.sourcePorts === b.sourcePorts || (b.sourcePorts && a.sourcePorts?.equals(b.sourcePorts)) === true)
  );
}

/** One of the courses is the real one, it isn't known which: certain is only what all of them have. */
export function whicheverCourse(courses: readonly Course[], unknown: string): Course | undefined {
  const best = mostOpen(courses);
  if (best === undefined || courses.length === 1) return best;
  const join = (estimates: readonly Estimate[]): Estimate => {
    const must = estimates.map((each) => each.must).reduce((a, b) => a.intersect(b));
    const all = union(...estimates);
    const unknowns = all.may.isSubsetOf(must) ? all.unknowns : [...all.unknowns, unknown];
    return { must, may: all.may, unknowns: [...new Set(unknowns)] };
  };
  return {
    ...best,
    traffic: join(courses.map(({ traffic }) => traffic)),
    works: join(courses.map(({ works }) => works)),
    seenAs: appearances(courses),
  };
}

function mostOpen(courses: readonly Course[]): Course | undefined {
  const rank = ({ traffic, works }: Course) =>
    [works.must, traffic.must, works.may, traffic.may].findIndex((each) => !each.isEmpty);
  const place = (course: Course) => (rank(course) < 0 ? 4 : rank(course));
  return courses.reduce<Course | undefined>((best, course) => {
    if (best === undefined || place(course) < place(best)) return course;
    return place(course) === 4 && place(best) === 4 && course.path.length > best.path.length ? course : best;
  }, undefined);
}

/** What is left, without certainty where it holds for some of the addresses or ports that there may be only. */
function narrowed(estimate: Estimate, permitted: Estimate, each: Course["each"]): Estimate {
  if (estimate.may.isSubsetOf(permitted.must)) return estimate;
  const left = intersect(estimate, permitted);
  const lost = estimate.must.subtract(permitted.must);
  if (lost.isEmpty || each.length === 0) return left;
  const without = (ones: Course["each"]) =>
    left.must.subtract(rewritten(lost, Object.fromEntries(ones.map((one) => [one, everyValue[one]]))));
  const must = without(each);
  const isPartial = !left.must.isEmpty && must.isEmpty && left.unknowns.length === 0;
  if (!isPartial) return { ...left, must };
  const isByAddress = without(each.filter((one) => one === "source" || one === "destination")).isEmpty;
  const unknown = isByAddress
    ? "which of its subnet's addresses a party has"
    : "which port a gateway or load balancer sends from";
  return { ...left, must, unknowns: [unknown] };
}

function turned(estimate: Estimate): Estimate {
  return { ...estimate, must: estimate.must.reversed(), may: estimate.may.reversed() };
}

/** Nothing is on the way, as where there is no way at all. */
export function lost(hop: Hop): Course {
  return {
    traffic: nothing,
    works: nothing,
    path: [],
    blockedBy: hop,
    replyBlockedBy: undefined,
    each: [],
    seenAs: [],
    isTold: true,
  };
}

/** Perhaps all of it gets there and back, perhaps nothing, as where no way is known. */
export function undecided(traffic: Traffic, unknowns: readonly string[], path: readonly Hop[] = []): Course {
  const open: Estimate = { must: Traffic.none, may: traffic, unknowns };
  return {
    ...{ traffic: open, works: open, path, blockedBy: undefined, replyBlockedBy: undefined, each: [] },
    ...{ seenAs: [], isTold: true },
  };
}
