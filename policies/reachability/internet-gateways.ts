import { egressOnlyTakes, internetGatewayTakesFromAll, internetGatewayTakesFromPublic, uniqueLocal } from "./axioms";
import { all, any, type Certainty, certaintyOf, whichever } from "./certainty";
import { type Appearance, block, type Course, doubt, pass, readdressed, replyTo, withReply } from "./course";
import { anything, type Estimate, exactly, intersect, union, when } from "./estimate";
import { replyThroughAcl, throughAcl } from "./firewalls";
import { byGatewayRoutes } from "./gateway-routes";
import { defaultVpcType, isExactly, type Link, type Links, mayBe, vpcTypes } from "./links";
import type { Network } from "./network";
import { related } from "./related";
import { remembered } from "./remembered";
import type { Resource } from "./resources";
import { tablesOfSubnet } from "./route-tables";
import { routesOf } from "./routes";
import type { Target } from "./route-targets";
import { addressesOfSite, type InterfaceSite, type InternetSite, labelOfSite } from "./sites";
import type { Trip } from "./trip";
import { sameVpc, type Subnet } from "./vpcs";

/** What is inside the border of a subnet: its groups, and the answer. */
export type Inward = (trip: Trip, course: Course) => Course;

/** Out by an internet gateway, or one that lets nothing in; further to whoever has the public address, if it is the network's own. */
export function leaveToInternet(trip: Trip, course: Course, at: Subnet, target: Target, inward: Inward): Course {
  const { from, to, network } = trip;
  const hop = { what: target.label, ...(target.resource === undefined ? {} : { urn: target.resource.urn }) };
  if (to.kind !== "internet" && to.kind !== "public")
    return block(course, {
      ...hop,
      what: `${target.label} doesn't carry to private addresses: ${labelOfSite(to)} has one`,
    });
  if (from.kind !== "interface") return doubt(course, `the sender that ${target.label} sees`, hop);
  if (target.resource !== undefined && gatewayOf(network.links, target.resource, at) === "no")
    return block(course, { ...hop, what: `${target.label} isn't attached to the VPC of subnet ${at.label}` });
  if (isUniqueLocal(from)) return block(course, { ...hop, what: localOnly(from) });
  // Only interfaces of the gateway's own VPC have public addresses there.
  const own = sameVpc(at.vpc, from.subnet.vpc);
  const publicAddress: Certainty = own === "no" ? "no" : from.publicAddress;
  const takes = target.kind === "egressOnly" ? exactly(egressOnlyTakes) : carried(publicAddress, from.label);
  const out = pass(course, takes, (passed) =>
    passed ? hop : { ...hop, what: `${target.label} carries nothing for ${from.label}, which has no public address` },
  );
  if (trip.isReply) {
    const what = `${target.label} lets no request in, so that this answers none`;
    return target.kind === "egressOnly" ? block(out, { ...hop, what }) : out;
  }
  const outside: InternetSite = {
    kind: "internet",
    hop,
    label: `the public address of ${from.label}`,
    addresses: from.publicAddresses,
  };
  const arrived =
    to.kind === "internet"
      ? pass({ ...out, seenAs: [seenOutside(out, from)] }, anything, () => to.hop)
      : readdressed(
          enterFromInternet({ ...trip, from: outside }, readdressed(out, { source: outside.addresses }), inward),
          { source: from.addresses },
        );
  const answered = target.kind === "internetGateway" ? replyByGatewayRoutes(trip, arrived, from) : arrived;
  return replyThroughAcl(network.links, answered, from.subnet, "ingress");
}

function seenOutside({ each, seenAs }: Course, { publicAddresses }: InterfaceSite): Appearance {
  return { addresses: publicAddresses, sourcePorts: seenAs[0]?.sourcePorts, each };
}

/** From the internet only by the VPC's internet gateway, and only to public addresses; NAT and egress-only gateways let nothing in. */
export function enterFromInternet(
  trip: Trip & { readonly from: InternetSite },
  course: Course,
  inward: Inward,
): Course {
  const { to, network } = trip;
  if (to.kind === "internet")
    return block(course, {
      what: `${to.label} is an address on the internet that nothing in the network takes requests at`,
    });
  if (to.kind !== "public")
    return block(course, { what: `${labelOfSite(to)} is a private address: it is never reached from outside` });
  const { of: party } = to;
  if (isUniqueLocal(party)) return block(course, { what: localOnly(party) });
  const reached = throughAttached(network, course, party.subnet, party.label);
  const addressed = pass(reached, carried(party.publicAddress, party.label), (passed) => ({
    what: passed ? `the public address of ${party.label}` : `${party.label} has no public address`,
  }));
  const inside = byGatewayRoutes(trip, readdressed(addressed, { destination: party.addresses }), party);
  const bordered = throughAcl(network.links, inside, party.subnet, "ingress");
  return readdressed(inward({ ...trip, to: party }, bordered), { destination: addressesOfSite(to) });
}

