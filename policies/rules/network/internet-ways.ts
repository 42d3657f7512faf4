import { classNumbers } from "../../reachability/classes";
import { connectionsBetween } from "../../reachability/connections";
import { type Course, fork, lost, supposed, undecided, whicheverCourse } from "../../reachability/course";
import { endsOf, findEnds } from "../../reachability/ends";
import type { Network } from "../../reachability/network";
import type { Party } from "../../reachability/parties";
import { passage } from "../../reachability/passage";
import type { Endpoint } from "../../reachability/query";
import { remembered } from "../../reachability/remembered";
import type { InterfaceSite, InternetSite } from "../../reachability/sites";
import { Traffic } from "../../reachability/traffic";
import { unfollowedWays } from "../../reachability/unfollowed-ways";
import { publicAddressOf } from "./unfollowed-parties";

/**
 * What arrives between the internet and a party, and how: a request is enough, for a datagram in is an attack and one out is data out. Of parties that
 * no answer tells apart one is asked for all; the rules share what is found.
 */
export function fromInternet(network: Network, party: Party): Course {
  return ofClass(network, party, "from the internet", (asked) => sentByInternet(network, asked, Traffic.all));
}

/** The same without load balancers in between. */
export function straightFromInternet(network: Network, party: Party): Course {
  return ofClass(network, party, "straight from the internet", (asked) => straight(network, asked, Traffic.all));
}

export function toInternet(network: Network, party: Party): Course {
  return ofClass(network, party, "to the internet", (asked) =>
    asked.kind === "unmodelled"
      ? unfollowed(asked, (open) => joined(byRoutes(network, open), open))
      : joined(byRoutes(network, asked), asked),
  );
}

/** What of some headers arrives from the internet, with the way of this party itself. */
export function sentByInternet(network: Network, party: Party, headers: Traffic): Course {
  if (party.kind === "unmodelled") return straight(network, party, headers);
  return joined(connectionsBetween(network, { from: { kind: "internet" }, to: endpointOf(party) }, headers), party);
}

function straight(network: Network, party: Party, headers: Traffic): Course {
  if (party.kind !== "unmodelled") return joined(byPublicAddresses(network, party, headers), party);
  return unfollowed(party, (asked) => joined(byPublicAddresses(network, asked, headers), asked));
}

/** Only public addresses are reached from the internet. */
function byPublicAddresses(network: Network, party: Party, headers: Traffic): readonly (readonly Course[])[] {
  const ways = interfacesOf(network, party, (internet, of) =>
    passage(network, headers, internet, { kind: "public", of }),
  );
  const [internet] = findEnds(network, { kind: "internet" }, undefined, "ipv4");
  const [own] = endsOf(network, party, "ipv4");
  const unknowns = unfollowedWays(network, internet, own);
  return unknowns.length === 0 ? ways : [...ways, [undecided(headers, unknowns)]];
}

function byRoutes(network: Network, party: Party): readonly (readonly Course[])[] {
  return interfacesOf(network, party, (internet, from) => passage(network, Traffic.all, from, internet));
}

/** A course for each interface that the party has, or may have, in both families. */
function interfacesOf(
  network: Network,
  party: Party,
  ask: (internet: InternetSite, own: InterfaceSite) => Course,
): readonly (readonly Course[])[] {
  return (["ipv4", "ipv6"] as const).flatMap((family) => {
    const [internet] = findEnds(network, { kind: "internet" }, undefined, family);
    if (internet.kind !== "site" || internet.site.kind !== "internet") return [];
    const { site } = internet;
    return endsOf(network, party, family).map((end) => {
      if (end.kind !== "party") return [];
      return end.interfaces.map((own) => {
        const course = ask(site, party.kind === "unmodelled" ? { ...own, publicAddress: party.publicAddress } : own);
        const isSure = end.answer === "yes" && !end.isOpen;
        return isSure ? course : supposed(course, `which interfaces and addresses ${party.label} has`);
      });
    });
  });
}

/** Of what this model doesn't follow it is known at least where it stands, and often that it has no public address. */
function unfollowed(party: Party, ask: (party: Party) => Course): Course {
  const open = ask({ ...party, publicAddress: publicAddressOf(party.resource) });
  return supposed(open, `the traffic of ${party.label} (${party.resource.type}), which isn't modelled`);
}

/** Any way counts; of several interfaces each, where the party has them all. */
function joined(ways: readonly (readonly Course[])[], party: Party): Course {
  return whole(ways, party.spread, party.label);
}

/** @param hasEach whether all of the courses of a way are there, or one of them, it isn't known which */
export function whole(ways: readonly (readonly Course[])[], hasEach: boolean, label: string): Course {
  const courses = ways.flatMap(
    (each) => (hasEach ? fork(each) : whicheverCourse(each, `which of its subnets ${label} is in`)) ?? [],
  );
  return fork(courses) ?? lost({ what: `${label} has no interface` });
}

/** A way that there is gets the names of the party's own hops. */
function ofClass(network: Network, party: Party, question: string, ask: (party: Party) => Course): Course {
  const { urn } = party.resource;
  const number = classNumbers(network).get(urn) ?? urn;
  const shared = remembered(network.links, `${question}: class ${number}`, () => ({ of: urn, course: ask(party) }));
  if (shared.of === urn || shared.course.traffic.may.isEmpty) return shared.course;
  return remembered(network.links, `${question}: ${urn}`, () => ask(party));
}

export function endpointOf({ resource: { urn } }: Party): Endpoint {
  return { kind: "party", urn };
}
