/** Who uses a subnet, a VPC or a security group: what AWS's `DependencyViolation` is about. */
import { AwsError } from "../../aws-error";
import type { Thing, World } from "../../world";
import { property, records, text, texts } from "../values";

/** Types that keep network interfaces in subnets, with the property that names them. */
const inSubnets: Record<string, string> = {
  "aws:ec2/natGateway:NatGateway": "subnetId",
  "aws:ec2/vpcEndpoint:VpcEndpoint": "subnetIds",
  "aws:ec2/instance:Instance": "subnetId",
  "aws:ec2/networkInterface:NetworkInterface": "subnetId",
  "aws:lb/loadBalancer:LoadBalancer": "subnets",
  "aws:efs/mountTarget:MountTarget": "subnetId",
  "aws:autoscaling/group:Group": "vpcZoneIdentifiers",
};

/** Types that can't outlive their VPC (associations and rules go with what they belong to). */
const inVpcs: readonly string[] = [
  "aws:ec2/subnet:Subnet",
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/networkAcl:NetworkAcl",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:ec2/networkInterface:NetworkInterface",
  "aws:lb/loadBalancer:LoadBalancer",
];

/** Properties in which network-bound types name their security groups. */
const groupProperties = ["securityGroupIds", "securityGroups", "vpcSecurityGroupIds"] as const;

const ruleReferences: Record<string, string> = {
  "aws:ec2/securityGroupRule:SecurityGroupRule": "sourceSecurityGroupId",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "referencedSecurityGroupId",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "referencedSecurityGroupId",
};

export function usersOfSubnet(world: World, subnetId: string): Thing[] {
  return world.everything().filter((thing) => {
    const name = inSubnets[thing.type];
    if (name === undefined) return false;
    const value = property(thing, name);
    return text(value) === subnetId || texts(value).includes(subnetId);
  });
}

/** What stands in a VPC, AWS's own companions aside. */
export function usersOfVpc(world: World, vpcId: string): Thing[] {
  return world
    .everything()
    .filter(
      (thing) => thing.companion !== true && inVpcs.includes(thing.type) && text(property(thing, "vpcId")) === vpcId,
    );
}

/** Rules of other groups that refer to this one, and things that wear it. */
export function usersOfGroup(world: World, groupId: string): Thing[] {
  return world
    .everything()
    .filter((thing) => thing.id !== groupId && (refersTo(thing, groupId) || wears(thing, groupId)));
}

function refersTo(thing: Thing, groupId: string): boolean {
  const name = ruleReferences[thing.type];
  if (name !== undefined) {
    return text(property(thing, name)) === groupId && text(property(thing, "securityGroupId")) !== groupId;
  }
  if (thing.type !== "aws:ec2/securityGroup:SecurityGroup") return false;
  return ["ingress", "egress"].some((direction) =>
    records(property(thing, direction)).some((rule) => texts(rule["securityGroups"]).includes(groupId)),
  );
}

function wears(thing: Thing, groupId: string): boolean {
  if (thing.type === "aws:ec2/securityGroup:SecurityGroup" || thing.type === "aws:ec2/launchTemplate:LaunchTemplate")
    return false;
  return groupProperties.some((name) => texts(property(thing, name)).includes(groupId));
}

/** Throws `DependencyViolation` naming the first user. */
export function refuseWhileUsed(what: string, users: readonly Thing[]): void {
  const first = users[0];
  if (first === undefined) return;
  throw new AwsError(
    "DependencyViolation",
    `The ${what} has dependencies and cannot be deleted. (used by ${first.id})`,
  );
}
