import { certaintyOf, type Certainty, not } from "./certainty";
import { endpointType, groupsOfEndpoint, subnetsOfEndpoint } from "./interface-endpoints";
import { launchedAddress, templatesOf } from "./launch-templates";
import { followList, type Link, type Links, type ListLink } from "./links";
import { type Party, type PartyKind, vpcOfSubnets } from "./parties";
import { elements, field, given, label, type Resource, UNKNOWN, type Value } from "./resources";
import { type Groups, readGroups } from "./security-groups";
import { unmodelledKinds } from "./unmodelled-kinds";
import { mapsPublicAddresses, type Subnet, subnetTypes } from "./vpcs";

export const balancerTypes = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:elb/loadBalancer:LoadBalancer",
] as const;
export const scalingGroupType = "aws:autoscaling/group:Group";

/** Parties whose interfaces AWS makes, several of them in several subnets. */
export function readManagedParties(links: Links, subnets: readonly Subnet[]): readonly Party[] {
  const made = (kind: PartyKind, resource: Resource, within: ListLink, groups: GroupsOf, address: Certainty): Party => {
    const link = asLink(within);
    return {
      kind,
      resource,
      label: label(resource),
      subnets: link,
      spread: !link.external && within.possible.length === 0,
      groups: groups(vpcOfSubnets(subnets, link)),
      publicAddress: address,
    };
  };
  const own =
    (resource: Resource, property: string): GroupsOf =>
    (vpc) =>
      readGroups(links, resource, property, vpc);
  return [
    ...links.ofTypes(scalingGroupType).map((group) => {
      const within = followList(links, group, "vpcZoneIdentifiers", subnetTypes);
      return made(
        "group",
        group,
        within,
        (vpc) => launchedGroups(links, group, vpc),
        groupAddress(links, group, within),
      );
    }),
    ...links.ofTypes(...balancerTypes).map((balancer) => {
      const type = given(balancer, "loadBalancerType");
      const groups: GroupsOf = (vpc) => groupsOfBalancer(links, balancer, type, vpc);
      const internal = given(balancer, "internal");
      const facing = internal === UNKNOWN ? "perhaps" : not(certaintyOf(internal));
      const kind = type === "gateway" ? "unmodelled" : "balancer";
      return made(kind, balancer, subnetsOfBalancer(links, balancer), groups, facing);
    }),
    ...links.ofTypes(endpointType).flatMap((endpoint) => {
      const type = given(endpoint, "vpcEndpointType");
      if (type === undefined || type === "Gateway") return [];
      const kind = type === "Interface" ? "endpoint" : "unmodelled";
      const groups: GroupsOf = (vpc) => groupsOfEndpoint(links, endpoint, vpc);
      return [made(kind, endpoint, subnetsOfEndpoint(links, endpoint), groups, "no")];
    }),
    ...links.ofTypes("aws:efs/mountTarget:MountTarget").map((target) => {
      const within = followList(links, target, "subnetId", subnetTypes);
      return made("mountTarget", target, within, own(target, "securityGroups"), "no");
    }),
    ...Object.entries(unmodelledKinds).flatMap(([type, [property, key]]) =>
      links.ofTypes(type).flatMap((resource) => {
        if (given(resource, property) === undefined) return [];
        const within = followList(links, resource, property, subnetTypes, (item) =>
          key === undefined ? item : (elements(field(item, key))[0] ?? undefined),
        );
        return [made("unmodelled", resource, within, () => undefined, "perhaps")];
      }),
    ),
  ];
}

type GroupsOf = (vpc: Link) => Groups | undefined;

function subnetsOfBalancer(links: Links, balancer: Resource): ListLink {
  const property = given(balancer, "subnetMappings") === undefined ? "subnets" : "subnetMappings";
  const pick = (item: Value) => (typeof item === "object" ? field(item, "subnetId") : item);
  return followList(links, balancer, property, subnetTypes, pick);
}

/** A network load balancer made without groups has none for good, and lets everything through; others get the VPC's default group. */
function groupsOfBalancer(links: Links, balancer: Resource, type: Value, vpc: Link): Groups | undefined {
  const hasNone = elements(given(balancer, "securityGroups")).length === 0;
  if (type === "network" && hasNone) return undefined;
  const unknown = `the security groups of ${label(balancer)}, whose type isn't known`;
  if (type === UNKNOWN && hasNone) return { certain: [], possible: [], outside: [unknown] };
  return readGroups(links, balancer, "securityGroups", vpc);
}

function asLink({ certain, possible, outside }: ListLink): Link {
  const candidates = [...certain, ...possible];
  return { candidates, external: outside.length > 0 || candidates.length === 0, id: undefined, absent: false };
}

/** The groups that a launch template or configuration gives its machines, at the top or by interface. */
function launchedGroups(links: Links, group: Resource, vpc: Link): Groups {
  const templates = templatesOf(links, group);
  const configuration = links.follow(group, "launchConfiguration", "aws:ec2/launchConfiguration:LaunchConfiguration");
  const found = [
    ...templates.flatMap(({ candidates }) => candidates.map((each) => templateGroups(links, each, vpc))),
    ...configuration.candidates.map((each) => readGroups(links, each, "securityGroups", vpc)),
  ];
  const isOutside = [...templates, configuration].some(({ external }) => external) || found.length === 0;
  const [only] = found;
  if (only !== undefined && found.length === 1 && !isOutside) return only;
  return {
    certain: [],
    possible: [...new Set(found.flatMap(({ certain, possible }) => [...certain, ...possible]))],
    outside: [
      ...found.flatMap(({ outside }) => outside),
      ...(isOutside ? [`the launch template of ${label(group)}`] : []),
    ],
  };
}

function templateGroups(links: Links, template: Resource, vpc: Link): Groups {
  const interfaces = given(template, "networkInterfaces");
  const listed = elements(interfaces).flatMap((each) => elements(field(each, "securityGroups")));
  if (listed.length === 0) return readGroups(links, template, "vpcSecurityGroupIds", vpc);
  const flat: Resource = {
    ...template,
    props: {
      ...template.props,
      networkInterfaces: listed.includes(UNKNOWN) && interfaces === UNKNOWN ? UNKNOWN : listed,
    },
  };
  return readGroups(links, flat, "networkInterfaces", vpc);
}

function groupAddress(links: Links, group: Resource, { certain, possible }: ListLink): Certainty {
  const launched = launchedAddress(links, group);
  if (launched !== undefined) return launched;
  const mapped = [...certain, ...possible].map((subnet) => mapsPublicAddresses(subnet));
  const [first = "perhaps"] = mapped;
  return mapped.every((each) => each === first) ? first : "perhaps";
}
