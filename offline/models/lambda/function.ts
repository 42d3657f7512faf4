import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { lookUp } from "../ec2/references";
import { filled } from "../filled";
import { Findings } from "../findings";
import { admitsService } from "../iam/admission";
import { ROLE } from "../iam/entities";
import { putInterfaces, removeInterfaces } from "../interfaces";
import { refuseDuplicate } from "../names";
import { checkGroups, subnetsOf, vpcsOf } from "../subnets";
import { madeAt } from "../time";
import { given, integer, isRecord, isTrue, property, text, texts } from "../values";
import { packageOf } from "./code";
import { ARCHITECTURES, checkName, CODE, FUNCTION, INVALID, RUNTIMES } from "./functions";

/** Bytes of names and values together. Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ENVIRONMENT = 4096;
/** What Lambda sets itself. Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_REGION|REGION|EXECUTION_ENV|LAMBDA_.*|ACCESS_KEY(_ID)?|SECRET_ACCESS_KEY|SESSION_TOKEN))$/;

function refuseRole({ inputs, place, world }: OperationContext): void {
  const role = text(inputs["role"]);
  if (role === undefined || role.split(":")[4] !== place.accountId) return;
  const found = world.all(ROLE).find((one) => property(one, "arn") === role);
  const trust = found === undefined ? undefined : text(property(found, "assumeRolePolicy"));
  if (found === undefined || (trust !== undefined && !admitsService(trust, "lambda.amazonaws.com")))
    throw new AwsError(INVALID, "The role defined for the function cannot be assumed by Lambda.", "role");
}

function refuseEnvironment({ inputs }: OperationContext): void {
  const environment = inputs["environment"];
  const variables = isRecord(environment) ? environment["variables"] : undefined;
  if (!isRecord(variables)) return;
  const size = Object.entries(variables).reduce(
    (sum, [name, value]) => sum + name.length + (text(value)?.length ?? 0),
    0,
  );
  if (size > ENVIRONMENT)
    throw new AwsError(
      INVALID,
      "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.",
      "environment",
    );
  for (const name of Object.keys(variables)) {
    if (RESERVED.test(name))
      throw new AwsError(
        INVALID,
        `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${name}`,
        "environment",
      );
    if (!/^[a-zA-Z]\w*$/.test(name))
      throw new AwsError(
        "ValidationException",
        `Environment variable name ${name} must begin with a letter and hold letters, digits and _ only`,
      );
  }
}

function refuseTexts({ inputs }: OperationContext): void {
  if ((text(inputs["description"]) ?? "").length > 256)
    throw new AwsError(CODE, "Value at 'description' must have length less than or equal to 256", "description");
  const logging = inputs["loggingConfig"];
  const leveled = isRecord(logging) && (given(logging["applicationLogLevel"]) || given(logging["systemLogLevel"]));
  if (leveled && text(logging["logFormat"]) === "Text")
    throw new AwsError(INVALID, "To configure log levels, set the log format to JSON.", "loggingConfig");
  if (isRecord(inputs["fileSystemConfig"]) && !given(inputs["vpcConfig"]))
    throw new AwsError(INVALID, "A function with a file system needs a VPC configuration.", "fileSystemConfig");
}

function refuseQueue({ inputs, place, world }: OperationContext): void {
  const letter = inputs["deadLetterConfig"];
  const target = isRecord(letter) ? text(letter["targetArn"]) : undefined;
  if (target === undefined) return;
  const [, , service, , account] = target.split(":");
  if (service !== "sqs" && service !== "sns")
    throw new AwsError(INVALID, `The target ${target} must be an SQS queue or an SNS topic.`, "deadLetterConfig");
  const type = service === "sqs" ? "aws:sqs/queue:Queue" : "aws:sns/topic:Topic";
  if (account === place.accountId && world.find(type, target) === undefined)
    throw new AwsError(INVALID, `The provided target ${target} does not exist.`, "deadLetterConfig");
}

/** The subnets and groups of a function in a VPC; it holds interfaces there. */
function placeInVpc(context: OperationContext, name: string | undefined): unknown {
  const config = context.inputs["vpcConfig"];
  if (!isRecord(config)) return config ?? null;
  for (const id of texts(config["subnetIds"])) {
    if (lookUp(context.world, "subnet", id) === undefined)
      throw new AwsError(
        INVALID,
        `Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID '${id}' does not exist`,
        "vpcConfig",
      );
  }
  const subnets = subnetsOf(context, texts(config["subnetIds"]), INVALID);
  const [vpcId, ...others] = vpcsOf(subnets);
  if (others.length > 0)
    throw new AwsError(INVALID, "Security Groups and subnets must belong to the same VPC.", "vpcConfig");
  const securityGroups = texts(config["securityGroupIds"]);
  checkGroups(context, securityGroups, vpcId, { missing: INVALID, elsewhere: INVALID });
  const description = `AWS Lambda VPC ENI-${name ?? ""}`;
  if (name !== undefined)
    putInterfaces(
      context,
      `lambda/${context.place.region}/${name}`,
      subnets.map((subnet) => ({ subnet, securityGroups, description })),
    );
  return { ipv6AllowedForDualStack: false, ...config, vpcId: vpcId ?? (subnets.length === 0 ? "" : UNKNOWN) };
}

