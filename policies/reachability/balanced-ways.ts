import { throughLeg } from "./balanced-legs";
import { type Balancer, balancerOf, nameOf, nodesOf } from "./balancers";
import { foreignBalancersOf } from "./classic-balancers";
import { begin, type Course, doubt, following, fork, isOver, lost, undecided, untold, whicheverCourse } from "./course";
import { type Dialled, entries, type Entry, isNamed, mayTake, taking } from "./entries";
import { anything, type Estimate, nothing, perhaps, union } from "./estimate";
import { type Chain, chainsTo, type Entrance, entrancesOf, type Forwarding, longestChain } from "./forwardings";
import { foreignGroupsOf } from "./group-targets";
import type { Family } from "./interface-addresses";
import type { Listener } from "./listeners";
import type { Network } from "./network";
import type { Party } from "./parties";
import { describeHeaders } from "./protocols";
import { remembered, RememberedPairs } from "./remembered";
import { sitesOf, type TargetSite } from "./served-targets";
import type { InterfaceSite, SendingSite } from "./sites";
import { Traffic } from "./traffic";

type Courses = readonly [Course, ...Course[]];

/** The ways to a party through load balancers; a course for each pair of a sender and an interface of the party. */
export function throughBalancers(dialled: Dialled, senders: readonly SendingSite[], party: Party): readonly Courses[] {
  const { network, headers, family, asked, via } = dialled;
  const known = chainsTo(network, party).flatMap((chain): Courses[] => {
    const [{ forwarding }] = chain;
    const { balancer, listener } = forwarding;
    if (!mayTake(listener, headers) || !isNamed(dialled, balancer)) return [];
    const last = chain.at(-1) ?? chain[0];
    const own = [party, ...(party.interfaces ?? []).map((each) => each.party)].map(({ resource }) => resource.urn);
    const sites = sitesOf(network, last.target, last.forwarding.pool.family ?? "ipv4").filter(
      ({ site }) => site.hop.urn !== undefined && own.includes(site.hop.urn),
    );
    const [first, ...others] = senders.flatMap((sender) => {
      const entered = entries(dialled, sender, balancer, listener);
      const reached = sites.map((site) => {
        const courses = entered.map((entry) => behindNode(dialled, entry, chain, site));
        return fork(courses) ?? lost({ what: noNode(balancer, family) });
      });
      // A balancer has all of its nodes; of others it isn't known where they are.
      const any = party.kind === "balancer" ? fork(reached) : undefined;
      return any === undefined ? reached : [any];
    });
    return first === undefined ? [] : [[first, ...others]];
  });
  const unknowns = foreignersOf(network, party).map(
    (id) => `what ${id ?? "a target group or load balancer that isn't known"} forwards to ${party.label}`,
  );
  const ways =
    unknowns.length === 0 || asked !== undefined ? known : [...known, [undecided(headers, unknowns)] as const];
  if (ways.length > 0 || via === undefined) return ways;
  return [[lost({ what: `no listener on ${describeHeaders(headers)} forwards to ${party.label}`, urn: via })]];
}

/** What isn't among the resources and forwards to a party, or may. */
export function foreignersOf(network: Network, party: Party): readonly (string | undefined)[] {
  const known = remembered(network.links, "foreigners", () => new Map<Party, readonly (string | undefined)[]>());
  const found = known.get(party) ?? [
    ...new Set([...foreignGroupsOf(network, party), ...foreignBalancersOf(network, party)]),
  ];
  known.set(party, found);
  return found;
}

