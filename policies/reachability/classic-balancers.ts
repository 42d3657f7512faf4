import { type Balancer, classicBalancerType } from "./balancers";
import { followList, isExactly, type Link, type Links, mayBe } from "./links";
import { type Listener, takenBy } from "./listeners";
import { scalingGroupType } from "./managed-parties";
import type { Network } from "./network";
import type { Party } from "./parties";
import type { Pool, PoolTarget } from "./pools";
import { remembered } from "./remembered";
import { elements, field, given, label, UNKNOWN, type Resource, type Value } from "./resources";

const instanceType = "aws:ec2/instance:Instance";

export interface ClassicListener {
  readonly listener: Listener;
  readonly pool: Pool;
}

/** The listeners of a classic load balancer, each with its instances at the port of its own. */
export function classicListenersOf(
  network: Network,
  { party: { resource }, crossZone }: Balancer,
): readonly ClassicListener[] {
  const registered = instancesOf(network, resource);
  return elements(given(resource, "listeners")).map((item, at): ClassicListener => {
    const unknown = `the listeners of ${label(resource)}`;
    const port = field(item, "lbPort") ?? UNKNOWN;
    return {
      listener: {
        label: `listener ${typeof port === "number" ? String(port) : "?"}`,
        resource,
        takes: takenBy(field(item, "lbProtocol") ?? UNKNOWN, port, unknown),
        certain: true,
        groups: [],
        outside: [],
        answers: "no",
      },
      pool: {
        key: `${resource.urn} ${at}`,
        label: `load balancer ${label(resource)}`,
        port: field(item, "instancePort") ?? UNKNOWN,
        // It makes connections of its own: "the source IP address is the load balancer's" (Classic Load Balancers guide).
        keepsClient: "no",
        family: "ipv4",
        crossZone,
        checkPort: checkPortOf(resource),
        isPlaceless: "no",
        ...registered,
      },
    };
  });
}

/** `healthCheck.target` is "TCP:25" or "HTTP:80/path"; without one AWS opens TCP to the first listener's instance port. */
function checkPortOf(balancer: Resource): Value {
  const check = given(balancer, "healthCheck");
  const target = check === UNKNOWN ? UNKNOWN : field(check, "target");
  if (target === undefined) return "traffic-port";
  return typeof target === "string" ? (/:(\d+)/u.exec(target)?.[1] ?? UNKNOWN) : UNKNOWN;
}

function instancesOf(network: Network, balancer: Resource): Pick<Pool, "targets" | "outside"> {
  const { links } = network;
  const found = [...ownInstances(links, balancer), ...attachedTo(links, balancer)];
  const targets = found.flatMap(({ resource, certain }): PoolTarget[] => {
    const party = network.parties.find((each) => each.resource === resource);
    return party === undefined ? [] : [{ party, address: undefined, port: undefined, everyZone: false, certain }];
  });
  const listed = followList(links, balancer, "instances", [instanceType]).outside;
  const outside = [
    ...listed,
    ...ties(links).flatMap(({ owner, member }) => (mayBe(owner, balancer) && member.external ? [member.id] : [])),
  ];
  return { targets, outside: outside.map((id) => `instance ${id ?? "that isn't known"}`) };
}

/** Attachments: of an instance, of an Auto Scaling group. */
function ties(links: Links): readonly { readonly owner: Link; readonly member: Link }[] {
  const of = (type: string, property: string, memberType: string) =>
    links.ofTypes(type).map((attachment) => ({
      owner: links.follow(attachment, "elb", classicBalancerType),
      member: links.follow(attachment, property, memberType),
    }));
  return [
    ...of("aws:elb/attachment:Attachment", "instance", instanceType),
    ...of("aws:autoscaling/attachment:Attachment", "autoscalingGroupName", scalingGroupType),
  ];
}

/** The names of classic load balancers outside the resources that forward to a party, or may; undefined: one that isn't known. */
export function foreignBalancersOf({ links }: Network, { resource }: Party): readonly (string | undefined)[] {
  const listed =
    resource.type === scalingGroupType
      ? followList(links, resource, "loadBalancers", [classicBalancerType]).outside
      : [];
  const tied = remembered(links, "foreign classic balancers", () => ties(links).filter(({ owner }) => owner.external));
  return [...listed, ...tied.flatMap(({ owner, member }) => (mayBe(member, resource) ? [owner.id] : []))];
}

interface Found {
  readonly resource: Resource;
  readonly certain: boolean;
}

function ownInstances(links: Links, balancer: Resource): readonly Found[] {
  const { certain, possible } = followList(links, balancer, "instances", [instanceType]);
  return [
    ...certain.map((resource) => ({ resource, certain: true })),
    ...possible.map((resource) => ({ resource, certain: false })),
  ];
}

/** By attachments, and by the list of an Auto Scaling group. */
function attachedTo(links: Links, balancer: Resource): readonly Found[] {
  const tied = ties(links).flatMap(({ owner, member }): Found[] =>
    mayBe(owner, balancer)
      ? member.candidates.map((resource) => ({
          resource,
          certain: isExactly(owner, balancer) && isExactly(member, resource),
        }))
      : [],
  );
  const listing = links.ofTypes(scalingGroupType).flatMap((group): Found[] => {
    const { certain, possible } = followList(links, group, "loadBalancers", [classicBalancerType]);
    if (certain.includes(balancer)) return [{ resource: group, certain: true }];
    return possible.includes(balancer) ? [{ resource: group, certain: false }] : [];
  });
  return [...tied, ...listing];
}
