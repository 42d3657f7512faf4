import { all, type Certainty } from "./certainty";
import { isExactly, type Link, type Links } from "./links";
import { followInterface, instancesWith, instanceType, interfaceType } from "./network-interfaces";
import { remembered } from "./remembered";
import { given, type Resource, type Value } from "./resources";

/** A public IPv4 address that a program gives to an interface. */
export interface ElasticAddress {
  readonly publicIp: Value;
  /** Which of the interface's private addresses stands behind it; undefined: the primary one. */
  readonly privateIp: Value;
  /** Does this interface have it? */
  readonly answer: Certainty;
}

/** Those of an instance's own (primary) interface, or of an interface that is a resource of its own; remembered for the network. */
export function elasticAddressesOf(links: Links, holder: Resource): readonly ElasticAddress[] {
  const table = remembered(links, "elastic addresses", () => tableOf(links));
  const own = table.get(holder) ?? [];
  if (holder.type !== interfaceType) return own;
  // An address that is given to an instance is that of its primary interface.
  const primaryOf = instancesWith(links, holder).filter(({ primary }) => primary !== "no");
  const more = primaryOf.flatMap(({ instance, primary }) =>
    (table.get(instance) ?? []).map((each) => ({ ...each, answer: all(each.answer, primary) })),
  );
  return [...own, ...more];
}

function tableOf(links: Links): ReadonlyMap<Resource, readonly ElasticAddress[]> {
  const table = new Map<Resource, ElasticAddress[]>();
  const add = (link: Link, publicIp: Value, privateIp: Value) => {
    for (const holder of link.candidates) {
      const answer: Certainty = isExactly(link, holder) ? "yes" : "perhaps";
      table.set(holder, [...(table.get(holder) ?? []), { publicIp, privateIp, answer }]);
    }
  };
  for (const eip of links.ofTypes("aws:ec2/eip:Eip")) {
    const behind = given(eip, "associateWithPrivateIp") ?? given(eip, "privateIp");
    add(holderOf(links, eip, "networkInterface", "instance"), given(eip, "publicIp"), behind);
  }
  for (const association of links.ofTypes("aws:ec2/eipAssociation:EipAssociation")) {
    const [eip] = links.follow(association, "allocationId", "aws:ec2/eip:Eip").candidates;
    const publicIp = given(association, "publicIp") ?? given(eip ?? association, "publicIp");
    const behind = given(association, "privateIpAddress");
    add(holderOf(links, association, "networkInterfaceId", "instanceId"), publicIp, behind);
  }
  return table;
}

/** AWS says of an address both the interface and the instance that it is at: the interface is the exact one. */
function holderOf(links: Links, resource: Resource, ofInterface: string, ofInstance: string): Link {
  const found = followInterface(links, resource, ofInterface, given(resource, ofInterface));
  if (found.candidates.length > 0 && !found.external) return found;
  const instance = links.follow(resource, ofInstance, instanceType);
  if (instance.absent) return found;
  if (found.absent || (instance.candidates.length === 1 && !instance.external)) return instance;
  return { ...instance, candidates: [...new Set([...found.candidates, ...instance.candidates])] };
}
