/** What AWS makes beside a VPC: main route table, default ACL with its rules, default security group. */
import { arn } from "../../arn";
import type { OperationContext, Props } from "../../model";

const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";
export const NETWORK_ACL = "aws:ec2/networkAcl:NetworkAcl";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const NETWORK_INTERFACE = "aws:ec2/networkInterface:NetworkInterface";

const allowAll = { fromPort: 0, toPort: 0, protocol: "-1", ruleNo: 100, action: "allow", cidrBlock: "0.0.0.0/0" };
const unrestricted = { fromPort: 0, toPort: 0, protocol: "-1", self: false };

/** The ids of a VPC's companions, which its outputs name. */
export function companionIds(context: OperationContext): {
  routeTable: string;
  networkAcl: string;
  securityGroup: string;
} {
  return {
    routeTable: context.ids.ec2("rtb"),
    networkAcl: context.ids.ec2("acl"),
    securityGroup: context.ids.ec2("sg"),
  };
}

/** Puts the companions of a new VPC into the world. */
export function makeCompanions(context: OperationContext, vpcId: string): void {
  const ids = companionIds(context);
  const place = (type: string, id: string, kind: string, outputs: Props): void => {
    const { urn, place: where } = context;
    const shared = { vpcId, ownerId: where.accountId, arn: arn(where, "ec2", `${kind}/${id}`), isDefault: true };
    context.world.put({ type, id, urn, place: where, inputs: {}, outputs: { ...outputs, ...shared }, companion: true });
  };
  place(ROUTE_TABLE, ids.routeTable, "route-table", { routes: [], propagatingVgws: [] });
  place(NETWORK_ACL, ids.networkAcl, "network-acl", { ingress: [allowAll], egress: [allowAll], subnetIds: [] });
  place(SECURITY_GROUP, ids.securityGroup, "security-group", {
    name: "default",
    description: "default VPC security group",
    ingress: [{ ...unrestricted, self: true }],
    egress: [{ ...unrestricted, cidrBlocks: ["0.0.0.0/0"] }],
  });
}

/** Removes them with their VPC. */
export function removeCompanions(context: OperationContext, outputs: Props): void {
  const pairs = [
    [ROUTE_TABLE, "defaultRouteTableId"],
    [NETWORK_ACL, "defaultNetworkAclId"],
    [SECURITY_GROUP, "defaultSecurityGroupId"],
  ] as const;
  for (const [type, output] of pairs) {
    const id = outputs[output];
    if (typeof id === "string") context.world.remove(type, id);
  }
}