function settle(context: OperationContext, name: string | undefined): Props {
  const { inputs } = context;
  refuseRole(context);
  refuseEnvironment(context);
  refuseTexts(context);
  refuseQueue(context);
  const logging = inputs["loggingConfig"];
  const group = name === undefined ? UNKNOWN : `/aws/lambda/${name}`;
  const levels = { applicationLogLevel: "", logFormat: "Text", logGroup: group, systemLogLevel: "" };
  return {
    ...filled(inputs, {
      architectures: ["x86_64"],
      capacityProviderConfig: null,
      codeSigningConfigArn: "",
      deadLetterConfig: null,
      description: "",
      environment: null,
      ephemeralStorage: { size: 512 },
      fileSystemConfig: null,
      handler: "",
      imageConfig: null,
      imageUri: "",
      kmsKeyArn: "",
      layers: [],
      runtime: "",
      snapStart: null,
      sourceKmsKeyArn: "",
      tags: {},
      tracingConfig: { mode: "PassThrough" },
    }),
    ...packageOf(inputs),
    loggingConfig: isRecord(logging) ? { ...levels, ...logging } : (logging ?? levels),
    vpcConfig: placeInVpc(context, name),
  };
}

/** ARNs by which a function is called. */
function addresses({ inputs, place }: OperationContext, name: string | undefined, version: unknown): Props {
  const keys = ["arn", "invokeArn", "qualifiedArn", "qualifiedInvokeArn", "responseStreamingInvokeArn"];
  if (name === undefined) return Object.fromEntries(keys.map((key) => [key, UNKNOWN]));
  const own = arn(place, "lambda", `function:${name}`);
  const gateway = `arn:${place.partition}:apigateway:${place.region}:lambda:path`;
  const invoke = (target: string): string => `${gateway}/2015-03-31/functions/${target}/invocations`;
  const qualified = `${own}:${String(version)}`;
  return {
    arn: own,
    invokeArn: invoke(own),
    qualifiedArn: qualified,
    qualifiedInvokeArn: invoke(qualified),
    responseStreamingInvokeArn: `${gateway}/2021-11-15/functions/${own}/response-streaming-invocations`,
    version: isTrue(inputs["publish"]) ? String(version) : "$LATEST",
  };
}

const model: Model = {
  type: FUNCTION,
  autoName: { property: "name", maxLength: 64 },
  defaults: {
    memorySize: 128,
    packageType: "Zip",
    publish: false,
    reservedConcurrentExecutions: -1,
    skipDestroy: false,
    timeout: 3,
  },
  ordered: ["layers"],
  replaceOn: ["name", "packageType", "tenancyConfig"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkName(found);
    found.exactlyOne(["code", "imageUri", "s3Bucket"]);
    found.requires("s3Bucket", ["s3Key"]);
    found.requires("s3Key", ["s3Bucket"]);
    found.conflict("s3ObjectVersion", ["code", "imageUri"]);
    found.requires("replacementSecurityGroupIds", ["replaceSecurityGroupsOnDestroy"]);
    if (inputs["packageType"] === "Zip" && !(given(inputs["handler"]) && given(inputs["runtime"])))
      found.refuse("handler", INVALID, "handler and runtime must be set when PackageType is Zip");
    found.between("memorySize", 128, 10240, CODE);
    found.between("timeout", 1, 900, CODE);
    found.length("handler", 1, 128, CODE);
    found.oneOf("packageType", ["Zip", "Image"], CODE);
    found.oneOf("runtime", RUNTIMES, CODE);
    found.eachOf("architectures", ARCHITECTURES, CODE);
    for (const name of ["role", "kmsKeyArn", "codeSigningConfigArn", "sourceKmsKeyArn"]) found.arn(name, CODE);
    found.within("deadLetterConfig")?.arn("targetArn", CODE);
    found.within("ephemeralStorage")?.between("size", 512, 10240, CODE);
    found.within("tracingConfig")?.oneOf("mode", ["Active", "PassThrough"], CODE);
    found.within("snapStart")?.oneOf("applyOn", ["PublishedVersions", "None"], CODE);
    const logging = found.within("loggingConfig");
    logging?.oneOf("logFormat", ["JSON", "Text"], CODE);
    logging?.oneOf("applicationLogLevel", ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"], CODE);
    logging?.oneOf("systemLogLevel", ["DEBUG", "INFO", "WARN"], CODE);
    logging?.matches("logGroup", /^[0-9A-Za-z_.\-/#]{1,512}$/, "letters, digits and _ - / . # only", CODE);
    found.arn("layers", CODE);
    const files = found.within("fileSystemConfig");
    files?.arn("arn", CODE);
    files?.matches("localMountPath", /^\/mnt\/[0-9A-Za-z_.-]+$/, "must start with '/mnt/'", CODE);
    const reserved = integer(inputs["reservedConcurrentExecutions"]);
    if (reserved !== undefined && reserved < -1)
      found.refuse("reservedConcurrentExecutions", CODE, `expected at least (-1), got ${reserved}`);
    if (Array.isArray(inputs["layers"]) && inputs["layers"].length > 5)
      found.refuse("layers", CODE, "no more than 5 layers are allowed");
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const name = text(context.inputs["name"]);
    refuseDuplicate(context, FUNCTION, name, "ResourceConflictException", `Function already exist: ${name ?? ""}`);
    const version = isTrue(context.inputs["publish"]) ? 1 : "$LATEST";
    return {
      id: name ?? "",
      outputs: {
        ...settle(context, name),
        ...addresses(context, name, version),
        lastModified: madeAt(context.ids).replace("Z", ".000+0000"),
        signingJobArn: "",
        signingProfileVersionArn: "",
        version: String(version),
      },
    };
  },

  update(context, old) {
    const published = isTrue(context.inputs["publish"]);
    const version = published ? (integer(old.outputs["version"]) ?? 0) + 1 : "$LATEST";
    return { ...settle(context, old.id), ...addresses(context, old.id, version) };
  },

  delete(context, old) {
    removeInterfaces(context, `lambda/${context.place.region}/${old.id}`);
  },
};

export default model;
