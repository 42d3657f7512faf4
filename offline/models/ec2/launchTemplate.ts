import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { filled } from "../filled";
import { nameOf, refuseDuplicate } from "../names";
import { integer, isTrue, records, text } from "../values";
import { checkTemplate } from "./templateChecks";

const TYPE = "aws:ec2/launchTemplate:LaunchTemplate";
const USER_DATA = 16384;

const absent = [
  "capacityReservationSpecification",
  "cpuOptions",
  "creditSpecification",
  "enclaveOptions",
  "hibernationOptions",
  "iamInstanceProfile",
  "instanceMarketOptions",
  "instanceRequirements",
  "maintenanceOptions",
  "metadataOptions",
  "monitoring",
  "networkPerformanceOptions",
  "placement",
  "privateDnsNameOptions",
  "securityGroupNames",
  "updateDefaultVersion",
  "vpcSecurityGroupIds",
];
const empty = ["description", "ebsOptimized", "imageId", "instanceInitiatedShutdownBehavior", "instanceType"];
const emptyToo = ["kernelId", "keyName", "namePrefix", "ramDiskId", "userData"];

function described(inputs: Props): Props {
  const interfaces = records(inputs["networkInterfaces"]).map((one) => ({
    ...filled(one, { deviceIndex: 0, networkCardIndex: 0, deleteOnTermination: "", subnetId: "", description: "" }),
    ...one,
  }));
  return {
    ...filled(inputs, {
      ...Object.fromEntries(absent.map((name) => [name, null])),
      ...Object.fromEntries([...empty, ...emptyToo].map((name) => [name, ""])),
      blockDeviceMappings: [],
      disableApiStop: false,
      disableApiTermination: false,
      licenseSpecifications: [],
      networkInterfaces: [],
      tagSpecifications: [],
      tags: {},
    }),
    ...(Array.isArray(inputs["networkInterfaces"]) ? { networkInterfaces: interfaces } : {}),
  };
}

/** Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateTagSpecificationRequest.html */
const TAGGABLE = ["elastic-gpu", "instance", "network-interface", "spot-instances-request", "volume"];

function refuseTagging(inputs: Props): void {
  for (const { resourceType } of records(inputs["tagSpecifications"])) {
    const type = text(resourceType);
    if (type === undefined || TAGGABLE.includes(type)) continue;
    throw new AwsError(
      "InvalidParameterValue",
      `'${type}' is not a valid taggable resource type for this operation.`,
      "tagSpecifications",
    );
  }
}

function refuseUserData(inputs: Props): void {
  const data = text(inputs["userData"]);
  if (data === undefined) return;
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(data))
    throw new AwsError("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.", "userData");
  if (Buffer.from(data, "base64").length > USER_DATA)
    throw new AwsError("InvalidUserData.Malformed", `User data is limited to ${USER_DATA} bytes`, "userData");
}

const model: Model = {
  type: TYPE,
  replaceOn: ["name", "namePrefix"],

  check: ({ inputs }) => checkTemplate(inputs),

  create(context) {
    const { inputs, ids, place } = context;
    const name = nameOf(context);
    const code = "InvalidLaunchTemplateName.AlreadyExistsException";
    refuseDuplicate(context, TYPE, name, code, "Launch template name already in use.");
    refuseUserData(inputs);
    refuseTagging(inputs);
    const id = ids.ec2("lt");
    return {
      id,
      outputs: {
        ...described(inputs),
        arn: arn(place, "ec2", `launch-template/${id}`),
        defaultVersion: 1,
        latestVersion: 1,
        name: name ?? UNKNOWN,
      },
    };
  },

  /** Every change but of tags and the default is a new version. */
  update(context: OperationContext, old) {
    const { inputs } = context;
    refuseUserData(inputs);
    refuseTagging(inputs);
    const before = integer(old.outputs["latestVersion"]) ?? 1;
    const now = described(inputs);
    const changed = Object.entries(now).some(
      ([key, value]) => !ofAllVersions.has(key) && JSON.stringify(value) !== JSON.stringify(old.outputs[key]),
    );
    const latestVersion = changed ? before + 1 : before;
    const defaultVersion = isTrue(inputs["updateDefaultVersion"])
      ? latestVersion
      : (integer(inputs["defaultVersion"]) ?? old.outputs["defaultVersion"]);
    if (typeof defaultVersion === "number" && defaultVersion > latestVersion)
      throw new AwsError(
        "InvalidLaunchTemplateId.VersionNotFound",
        `Could not find launch template version ${defaultVersion}`,
      );
    return { ...now, latestVersion, defaultVersion };
  },
};

const ofAllVersions = new Set(["tags", "updateDefaultVersion", "defaultVersion", "namePrefix"]);

export default model;
