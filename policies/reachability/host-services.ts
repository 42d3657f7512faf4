import { allIpv6, parseBlock } from "./addresses";
import { type HostService, hostServices, resolverOffset } from "./axioms";
import { type Certainty, not, certaintyOf, whichever } from "./certainty";
import { block, type Course, doubt, pass, whicheverCourse } from "./course";
import { partiesByUrn } from "./ends";
import { exactly } from "./estimate";
import { templatesOf } from "./launch-templates";
import { isExactly, type Links } from "./links";
import type { Network } from "./network";
import { instancesWith, instanceType } from "./network-interfaces";
import { field, given, type Resource, UNKNOWN, type Value } from "./resources";
import type { InterfaceSite, Site } from "./sites";
import type { Subnet } from "./vpcs";

interface Served {
  readonly service: HostService;
  readonly answer: Certainty;
}

/** The course to what AWS serves on the sender's host; to anything else the one that routes and firewalls leave. */
export function besidesHostServices(
  network: Network,
  course: Course,
  from: InterfaceSite,
  to: Site,
  elsewhere: () => Course,
): Course {
  const served = servedAt(network, from, to);
  if (served === undefined) return elsewhere();
  const { service, answer } = served;
  const { name } = service;
  const taken = pass(course, exactly(service.takes), (passed) => ({
    what: passed ? `${name}, served on the host of ${from.label}` : `${name} doesn't take it`,
  }));
  if (answer === "yes") return taken;
  if (answer === "no") return block(course, { what: `${name} is turned off for ${from.label}` });
  const unknown = `whether ${name} is served to ${from.label}`;
  return whicheverCourse([doubt(taken, unknown, { what: name }), elsewhere()], unknown) ?? taken;
}

function servedAt(network: Network, from: InterfaceSite, to: Site): Served | undefined {
  // A party's own address is none of these.
  if (to.kind === "public" || (to.kind === "interface" && to.hop.urn !== undefined)) return undefined;
  const [asked, ...others] = to.addresses.intervals;
  if (asked === undefined || others.length > 0 || asked.low !== asked.high) return undefined;
  const isAt = ({ addresses }: HostService) => addresses.has(asked.low);
  const isIpv6 = allIpv6.has(asked.low);
  const { metadata, resolver, time, tasks } = hostServices;
  if (isAt(metadata)) return { service: metadata, answer: metadataOf(network, from, isIpv6) };
  if (isAt(resolver)) return { service: resolver, answer: onNitro(resolverOf(from.subnet), isIpv6) };
  if (isAt(time)) return { service: time, answer: onNitro("yes", isIpv6) };
  if (isAt(tasks)) return { service: tasks, answer: "perhaps" };
  const isReserved = isIpv6 ? "no" : atResolver(from.subnet, asked.low);
  if (isReserved === "no") return undefined;
  return { service: resolver, answer: isReserved === "yes" ? resolverOf(from.subnet) : "perhaps" };
}

/** Over IPv6 instances on Nitro alone have these; types of instances aren't told apart here. */
function onNitro(answer: Certainty, isIpv6: boolean): Certainty {
  return isIpv6 && answer === "yes" ? "perhaps" : answer;
}

/** Off where the VPC's DNS support is: "the Amazon-provided DNS server isn't enabled" (VPC guide, "DNS attributes in your VPC"). */
function resolverOf({ vpc }: Subnet): Certainty {
  if (vpc.external) return "perhaps";
  return whichever(
    vpc.candidates.map((each) => {
      const support = given(each, "enableDnsSupport");
      return support === UNKNOWN ? "perhaps" : certaintyOf(support !== false);
    }),
  );
}

/** Is it the address that the resolver has in the VPC? Blocks of VPCs have at most /28, so that it ends alike in any. */
function atResolver({ vpc }: Subnet, address: bigint): Certainty {
  if (address % 16n !== resolverOffset) return "no";
  const [resource] = vpc.candidates;
  const value = resource === undefined ? undefined : given(resource, "cidrBlock");
  const [first] = typeof value === "string" ? (parseBlock(value)?.addresses.intervals ?? []) : [];
  if (resource === undefined || first === undefined || !isExactly(vpc, resource)) return "perhaps";
  return certaintyOf(address === first.low + resolverOffset);
}

/** Of an instance as it, its launch template or the account's defaults say; of what AWS runs itself nothing is said. */
function metadataOf(network: Network, from: InterfaceSite, isIpv6: boolean): Certainty {
  const { links } = network;
  const party = from.hop.urn === undefined ? undefined : partiesByUrn(network).get(from.hop.urn);
  if (party === undefined || (party.kind !== "instance" && party.kind !== "group")) return "perhaps";
  const { resource } = party;
  const owners =
    resource.type === instanceType || party.kind === "group"
      ? [resource]
      : instancesWith(links, resource).map(({ instance }) => instance);
  return whichever(owners.map((owner) => optionsOf(links, owner, isIpv6)));
}

/** "enabled" unless it says otherwise; over IPv6 only where it is said (EC2 guide, "Configure the Instance Metadata Service options"). */
function optionsOf(links: Links, owner: Resource, isIpv6: boolean): Certainty {
  const own = given(owner, "metadataOptions");
  const configuration = links.follow(owner, "launchConfiguration", "aws:ec2/launchConfiguration:LaunchConfiguration");
  const templates = [...templatesOf(links, owner), ...(configuration.absent ? [] : [configuration])];
  const [template] = templates[0]?.candidates ?? [];
  const isOpen =
    templates.length > 1 || templates.some(({ external, candidates }) => external || candidates.length > 1);
  const inherited: Value = isOpen ? UNKNOWN : template === undefined ? undefined : given(template, "metadataOptions");
  const hasDefaults = links.ofTypes("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults").length > 0;
  const choice = (key: string): Value =>
    field(own, key) ?? field(inherited, key) ?? (hasDefaults ? UNKNOWN : undefined);
  const endpoint = choice("httpEndpoint");
  const answer: Certainty = endpoint === UNKNOWN ? "perhaps" : not(certaintyOf(endpoint === "disabled"));
  if (!isIpv6 || answer === "no") return answer;
  const ipv6 = choice("httpProtocolIpv6");
  return ipv6 === UNKNOWN || ipv6 === "enabled" ? "perhaps" : "no";
}