/** The ways to a load balancer itself: the request arrives when a listener takes it; the answer comes from a target, or from the listener. */
export function toBalancer(dialled: Dialled, senders: readonly SendingSite[], party: Party): readonly Courses[] {
  const { network, headers, family } = dialled;
  const balancer = balancerOf(network, party);
  if (balancer === undefined) return [];
  const entrances = entrancesOf(network, balancer).filter(({ listener }) => mayTake(listener, headers));
  const ways = entrances.flatMap((entrance): Courses[] => {
    const [first, ...others] = senders.map((sender) => {
      const entered = entries(dialled, sender, balancer, entrance.listener);
      const courses = entered.map((entry) => behindListener(dialled, entry, entrance));
      return fork(courses) ?? lost({ what: noNode(balancer, family) });
    });
    return first === undefined ? [] : [[first, ...others]];
  });
  if (party.resource.isRead) return [[undecided(headers, [`the listeners of ${nameOf(balancer)}`])], ...ways];
  const what = `${nameOf(balancer)} has no listener on ${describeHeaders(headers)}`;
  return ways.length > 0 ? ways : [[lost({ what, urn: party.resource.urn })]];
}

function noNode(balancer: Balancer, family: Family): string {
  return `${nameOf(balancer)} takes nothing over ${family === "ipv4" ? "IPv4" : "IPv6"} there`;
}

const chainWays = new WeakMap<Chain, RememberedPairs<InterfaceSite, InterfaceSite, Course>>();

/** From a node to a party; where the node dials itself, whoever dialled it, the way is found out once. */
function behindNode(dialled: Dialled, entry: Entry, chain: Chain, end: TargetSite): Course {
  const { course, node } = entry;
  if (dialled.isTold || chain[0].forwarding.pool.keepsClient !== "no") return alongChain(dialled, entry, chain, end);
  const ways = chainWays.get(chain) ?? new RememberedPairs();
  chainWays.set(chain, ways);
  return following(
    course,
    ways.of(node, end.site, () => alongChain(dialled, { node, client: node, course: everything }, chain, end)),
  );
}

const listenerWays = new RememberedPairs<Entrance, InterfaceSite, Course>();

/** What is answered behind a listener, in the same way. */
function behindListener(dialled: Dialled, entry: Entry, entrance: Entrance): Course {
  const { node, course } = entry;
  if (dialled.isTold || entrance.forwardings.some(({ pool }) => pool.keepsClient !== "no"))
    return answeredBehind(dialled, entry, entrance);
  const [any] = entrance.forwardings;
  const way = listenerWays.of(entrance, node, () => {
    const taken = any === undefined ? everything : taking(everything, any.balancer, entrance.listener);
    return answeredBehind(dialled, { node, client: node, course: taken }, entrance);
  });
  return following(course, { traffic: anything, works: way.works });
}

const everything = untold(begin(Traffic.all, { what: "" }, []));

/** From a node to the party at the end of the chain. */
function alongChain(dialled: Dialled, { node, client, course }: Entry, chain: Chain, end: TargetSite): Course {
  const { network, family } = dialled;
  const [link, next] = chain;
  if (isOver(course)) return course;
  const sender = sendingNode(network, link.forwarding, node, family);
  if (sender === undefined)
    return lost({ what: noNode(link.forwarding.balancer, link.forwarding.pool.family ?? family) });
  if (next === undefined) {
    // A balancer takes nothing but by its listeners.
    if (link.target.party.kind === "balancer") return behindTarget(dialled, { node, client, course }, link, end);
    const { site, certain } = end;
    const reached = throughLeg({ network, link, node: sender, site, client, onward: (arrived) => arrived }, course);
    return certain ? reached : doubt(reached, `which interfaces and addresses ${site.label} has`, site.hop);
  }
  // The next balancer's nodes are the targets here.
  const { balancer, listener } = next.forwarding;
  const courses = nodesOf(network, balancer, link.forwarding.pool.family ?? "ipv4").map(({ site: place }) => {
    const onward = (arrived: Course) =>
      alongChain(dialled, { node: place, client: sender, course: taking(arrived, balancer, listener) }, [next], end);
    return throughLeg({ network, link, node: sender, site: place, client, onward }, course);
  });
  return fork(courses) ?? lost({ what: noNode(balancer, family) });
}

/** The node as it sends: in the family of its targets. */
function sendingNode(network: Network, { balancer, pool }: Forwarding, node: InterfaceSite, family: Family) {
  const sends = pool.family ?? "ipv4";
  if (sends === family) return node;
  return nodesOf(network, balancer, sends).find(({ site }) => site.subnet === node.subnet)?.site;
}

