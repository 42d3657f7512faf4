import { allIpv4, parseBlock } from "./addresses";
import { internet, nat64, natPorts, natTakes } from "./axioms";
import type { Certainty } from "./certainty";
import { block, type Course, doubt, pass, readdressed, replyTo, restored, whicheverCourse, withReply } from "./course";
import { exactly } from "./estimate";
import { replyThroughAcl, throughAcl } from "./firewalls";
import { enterFromInternet, type Inward, throughAttached } from "./internet-gateways";
import { given, UNKNOWN, type Resource } from "./resources";
import type { Target } from "./route-targets";
import { blockOf } from "./interface-addresses";
import type { InterfaceSite, InternetSite } from "./sites";
import { subnetsAmong } from "./subnets-among";
import { Traffic } from "./traffic";
import { type Forward, overBorder, type Trip } from "./trip";
import { sameVpc, type Subnet, subnetTypes } from "./vpcs";

interface Onward {
  readonly travel: (trip: Trip & { readonly from: InterfaceSite }, course: Course) => Course;
  readonly forward: Forward;
  readonly inward: Inward;
}

/** A NAT gateway sends on from its own address by the routes of its own subnet, and hands the reply back. */
export function throughNatGateway(trip: Trip, course: Course, at: Subnet, target: Target, onward: Onward): Course {
  const { network, from } = trip;
  const { resource } = target;
  const hop = { what: target.label, ...(resource === undefined ? {} : { urn: resource.urn }) };
  if (trip.isReply)
    return block(course, { ...hop, what: `${target.label} would translate the reply, so that it answers no request` });
  const taken = pass(course, exactly(natTakes), (passed) =>
    passed ? hop : { ...hop, what: `${target.label} carries only TCP, UDP and ICMP over IPv4` },
  );
  if (resource === undefined || from.kind !== "interface")
    return doubt(taken, `where ${target.label} leads, which isn't in this stack`, hop);
  if (trip.passed.includes(resource.urn)) return block(taken, { ...hop, what: `${target.label} sends back to itself` });
  const mode = given(resource, "availabilityMode");
  if (mode === UNKNOWN) return doubt(taken, `the availability mode of ${target.label}`, hop);
  if (mode === "regional") return throughRegional(trip, taken, at, from, target, onward.inward);
  // By NAT64 it sends on to another address than the one that was asked.
  if (taken.traffic.may.overlaps(Traffic.where({ destination: nat64 })))
    return doubt(taken, `where ${target.label} sends what it translates to IPv4`, hop);
  const link = network.links.follow(resource, "subnetId", ...subnetTypes);
  const places = subnetsAmong(network.subnets, link.candidates);
  // In a network without some of its subnets, as when a zone is taken away, what stood in those is gone.
  if (!link.external && link.candidates.length > 0 && places.length === 0)
    return block(taken, { ...hop, what: `${target.label} is gone with its subnet` });
  if (link.external || places.length === 0) return doubt(taken, `the subnet of ${target.label}`, hop);
  const courses = places.map((subnet) => {
    const site = siteOf(network.links, resource, target.label, subnet);
    const entered = subnet === at ? taken : overBorder(trip, taken, subnet, "ingress");
    const sent = onward.travel(
      { ...trip, from: site, passed: [...trip.passed, resource.urn] },
      sentFrom(entered, site),
    );
    const back = restored(taken, sent, ["source", "sourcePorts"]);
    if (subnet === from.subnet || back.works.may.isEmpty) return back;
    const leaving = throughAcl(network.links, replyTo(back), subnet, "egress");
    return withReply(
      back,
      onward.forward({ ...trip, from: site, to: from, isReply: true, passed: [] }, leaving, subnet),
    );
  });
  return whicheverCourse(courses, `the subnet of ${target.label}`) ?? taken;
}

/** From the gateway's address, and from a port that it picks; while they aren't known, what holds for some of them isn't certain. */
function sentFrom(course: Course, { addresses, exact }: Pick<InterfaceSite, "addresses" | "exact">): Course {
  const sent = readdressed(course, { source: addresses, sourcePorts: natPorts });
  const others = course.each.filter((one) => one !== "source" && one !== "sourcePorts");
  const each = [...others, "sourcePorts", ...(exact ? [] : (["source"] as const))] as const;
  return { ...sent, each, seenAs: [{ addresses, sourcePorts: natPorts, each }] };
}

/** A regional gateway is in no subnet and comes with a route to the internet gateway (VPC guide, "Regional NAT gateways"). */
function throughRegional(
  trip: Trip,
  course: Course,
  at: Subnet,
  from: InterfaceSite,
  target: Target,
  inward: Inward,
): Course {
  const { to, network } = trip;
  const hop = { what: target.label };
  const site: InternetSite = { kind: "internet", hop, label: `the addresses of ${target.label}`, addresses: internet };
  if (to.kind !== "internet" && to.kind !== "public") return doubt(course, `the routes of ${target.label}`, hop);
  // Back into another VPC only by routes of its own table, which isn't modelled.
  if (sameVpc(at.vpc, from.subnet.vpc) !== "yes") return doubt(course, `the routes of ${target.label}`, hop);
  const outer = { addresses: internet.intersect(allIpv4), exact: false };
  const gated = throughAttached(network, course, at, target.label);
  const sent =
    to.kind === "internet"
      ? pass({ ...gated, seenAs: sentFrom(course, outer).seenAs }, exactly(natTakes), () => to.hop)
      : restored(course, enterFromInternet({ ...trip, from: site }, sentFrom(course, outer), inward), [
          "source",
          "sourcePorts",
        ]);
  return replyThroughAcl(network.links, sent, from.subnet, "ingress");
}

function siteOf(links: Trip["network"]["links"], resource: Resource, name: string, subnet: Subnet): InterfaceSite {
  const type = given(resource, "connectivityType");
  const publicAddress: Certainty = type === UNKNOWN ? "perhaps" : type === "private" ? "no" : "yes";
  const own = given(resource, "privateIp");
  const known = typeof own === "string" ? parseBlock(own) : undefined;
  const eip = links.follow(resource, "allocationId", "aws:ec2/eip:Eip").candidates[0]?.props.publicIp;
  const publicIp = given(resource, "publicIp") ?? eip;
  const outer = typeof publicIp === "string" ? parseBlock(publicIp) : undefined;
  return {
    kind: "interface",
    hop: { what: name, urn: resource.urn },
    label: name,
    subnet,
    addresses: known?.addresses ?? blockOf(links, subnet, "ipv4"),
    exact: known !== undefined,
    groups: undefined,
    publicAddress,
    publicAddresses: outer?.addresses ?? internet,
    referable: false,
  };
}
