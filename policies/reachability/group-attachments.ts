import { isExactly, type Links } from "./links";
import { followInterface, instancesWith, interfaceType } from "./network-interfaces";
import { remembered } from "./remembered";
import { label, type Resource } from "./resources";
import { followGroup, type Groups } from "./security-groups";

interface Attached {
  readonly group: Resource | undefined;
  /** What to call a group that isn't among the resources. */
  readonly outside: string | undefined;
  readonly certain: boolean;
}

/** The groups of an interface, with those that `networkInterfaceSecurityGroupAttachment` adds to it. */
export function withAttachedGroups(links: Links, groups: Groups, holder: Resource): Groups {
  const table = remembered(links, "attached security groups", () => tableOf(links));
  const holders = [
    [holder, "yes"] as const,
    ...(holder.type === interfaceType
      ? instancesWith(links, holder).map(({ instance, primary }) => [instance, primary] as const)
      : []),
  ];
  const found = holders.flatMap(([each, isIt]) =>
    isIt === "no" ? [] : (table.get(each) ?? []).map((one) => ({ ...one, certain: one.certain && isIt === "yes" })),
  );
  if (found.length === 0) return groups;
  const members = (certain: boolean) =>
    found.flatMap((each) => (each.group !== undefined && each.certain === certain ? [each.group] : []));
  const certain = [...new Set([...groups.certain, ...members(true)])];
  return {
    certain,
    possible: [...new Set([...groups.possible, ...members(false)])].filter((each) => !certain.includes(each)),
    outside: [...groups.outside, ...found.flatMap(({ outside }) => outside ?? [])],
  };
}

function tableOf(links: Links): ReadonlyMap<Resource, readonly Attached[]> {
  const table = new Map<Resource, Attached[]>();
  const type = "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment";
  for (const resource of links.ofTypes(type)) {
    const to = followInterface(links, resource, "networkInterfaceId", resource.props.networkInterfaceId);
    const groups = followGroup(links, resource, "securityGroupId", resource.props.securityGroupId);
    for (const holder of to.candidates) {
      const list = table.get(holder) ?? [];
      for (const group of groups.candidates)
        list.push({ group, outside: undefined, certain: isExactly(to, holder) && isExactly(groups, group) });
      if (groups.external) {
        const outside = `security group ${groups.id ?? `of ${label(resource)} that isn't known`}`;
        list.push({ group: undefined, outside, certain: false });
      }
      table.set(holder, list);
    }
  }
  return table;
}
