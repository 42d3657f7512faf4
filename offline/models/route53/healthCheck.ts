import { isIP } from "node:net";
import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { given, integer, text, texts } from "../values";

const TYPE = "aws:route53/healthCheck:HealthCheck";
const CODE = "InvalidInput";
const ENDPOINTS = ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"];
const KINDS = [...ENDPOINTS, "CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];
/** Checkers stand there. Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
const REGIONS = [
  ...["us-east-1", "us-west-1", "us-west-2", "eu-west-1"],
  ...["ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "sa-east-1"],
];
/** Addresses that no checker on the internet reaches. */
const UNREACHABLE =
  /^(0|10|127|22[4-9]|23\d|24\d|25[0-5])\.|^(192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

function invalid(message: string, property?: string): AwsError {
  return new AwsError(CODE, message, property);
}

function refuseEndpoint(inputs: Props, kind: string): void {
  const address = text(inputs["ipAddress"]);
  if (address !== undefined && UNREACHABLE.test(address))
    throw invalid(
      `Invalid parameter : ${address} is a private or reserved address that health checkers can't reach`,
      "ipAddress",
    );
  if (kind === "TCP" && !given(inputs["port"]))
    throw invalid("Invalid parameter : A TCP health check needs a port", "port");
  if (!given(inputs["ipAddress"]) && !given(inputs["fqdn"]))
    throw invalid("Invalid parameter : IPAddress or FullyQualifiedDomainName must be specified", "fqdn");
  if (kind.endsWith("_STR_MATCH") && !given(inputs["searchString"]))
    throw invalid(`Invalid parameter : SearchString must be specified for ${kind}`, "searchString");
  if (!kind.endsWith("_STR_MATCH") && given(inputs["searchString"]))
    throw invalid(`Invalid parameter : SearchString can't be specified for ${kind}`, "searchString");
  if (kind === "TCP" && given(inputs["resourcePath"]))
    throw invalid("Invalid parameter : ResourcePath can't be specified for TCP", "resourcePath");
  const interval = integer(inputs["requestInterval"]);
  if (interval !== undefined && interval !== 10 && interval !== 30)
    throw invalid(`expected request_interval to be one of [10 30], got ${interval}`, "requestInterval");
}

function refuse({ inputs, world }: OperationContext): void {
  const kind = text(inputs["type"]);
  if (kind === undefined) return;
  if (ENDPOINTS.includes(kind)) refuseEndpoint(inputs, kind);
  if (kind === "CLOUDWATCH_METRIC" && !(given(inputs["cloudwatchAlarmName"]) && given(inputs["cloudwatchAlarmRegion"])))
    throw invalid("Invalid parameter : AlarmIdentifier needs a name and a Region", "cloudwatchAlarmName");
  if (kind !== "CALCULATED") return;
  if (!given(inputs["childHealthchecks"]))
    throw invalid("Invalid parameter : ChildHealthChecks must be specified for CALCULATED", "childHealthchecks");
  for (const child of texts(inputs["childHealthchecks"]))
    if (world.find(TYPE, child) === undefined)
      throw invalid(`Invalid parameter : The child health check ${child} does not exist`, "childHealthchecks");
}

function settle(context: OperationContext): Props {
  const { inputs } = context;
  refuse(context);
  const kind = text(inputs["type"]) ?? "";
  const isEndpoint = ENDPOINTS.includes(kind);
  return filled(inputs, {
    childHealthThreshold: 0,
    childHealthchecks: [],
    cloudwatchAlarmName: null,
    cloudwatchAlarmRegion: null,
    enableSni: kind.startsWith("HTTPS"),
    failureThreshold: isEndpoint ? 3 : 0,
    fqdn: "",
    insufficientDataHealthStatus: "",
    invertHealthcheck: false,
    ipAddress: "",
    port: { HTTP: 80, HTTP_STR_MATCH: 80, HTTPS: 443, HTTPS_STR_MATCH: 443 }[kind] ?? 0,
    regions: [],
    requestInterval: isEndpoint ? 30 : 0,
    resourcePath: "",
    routingControlArn: "",
    searchString: "",
    tags: {},
    triggers: {},
  });
}

const model: Model = {
  type: TYPE,
  defaults: { disabled: false, measureLatency: false },
  replaceOn: ["measureLatency", "referenceName", "requestInterval", "routingControlArn", "type"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.oneOf("type", KINDS, CODE);
    found.between("failureThreshold", 1, 10, CODE);
    found.between("childHealthThreshold", 0, 256, CODE);
    found.between("port", 1, 65535, CODE);
    found.length("fqdn", 0, 255, CODE);
    found.length("resourcePath", 0, 255, CODE);
    found.length("searchString", 0, 255, CODE);
    found.length("referenceName", 0, 27, CODE);
    found.eachOf("regions", REGIONS, CODE);
    if (Array.isArray(inputs["regions"]) && inputs["regions"].length > 0 && inputs["regions"].length < 3)
      found.refuse("regions", CODE, `at least 3 regions are needed, got ${inputs["regions"].length}`);
    found.oneOf("insufficientDataHealthStatus", ["Healthy", "Unhealthy", "LastKnownStatus"], CODE);
    found.matches("cloudwatchAlarmRegion", /^[a-z]{2}(-[a-z]+)+-\d$/, "must be a Region", CODE);
    found.arn("routingControlArn", CODE);
    const address = text(inputs["ipAddress"]);
    if (address !== undefined && isIP(address) === 0)
      found.refuse("ipAddress", CODE, `expected ip_address to contain a valid IP, got: ${address}`);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const id = context.ids.uuid();
    const full = arn(context.place, "route53", `healthcheck/${id}`, { global: true, account: false });
    return { id, outputs: { ...settle(context), arn: full } };
  },

  update: settle,
};

export default model;
