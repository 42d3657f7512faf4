import { allIpv4, noAddresses } from "./addresses";
import {
  begin,
  type Course,
  following,
  isOver,
  looksLike,
  readdressed,
  restored,
  untold,
  type Appearance,
} from "./course";
import { internetSite } from "./ends";
import { nothing } from "./estimate";
import type { IntervalSet } from "./interval-set";
import { blockOf, type Family } from "./interface-addresses";
import { enterFromInternet } from "./internet-gateways";
import type { Network } from "./network";
import { isItself, passage, released, start } from "./passage";
import { remembered, RememberedPairs } from "./remembered";
import { admitted, inward } from "./routing";
import type { InterfaceSite, InternetSite, SendingSite, Site } from "./sites";
import { Traffic } from "./traffic";
import { noGuessYet } from "./trip";
import type { Subnet } from "./vpcs";

/**
 * What `passage` says of two sites, but for the path: made for asking about all of them. What lies between two subnets, what gets out to the
 * internet and what comes in from there are each found out once and then put together with the groups of a sender and a target, as long as
 * nothing is uncertain; else `passage` itself is asked.
 */
export class Crossings {
  private readonly families = new Map<Family, Map<Subnet, InterfaceSite>>();
  private readonly borders = new Map<InterfaceSite, InterfaceSite | undefined>();
  private readonly ways = new RememberedPairs<InterfaceSite, InterfaceSite, Course>();
  private readonly exits = new Map<InterfaceSite, Course | undefined>();
  private readonly entrances = new Map<InterfaceSite, { readonly seen: Appearance; readonly course: Course }[]>();

  private constructor(private readonly network: Network) {}

  static of(network: Network): Crossings {
    return remembered(network.links, "crossings", () => new Crossings(network));
  }

  between(headers: Traffic, from: SendingSite, to: Site): Course {
    const known =
      from.kind !== "interface" || from.serves !== undefined
        ? undefined
        : to.kind === "interface"
          ? this.inside(headers, from, to)
          : to.kind === "public"
            ? this.overInternet(headers, from, to.of)
            : undefined;
    return known ?? passage(this.network, headers, from, to, false);
  }

  /** By private addresses: the groups of both, and what lies between their subnets. */
  private inside(headers: Traffic, from: InterfaceSite, to: InterfaceSite): Course | undefined {
    const [out, into] = [this.borderOf(from), this.borderOf(to)];
    if (out === undefined || into === undefined || isItself(from, to)) return undefined;
    const way = this.ways.of(out, into, () => {
      const found = passage(this.network, Traffic.all, out, into, false);
      // Most subnets aren't joined at all: these share one course.
      return isOver(found) ? noWay : found;
    });
    if (isOver(way)) return noWay;
    // A target behind a translation sees another sender; and of what isn't certain the order of doubts matters.
    if (way.seenAs.length > 0 || !isCertain(way)) return undefined;
    const sent = released(this.network, untold(start(headers, from, to)), from, to);
    return admitted({ network: this.network, from, to }, following(sent, way));
  }

  /** To a public address: out to the internet, and from there in again. */
  private overInternet(headers: Traffic, from: InterfaceSite, of: InterfaceSite): Course | undefined {
    const exit = this.exitOf(from, of);
    if (exit === undefined) return undefined;
    const [seen] = exit.seenAs;
    if (isOver(exit) || seen === undefined) return noWay;
    const to = { kind: "public", of } as const;
    const sent = released(this.network, untold(start(headers, from, to)), from, to);
    return following(following(sent, exit), this.entranceOf(seen, of));
  }

  /** All of a site's subnet, without groups, if the site is certainly in there. */
  private borderOf(site: InterfaceSite): InterfaceSite | undefined {
    if (!this.borders.has(site)) {
      const border = this.subnetSite(site.subnet, familyOf(site));
      this.borders.set(site, site.addresses.subtract(border.addresses).isEmpty ? border : undefined);
    }
    return this.borders.get(site);
  }

  private subnetSite(subnet: Subnet, family: Family): InterfaceSite {
    const known = this.families.get(family) ?? new Map<Subnet, InterfaceSite>();
    this.families.set(family, known);
    const site = known.get(subnet) ?? siteOf(subnet, blockOf(this.network.links, subnet, family));
    known.set(subnet, site);
    return site;
  }

  /** What gets to any address on the internet and back; undefined where that isn't certain, or not in one guise. */
  private exitOf(from: InterfaceSite, { publicAddresses }: InterfaceSite): Course | undefined {
    const outside = internetSite(this.network.links, familyOf(from));
    if (!publicAddresses.subtract(outside.addresses).isEmpty) return undefined;
    if (!this.exits.has(from)) {
      const exit = passage(this.network, Traffic.all, { ...from, groups: undefined }, outside, false);
      this.exits.set(from, isOver(exit) || (exit.seenAs.length === 1 && isCertain(exit)) ? exit : undefined);
    }
    return this.exits.get(from);
  }

  /** What gets in from the internet to a public address and back, from a sender that is seen in a certain guise; in the sender's own headers. */
  private entranceOf(seen: Appearance, of: InterfaceSite): Course {
    const known = this.entrances.get(of) ?? [];
    this.entrances.set(of, known);
    const found = known.find((each) => looksLike(each.seen, seen));
    if (found !== undefined) return found.course;
    const course = this.entering(seen, of);
    known.push({ seen, course });
    return course;
  }

  private entering({ addresses, sourcePorts, each }: Appearance, of: InterfaceSite): Course {
    const from: InternetSite = { kind: "internet", hop: { what: "" }, label: "", addresses };
    const any = untold(begin(Traffic.all, from.hop, [...each, "destination"]));
    const asked = readdressed(any, {
      source: addresses,
      destination: of.publicAddresses,
      ...(sourcePorts && { sourcePorts }),
    });
    const trip = { network: this.network, isReply: false, passed: [], ...noGuessYet() };
    const entered = enterFromInternet({ ...trip, from, to: { kind: "public", of } }, asked, inward);
    return restored(any, entered, ["source", ...(sourcePorts === undefined ? [] : (["sourcePorts"] as const))]);
  }
}

const noWay: Course = {
  ...{ traffic: nothing, works: nothing, path: [], blockedBy: undefined, replyBlockedBy: undefined },
  ...{ each: [], seenAs: [], isTold: false },
};

function isCertain({ traffic, works }: Course): boolean {
  return [traffic, works].every(({ must, may }) => may.isSubsetOf(must));
}

function familyOf({ addresses }: InterfaceSite): Family {
  return addresses.intersect(allIpv4).isEmpty ? "ipv6" : "ipv4";
}

function siteOf(subnet: Subnet, addresses: IntervalSet): InterfaceSite {
  const hop = { what: `subnet ${subnet.label}`, urn: subnet.resource.urn };
  return {
    ...{ kind: "interface", hop, label: hop.what, subnet, addresses, exact: true, groups: undefined },
    ...{ publicAddress: "no", publicAddresses: noAddresses, referable: false, isWholeSubnet: true },
  };
}