/** The internet gateway of the VPC that a subnet is in, if it has one; `owner`: whose VPC it is, in words. */
export function throughAttached(network: Network, course: Course, subnet: Subnet, owner: string): Course {
  const attached = attachedTo(network, subnet);
  const none = `the VPC of ${owner} has no internet gateway`;
  const gate = when(attached.answer, "the internet gateway of a VPC");
  return pass(course, gate, (passed) => (passed ? { what: attached.label } : { what: none }));
}

function replyByGatewayRoutes(trip: Trip, course: Course, from: InterfaceSite): Course {
  if (course.works.may.isEmpty) return course;
  return withReply(course, byGatewayRoutes({ ...trip, isReply: true }, replyTo(course), from));
}

/** What an internet gateway carries out for a sender, and in for a receiver. */
function carried(publicAddress: Certainty, owner: string): Estimate {
  const ipv4 = intersect(
    when(publicAddress, `the public address of ${owner}`),
    exactly(internetGatewayTakesFromPublic),
  );
  return union(ipv4, exactly(internetGatewayTakesFromAll));
}

/** While an address isn't known, so isn't whether it is one. */
function isUniqueLocal({ exact, addresses }: InterfaceSite): boolean {
  return exact && addresses.subtract(uniqueLocal).isEmpty;
}

function localOnly({ label }: InterfaceSite): string {
  return `${label} has a unique local IPv6 address, which isn't on the internet`;
}

const gatewayType = "aws:ec2/internetGateway:InternetGateway";
const attachmentType = "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment";

/** Is a gateway the VPC's, by its own `vpcId` or by an attachment? */
function gatewayOf(links: Links, gateway: Resource, at: Subnet): Certainty {
  const own = links.follow(gateway, "vpcId", ...vpcTypes);
  const named = (each: Resource) => links.follow(each, "internetGatewayId", gateway.type);
  const attachments = related(
    links,
    "attachments of gateways",
    [attachmentType],
    (each) => named(each).candidates,
    gateway,
  )
    .filter((each) => mayBe(named(each), gateway))
    .map((each) => sameVpc(links.follow(each, "vpcId", ...vpcTypes), at.vpc));
  return any(own.absent ? "no" : sameVpc(own, at.vpc), ...attachments);
}

interface Attached {
  readonly answer: Certainty;
  readonly label: string;
}

function attachedTo(network: Network, { vpc }: Subnet): Attached {
  const [resource] = vpc.candidates;
  if (resource === undefined || !isExactly(vpc, resource)) return readAttached(network, vpc);
  return remembered(network.links, `internet gateway of ${resource.urn}`, () => readAttached(network, vpc));
}

function readAttached({ links, subnets }: Network, vpc: Link): Attached {
  const attachments = remembered(links, "internet gateways and attachments", () =>
    links
      .ofTypes(gatewayType, attachmentType)
      .map((resource) => ({ resource, link: links.follow(resource, "vpcId", ...vpcTypes) }))
      .filter(({ link }) => !link.absent),
  );
  const isElsewhere = vpc.external || vpc.candidates.length !== 1 || vpc.candidates.some(({ isRead }) => isRead);
  const routed = subnets.flatMap((each) => {
    const same = sameVpc(each.vpc, vpc);
    return same === "no"
      ? []
      : foreignGateways(links, each).map((found) => ({ ...found, answer: all(same, found.answer) }));
  });
  // "When we create a default VPC, we … create an internet gateway and connect it" (VPC guide, "Default VPCs").
  const isDefault = vpc.candidates.map(({ type }) => type === defaultVpcType);
  const answer = any(
    whichever(isDefault.length === 0 ? ["no"] : isDefault.map(certaintyOf)),
    ...attachments.map(({ link }) => sameVpc(link, vpc)),
    ...routed.map((found) => found.answer),
    isElsewhere ? "perhaps" : "no",
  );
  const own = attachments.find(({ link }) => sameVpc(link, vpc) === "yes")?.resource;
  const id = own === undefined ? routed.find((found) => found.answer === "yes")?.id : own.props.id;
  return { answer, label: typeof id === "string" ? id : `internet gateway "${own?.name ?? ""}"` };
}

/** Internet gateways outside the resources that a subnet's routes name: AWS takes such a route only to the gateway of the table's own VPC. */
function foreignGateways(links: Links, subnet: Subnet): readonly { answer: Certainty; id: string }[] {
  return remembered(links, `gateways named by the routes of ${subnet.resource.urn}`, () => {
    const tables = tablesOfSubnet(links, subnet);
    return tables.flatMap((table) =>
      routesOf(links, table).flatMap(({ targets, certain }) =>
        targets
          .filter(({ kind, resource }) => kind === "internetGateway" && resource === undefined)
          .map(({ label }): { answer: Certainty; id: string } => ({
            answer: certain && targets.length === 1 && tables.length === 1 ? "yes" : "perhaps",
            id: label,
          })),
      ),
    );
  });
}
