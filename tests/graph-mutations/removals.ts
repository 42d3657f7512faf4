import type { Resource } from "../../policies/reachability/resources";
import { exchanged, type Mutation } from "./mutation";

/** Kinds that keep a safeguard or carry a declared communication by being there, and to which nothing else refers. */
const kinds: ReadonlySet<string> = new Set([
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/flowLog:FlowLog",
  "aws:ec2/networkAclAssociation:NetworkAclAssociation",
  "aws:ec2/networkAclRule:NetworkAclRule",
  "aws:ec2/route:Route",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
  "aws:efs/backupPolicy:BackupPolicy",
  "aws:efs/mountTarget:MountTarget",
  "aws:lb/listener:Listener",
  "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination",
  "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sns/topicSubscription:TopicSubscription",
  "aws:sqs/queuePolicy:QueuePolicy",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
]);

export function removals(graph: readonly Resource[]): readonly Mutation[] {
  return graph.filter(({ type }) => kinds.has(type)).map((resource) => exchanged(graph, "removed", resource));
}
