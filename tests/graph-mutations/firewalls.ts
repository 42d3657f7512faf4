import type { Resource, Value } from "../../policies/reachability/resources";
import { type Mutation, ofType, resource, withValue } from "./mutation";

const everywhere = "0.0.0.0/0";
const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressType = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

/**
 * Security groups that admit more. A path has three fences, the group of who sends, the network ACLs, and the group of who takes; one of them
 * opened alone opens nothing. So the ACLs are opened besides, and both groups where both are the network's own.
 */
export function widerGroups(graph: readonly Resource[]): readonly Mutation[] {
  const open = [...graph, ...openAcls(graph)];
  const exchange = (title: string, exchanges: ReadonlyMap<Resource, Resource>): Mutation => ({
    title,
    apply: () => open.map((each) => exchanges.get(each) ?? each),
  });
  const fromAnywhere = ofType(graph, ingressType)
    .filter(({ props }) => typeof props.cidrIpv4 === "string" && props.cidrIpv4 !== everywhere)
    .map((rule) =>
      exchange(`${rule.name}: from ${everywhere}`, new Map([[rule, withValue(rule, ["cidrIpv4"], everywhere)]])),
    );
  const anyPort = ofType(graph, ingressType).flatMap((rule) => {
    const mate = ofType(graph, egressType).find((each) => isMate(rule, each));
    if (mate === undefined) return [];
    const both = [rule, mate].map((each) => [each, onAnyPort(each)] as const);
    return [exchange(`${rule.name} and ${mate.name}: any port`, new Map(both))];
  });
  return [...fromAnywhere, ...anyPort];
}

/** Two rules for the same traffic, one at each end. */
function isMate(ingress: Resource, egress: Resource): boolean {
  return (
    ingress.props.referencedSecurityGroupId === egress.props.securityGroupId &&
    egress.props.referencedSecurityGroupId === ingress.props.securityGroupId &&
    ["ipProtocol", "fromPort", "toPort"].every((key) => ingress.props[key] === egress.props[key])
  );
}

function onAnyPort(rule: Resource): Resource {
  return withValue(withValue(rule, ["fromPort"], 0), ["toPort"], 65535);
}

/** New pairs: from each group to each group of machines, on a port that nobody has declared. */
export function newPairs(graph: readonly Resource[]): readonly Mutation[] {
  const groups = ofType(graph, "aws:ec2/securityGroup:SecurityGroup");
  const machines = new Set(graph.flatMap(({ type, props }) => groupsOf(type).flatMap((read) => read(props))));
  const open = openAcls(graph);
  return groups.flatMap((from) =>
    groups
      .filter((to) => to !== from && machines.has(to.props.id) && machines.has(from.props.id))
      .map((to) => {
        const port = { ipProtocol: "tcp", fromPort: 8765, toPort: 8765 };
        const what = `8765 from ${from.name} to ${to.name}`;
        const rules = [
          resource(egressType, what, {
            ...port,
            securityGroupId: from.props.id,
            referencedSecurityGroupId: to.props.id,
          }),
          resource(ingressType, what, {
            ...port,
            securityGroupId: to.props.id,
            referencedSecurityGroupId: from.props.id,
          }),
        ];
        return { title: `a new pair: ${what}`, apply: () => [...graph, ...open, ...rules] };
      }),
  );
}

/** Where machines, databases and file systems name their groups. */
function groupsOf(type: string): readonly ((props: Resource["props"]) => readonly Value[])[] {
  const list = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : []);
  const inFirst = (value: Value): readonly Value[] => {
    const [first] = list(value);
    return first !== null && typeof first === "object"
      ? list((first as Readonly<Record<string, Value>>).securityGroups)
      : [];
  };
  switch (type) {
    case "aws:ec2/launchTemplate:LaunchTemplate":
      return [
        ({ networkInterfaces }) => inFirst(networkInterfaces),
        ({ vpcSecurityGroupIds }) => list(vpcSecurityGroupIds),
      ];
    case "aws:rds/instance:Instance":
      return [({ vpcSecurityGroupIds }) => list(vpcSecurityGroupIds)];
    case "aws:efs/mountTarget:MountTarget":
      return [({ securityGroups }) => list(securityGroups)];
    default:
      return [];
  }
}

/** Entries before all others that let everything through. */
function openAcls(graph: readonly Resource[]): readonly Resource[] {
  return ofType(graph, "aws:ec2/networkAcl:NetworkAcl").flatMap((acl) =>
    [true, false].map((egress) =>
      resource("aws:ec2/networkAclRule:NetworkAclRule", `${acl.name}-open-${egress ? "out" : "in"}`, {
        ...{ networkAclId: acl.props.id, egress, ruleNumber: 1, ruleAction: "allow" },
        ...{ protocol: "-1", cidrBlock: everywhere, fromPort: 0, toPort: 0 },
      }),
    ),
  );
}
