import type { Statement } from "../instances/permissions";
import { SPOOL_TAG } from "./spool";

/** Of a machine's rights over volumes: the two sides of one connection. */
const CONNECT = ["ec2:AttachVolume", "ec2:DetachVolume"];

/** Knows no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const FIND_SPOOL: Statement = {
  Sid: "FindSpool",
  Effect: "Allow",
  Action: ["ec2:DescribeVolumes"],
  Resource: "*",
};

/** The zones' volumes, as long as they have their tag. */
export function ownSpools(volumeArns: readonly string[], identity: string): Statement {
  return {
    Sid: "OwnSpools",
    Effect: "Allow",
    Action: CONNECT,
    Resource: volumeArns,
    Condition: tagged(SPOOL_TAG, identity),
  };
}

/** The machines of the group: all of them have its name as their tag. */
export function ownMachines(volumeArn: string, machineName: string): Statement {
  const Resource = sibling(volumeArn, "ec2", "instance/*");
  return { Sid: "OwnMachines", Effect: "Allow", Action: CONNECT, Resource, Condition: tagged("Name", machineName) };
}

/** Auto Scaling's ARNs hold an id that only AWS knows; the name is the group's own. */
export function handOver(volumeArn: string, groupName: string): Statement {
  const Resource = sibling(volumeArn, "autoscaling", `autoScalingGroup:*:autoScalingGroupName/${groupName}`);
  return { Sid: "HandOver", Effect: "Allow", Action: ["autoscaling:CompleteLifecycleAction"], Resource };
}

export function sesLogin(secretArn: string): Statement {
  return { Sid: "SesLogin", Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: secretArn };
}

/** Another resource of the same partition, Region and account. */
function sibling(arn: string, service: string, resource: string): string {
  const [, partition = "", , region = "", account = ""] = arn.split(":");
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

function tagged(key: string, value: string): NonNullable<Statement["Condition"]> {
  return { StringEquals: { [`aws:ResourceTag/${key}`]: value } };
}
