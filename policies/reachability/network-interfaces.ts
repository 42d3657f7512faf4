import { all, any, type Certainty, certaintyOf } from "./certainty";
import { isExactly, type Link, type Links } from "./links";
import { remembered } from "./remembered";
import { elements, field, given, hasDependencies, type Resource, UNKNOWN, type Value } from "./resources";

export const interfaceType = "aws:ec2/networkInterface:NetworkInterface";
export const instanceType = "aws:ec2/instance:Instance";

/** A network interface that is a resource of its own, at an instance. */
export interface Attachment {
  readonly instance: Resource;
  readonly attached: Resource;
  /** Is it attached there? */
  readonly answer: Certainty;
  /** Is it the instance's primary interface (device index 0), in place of one that AWS would make? */
  readonly primary: Certainty;
}

/** What is attached to an instance; remembered for the network. */
export function attachmentsOf(links: Links, instance: Resource): readonly Attachment[] {
  return tableOf(links).get(instance) ?? [];
}

/** The instances that an interface is, or may be, attached to. */
export function instancesWith(links: Links, attached: Resource): readonly Attachment[] {
  return tableOf(links).get(attached) ?? [];
}

/**
 * The interface that a property means: a resource of its own, or an instance, which stands for the interface that AWS made with it
 * (`primaryNetworkInterfaceId`).
 */
export function followInterface(links: Links, owner: Resource, property: string, value: Value): Link {
  if (value === UNKNOWN) return links.resolve(owner, property, value, interfaceType, instanceType);
  const found = links.resolve(owner, property, value, interfaceType);
  if (found.absent || !found.external) return found;
  const instances = links.ofTypes(instanceType);
  const primary = instances.find(({ props }) => props.primaryNetworkInterfaceId === found.id);
  if (primary !== undefined) return { ...found, candidates: [primary], external: false };
  const possible = hasDependencies(owner) ? links.directly(owner, property, [instanceType]) : instances;
  const hidden = possible.filter(({ props }) => typeof props.primaryNetworkInterfaceId !== "string");
  return { ...found, candidates: [...found.candidates, ...hidden] };
}

/** Both ways: what each instance has, and where each interface is. */
function tableOf(links: Links): ReadonlyMap<Resource, readonly Attachment[]> {
  return remembered(links, "attachments of network interfaces", () => {
    const table = new Map<Resource, Attachment[]>();
    for (const found of readAttachments(links)) {
      for (const end of [found.instance, found.attached]) {
        const list = table.get(end) ?? [];
        const at = list.findIndex(
          ({ instance, attached }) => instance === found.instance && attached === found.attached,
        );
        const known = list[at];
        if (known === undefined) list.push(found);
        else
          list[at] = { ...found, answer: any(known.answer, found.answer), primary: any(known.primary, found.primary) };
        table.set(end, list);
      }
    }
    return table;
  });
}

function readAttachments(links: Links): readonly Attachment[] {
  const instances = links.ofTypes(instanceType).flatMap((instance) => {
    const itself: Link = { candidates: [instance], external: false, id: undefined, absent: false };
    const primary = field(given(instance, "primaryNetworkInterface"), "networkInterfaceId");
    return [
      ...between(itself, followInterface(links, instance, "primaryNetworkInterface", primary), "yes"),
      ...elements(given(instance, "networkInterfaces")).flatMap((item) => {
        const id = field(item, "networkInterfaceId");
        return between(itself, followInterface(links, instance, "networkInterfaces", id), isPrimary(item));
      }),
    ];
  });
  const attachments = links.ofTypes("aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment").flatMap((each) => {
    const attached = followInterface(links, each, "networkInterfaceId", each.props.networkInterfaceId);
    return between(links.follow(each, "instanceId", instanceType), attached, isPrimary(each.props));
  });
  const interfaces = links.ofTypes(interfaceType).flatMap((attached) => {
    const itself: Link = { candidates: [attached], external: false, id: undefined, absent: false };
    return elements(given(attached, "attachments")).flatMap((item) =>
      between(links.resolve(attached, "attachments", field(item, "instance"), instanceType), itself, isPrimary(item)),
    );
  });
  return [...instances, ...attachments, ...interfaces];
}

function isPrimary(item: Value): Certainty {
  const index = field(item, "deviceIndex");
  return index === UNKNOWN ? "perhaps" : certaintyOf(Number(index) === 0);
}

function between(owner: Link, interfaces: Link, primary: Certainty): readonly Attachment[] {
  return owner.candidates.flatMap((instance) =>
    interfaces.candidates
      .filter((each) => each.type === interfaceType)
      .map((attached): Attachment => {
        const answer: Certainty = isExactly(owner, instance) && isExactly(interfaces, attached) ? "yes" : "perhaps";
        return { instance, attached, answer, primary: all(answer, primary) };
      }),
  );
}