/** The request at a node, and which of it is answered: by any target of what the listener forwards to, or by the listener. */
function answeredBehind(
  dialled: Dialled,
  entry: Entry,
  { listener, forwardings }: Entrance,
  before: readonly Party[] = [],
): Course {
  const { network } = dialled;
  const { course } = entry;
  if (isOver(course)) return course;
  const outside = [...listener.outside, ...forwardings.flatMap(({ pool }) => pool.outside)];
  const own = ownAnswers(listener, forwardings, course);
  const behind: Course[] = [];
  let works = union(own, ...(outside.length === 0 ? [] : [perhaps(course.works, ...outside)]));
  for (const link of forwardings.flatMap((forwarding) =>
    forwarding.pool.targets.map((target) => ({ forwarding, target })),
  )) {
    const { forwarding, target } = link;
    const sites = sitesOf(network, target, forwarding.pool.family ?? "ipv4");
    const courses = sites.map((site) => behindTarget(dialled, entry, link, site, before));
    const none = { what: `${target.party.label} isn't there` };
    // A balancer has all of its nodes; of others it isn't known where they are.
    const joined =
      target.party.kind === "balancer" ? fork(courses) : whicheverCourse(courses, "in which of its subnets a party is");
    const found = joined ?? lost(none);
    behind.push(found);
    works = union(works, found.works);
    // Any target will do: where all is answered for certain, however many more of them change nothing.
    if (course.works.may.isSubsetOf(works.must)) break;
  }
  const best = fork(behind);
  const none = { what: `nothing is registered for ${listener.label} to forward to`, urn: listener.resource.urn };
  const reason = best === undefined ? none : (best.blockedBy ?? best.replyBlockedBy);
  return {
    ...course,
    works,
    path: own.must.isEmpty ? (best?.path ?? course.path) : course.path,
    replyBlockedBy: works.may.isEmpty ? (course.replyBlockedBy ?? reason) : undefined,
  };
}

/**
 * A target whose id isn't known may be a load balancer too, even the one that forwards to it: what comes back to one on the way already, or would
 * pass a third one, isn't followed.
 *
 * @param before the load balancers on the way, without the link's own.
 */
function behindTarget(
  dialled: Dialled,
  entry: Entry,
  link: Chain[0],
  end: TargetSite,
  before: readonly Party[] = [],
): Course {
  const { network } = dialled;
  const { party } = link.target;
  if (party.kind !== "balancer") return alongChain(dialled, entry, [link], end);
  const { site } = end;
  const passed = [...before, link.forwarding.balancer.party];
  if (passed.includes(party) || passed.length === longestChain)
    return doubt(entry.course, `what ${party.label} answers behind another load balancer`, site.hop);
  const next = balancerOf(network, party);
  const sender = sendingNode(network, link.forwarding, entry.node, dialled.family);
  if (next === undefined || sender === undefined) return lost({ what: `${party.label} isn't there` });
  const onward = (arrived: Course) => {
    const courses = entrancesOf(network, next).map((entrance) =>
      answeredBehind(
        dialled,
        { node: site, client: sender, course: taking(arrived, next, entrance.listener) },
        entrance,
        passed,
      ),
    );
    return fork(courses) ?? arrived;
  };
  return throughLeg({ network, link, node: sender, site, client: entry.client, onward }, entry.course);
}

/** Redirects, fixed responses and functions answer without a target in the network. */
function ownAnswers(listener: Listener, forwardings: readonly Forwarding[], course: Course): Estimate {
  const placeless = forwardings.map(({ pool, certain }) =>
    certain ? pool.isPlaceless : pool.isPlaceless === "no" ? "no" : "perhaps",
  );
  const answers = [listener.answers, ...placeless];
  if (answers.includes("yes")) return course.works;
  return answers.includes("perhaps") ? perhaps(course.works, `what ${listener.label} does`) : nothing;
}
