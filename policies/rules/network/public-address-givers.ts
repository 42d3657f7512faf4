import { isExactly, type Links } from "../../reachability/links";
import { followInterface, instanceType } from "../../reachability/network-interfaces";
import { elements, field, given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { bad, type Check, good, inBlock, outside, pending, switchOf } from "../check";

/** What gives something a public address by a property of its own. */
export interface Giver {
  readonly noun: string;
  readonly checks: (links: Links, resource: Resource) => readonly Check[];
}

/** By type. What parties of the network model stand for isn't among them. */
export const givers: Readonly<Record<string, Giver>> = {
  "aws:ec2/launchTemplate:LaunchTemplate": {
    noun: "launch template",
    checks: (_, template) =>
      elements(given(template, "networkInterfaces")).map((each) =>
        bySwitch(
          template,
          "launch template",
          "associatePublicIpAddress",
          switchOf(field(each, "associatePublicIpAddress")),
        ),
      ),
  },
  "aws:ec2/launchConfiguration:LaunchConfiguration": byProperty("launch configuration", "associatePublicIpAddress"),
  "aws:dms/replicationInstance:ReplicationInstance": byProperty("replication instance", "publiclyAccessible"),
  "aws:redshift/cluster:Cluster": byProperty("data warehouse", "publiclyAccessible"),
  "aws:mq/broker:Broker": byProperty("broker", "publiclyAccessible"),
  "aws:ecs/service:Service": {
    noun: "ECS service",
    checks: (_, service) => [
      bySwitch(
        service,
        "ECS service",
        "networkConfiguration.assignPublicIp",
        switchOf(inBlock(service, "networkConfiguration", "assignPublicIp")),
      ),
    ],
  },
  "aws:ec2/eipAssociation:EipAssociation": {
    noun: "address association",
    checks: (links, association) => [assigned(links, association, "instanceId", "networkInterfaceId")],
  },
  "aws:ec2/eip:Eip": {
    noun: "Elastic IP address",
    checks: (links, eip) => [assigned(links, eip, "instance", "networkInterface")],
  },
};

function byProperty(noun: string, property: string): Giver {
  return { noun, checks: (_, resource) => [bySwitch(resource, noun, property, switchOf(given(resource, property)))] };
}

function bySwitch(resource: Resource, noun: string, property: string, state: ReturnType<typeof switchOf>): Check {
  if (state === "unknown") return pending(`what its ${property} is`);
  if (state !== "on") return good;
  return bad(`${noun} ${label(resource)} gives out public addresses: ${property} is true`, `set ${property}: false`);
}

/**
 * Of an address that somebody outside of the stack gets: instances and interfaces in the stack are asked themselves. AWS says of an address where it
 * is, at a NAT gateway too: of an address itself only what the program gave counts.
 */
function assigned(links: Links, resource: Resource, ofInstance: string, ofInterface: string): Check {
  const isOwn = resource.type !== "aws:ec2/eip:Eip";
  const wanted = (key: string) =>
    isOwn || resource.propertyDependencies[key] !== undefined ? given(resource, key) : undefined;
  const instance = wanted(ofInstance);
  if (instance !== undefined) {
    const link = links.follow(resource, ofInstance, instanceType);
    if (link.candidates.length > 0 && (!link.external || link.candidates.some((each) => isExactly(link, each))))
      return good;
    if (instance === UNKNOWN || link.candidates.length > 0) return pending(`which instance ${label(resource)} is for`);
    return bad(
      `${label(resource)} gives instance ${link.id ?? "that isn't named"}, which isn't in this stack, a public address`,
      "remove it, and let a load balancer stand between the instance and the internet",
    );
  }
  const at = wanted(ofInterface);
  if (at === undefined) return good;
  const link = followInterface(links, resource, ofInterface, at);
  if (!link.external && link.candidates.length > 0) return good;
  return at === UNKNOWN
    ? pending(`which network interface ${label(resource)} is for`)
    : outside(
        `whose network interface ${link.id ?? "that isn't named"} is, which gets a public address by ${label(resource)}`,
      );
}
