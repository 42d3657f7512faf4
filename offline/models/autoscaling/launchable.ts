import { AwsError } from "../../aws-error";
import type { OperationContext } from "../../model";
import type { Thing } from "../../world";
import { INSTANCE_PROFILE } from "../iam/entities";
import { checkGroups } from "../subnets";
import { integer, isRecord, property, records, text, texts } from "../values";

const CODE = "ValidationError";
const PREFIX = "You must use a valid fully-formed launch template.";

/** True when a group that names this version gets the template as it is now; older versions aren't kept. */
function isCurrent(template: Thing, version: unknown): boolean {
  const latest = integer(property(template, "latestVersion"));
  if (version === "$Latest" || integer(version) === latest) return true;
  return (version === undefined || version === "$Default") && property(template, "defaultVersion") === latest;
}

/** Throws where instances couldn't be launched from the template in subnets of the VPC: what a template may say, but no launch. */
export function refuseUnlaunchable(context: OperationContext, template: Thing, vpcId: string | undefined): void {
  const { inputs, world } = context;
  const reference = inputs["launchTemplate"];
  if (!isRecord(reference) || !isCurrent(template, reference["version"])) return;
  const refuse = (why: string): AwsError => new AwsError(CODE, `${PREFIX} ${why}`, "launchTemplate");
  const image = property(template, "imageId");
  if (image === "") throw refuse("The request must contain the parameter ImageId");
  const id = text(image);
  if (id !== undefined && !/^(ami-[0-9a-f]{8,17}|resolve:ssm:.+)$/.test(id))
    throw refuse(`Invalid id: "${id}" (expecting "ami-...")`);
  const interfaces = records(property(template, "networkInterfaces"));
  const groups = texts(property(template, "vpcSecurityGroupIds"));
  if (interfaces.length > 0 && groups.length > 0)
    throw refuse("Network interfaces and an instance-level security groups may not be specified on the same request");
  const codes = { missing: CODE, elsewhere: CODE };
  checkGroups(context, [...groups, ...interfaces.flatMap((one) => texts(one["securityGroups"]))], vpcId, codes);
  const key = text(property(template, "keyName"));
  if (key !== undefined && world.find("aws:ec2/keyPair:KeyPair", key) === undefined)
    throw refuse(`The key pair '${key}' does not exist`);
  const profile = property(template, "iamInstanceProfile");
  const name = isRecord(profile) ? text(profile["name"]) : undefined;
  if (name !== undefined && world.find(INSTANCE_PROFILE, name) === undefined)
    throw refuse(`Value (${name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`);
  for (const { ebs } of records(property(template, "blockDeviceMappings"))) {
    const type = isRecord(ebs) ? text(ebs["volumeType"]) : undefined;
    if (isRecord(ebs) && integer(ebs["iops"]) !== undefined && type !== undefined && !TAKES_IOPS.includes(type))
      throw refuse(`The parameter iops is not supported for ${type} volumes.`);
  }
}

const TAKES_IOPS = ["gp3", "io1", "io2"];
