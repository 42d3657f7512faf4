import type { Resource, Value } from "../../policies/reachability/resources";
import { exchanged, type Mutation, ofType, type Path, valueAt, withValue } from "./mutation";

/** A property that keeps a safeguard, and the value without it. */
type Weakening = readonly [type: string, path: Path, value: Value];

/** An entry of a network ACL. */
const allowAll: Value = {
  ruleNo: 100,
  action: "allow",
  protocol: "-1",
  cidrBlock: "0.0.0.0/0",
  fromPort: 0,
  toPort: 0,
};
/** A rule of a security group. */
const everything: Value = { protocol: "-1", cidrBlocks: ["0.0.0.0/0"], fromPort: 0, toPort: 0 };
const nobodyMay = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }],
});
const everythingAllowed = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

const weakenings: readonly Weakening[] = [
  ["aws:autoscaling/group:Group", ["healthCheckType"], "EC2"],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", ["actionsEnabled"], false],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", ["alarmActions"], []],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", ["namespace"], "Nobody/Writes"],
  ["aws:ebs/volume:Volume", ["encrypted"], false],
  ["aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", ["ingress"], [allowAll]],
  ["aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", ["egress"], [allowAll]],
  ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", ["ingress"], [everything]],
  ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", ["egress"], [everything]],
  ["aws:ec2/flowLog:FlowLog", ["trafficType"], "ACCEPT"],
  ["aws:ec2/launchTemplate:LaunchTemplate", ["blockDeviceMappings", 0, "ebs", "encrypted"], "false"],
  ["aws:ec2/launchTemplate:LaunchTemplate", ["metadataOptions", "httpTokens"], "optional"],
  ["aws:ec2/launchTemplate:LaunchTemplate", ["networkInterfaces", 0, "associatePublicIpAddress"], "true"],
  ["aws:ec2/subnet:Subnet", ["mapPublicIpOnLaunch"], true],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", ["privateDnsEnabled"], false],
  ["aws:efs/backupPolicy:BackupPolicy", ["backupPolicy", "status"], "DISABLED"],
  ["aws:efs/fileSystem:FileSystem", ["encrypted"], false],
  ["aws:lb/loadBalancer:LoadBalancer", ["internal"], false],
  ["aws:rds/instance:Instance", ["backupRetentionPeriod"], 0],
  ["aws:rds/instance:Instance", ["multiAz"], false],
  ["aws:rds/instance:Instance", ["publiclyAccessible"], true],
  ["aws:rds/instance:Instance", ["storageEncrypted"], false],
  ["aws:sesv2/configurationSet:ConfigurationSet", ["deliveryOptions", "tlsPolicy"], "OPTIONAL"],
  ["aws:sesv2/configurationSet:ConfigurationSet", ["reputationOptions", "reputationMetricsEnabled"], false],
  [
    "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination",
    ["eventDestination", "enabled"],
    false,
  ],
  [
    "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination",
    ["eventDestination", "matchingEventTypes"],
    ["OPEN"],
  ],
  ["aws:sesv2/emailIdentity:EmailIdentity", ["configurationSetName"], undefined],
  ["aws:sesv2/emailIdentity:EmailIdentity", ["dkimSigningAttributes", "nextSigningKeyLength"], "RSA_1024_BIT"],
  ["aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes", ["mailFromDomain"], undefined],
  ["aws:sns/topicPolicy:TopicPolicy", ["policy"], nobodyMay],
  ["aws:sns/topicSubscription:TopicSubscription", ["filterPolicy"], '{"nothing":["like this"]}'],
  ["aws:sns/topic:Topic", ["kmsMasterKeyId"], undefined],
  ["aws:sqs/queue:Queue", ["kmsMasterKeyId"], undefined],
  ["aws:sqs/queuePolicy:QueuePolicy", ["policy"], nobodyMay],
  ["aws:kms/key:Key", ["policy"], nobodyMay],
  ["aws:iam/userPolicy:UserPolicy", ["policy"], everythingAllowed],
];

/** Each of these properties, wherever it keeps its safeguard now. */
export function weakenedProperties(graph: readonly Resource[]): readonly Mutation[] {
  return weakenings.flatMap(([type, path, value]) =>
    ofType(graph, type)
      .filter((resource) => JSON.stringify(valueAt(resource, path)) !== JSON.stringify(value))
      .map((resource) => {
        const text = value === undefined ? "left out" : JSON.stringify(value);
        return exchanged(graph, `${path.join(".")} ${text}`, resource, withValue(resource, path, value));
      }),
  );
}
