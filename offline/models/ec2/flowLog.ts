import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { Findings } from "../findings";
import { given, integer, isRecord, orElse, property, text } from "../values";
import { referred } from "./references";
import { checkTags } from "./tags";

const TYPE = "aws:ec2/flowLog:FlowLog";
const sources = [
  "eniId",
  "regionalNatGatewayId",
  "subnetId",
  "transitGatewayAttachmentId",
  "transitGatewayId",
  "vpcId",
] as const;

/** The version 2 fields. Source: https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
const defaultFormat =
  "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

/** CloudWatch group ARNs end with `:*` in places; flow logs don't keep that. */
const destinationOf = (value: unknown): string | undefined => text(value)?.replace(/:\*$/, "");

function refuseDestination({ inputs }: OperationContext): void {
  const kind = orElse(inputs["logDestinationType"], "cloud-watch-logs");
  if (!given(inputs["logDestination"])) {
    throw new AwsError(
      "InvalidParameter",
      "LogDestination can't be empty if LogGroupName is not provided.",
      "logDestination",
    );
  }
  if (kind === "cloud-watch-logs" && !given(inputs["iamRoleArn"])) {
    throw new AwsError(
      "InvalidParameter",
      "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
      "iamRoleArn",
    );
  }
  if (kind === "s3" && given(inputs["iamRoleArn"])) {
    throw new AwsError("InvalidParameter", "DeliverLogsPermissionArn is not applicable for s3 delivery.", "iamRoleArn");
  }
}

/** Fields of records. Source: https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
const FIELDS = new Set([
  ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets"],
  ...["bytes", "start", "end", "action", "log-status", "vpc-id", "subnet-id", "instance-id", "tcp-flags", "type"],
  ...["pkt-srcaddr", "pkt-dstaddr", "region", "az-id", "sublocation-type", "sublocation-id", "pkt-src-aws-service"],
  ...["pkt-dst-aws-service", "flow-direction", "traffic-path", "reject-reason", "resource-type", "resource-id"],
  "encryption-status",
]);
const FAMILIES = /^(ecs|tgw|packets-lost)-[a-z0-9-]+$/;

function refuseFormat(inputs: Props): void {
  const unknown = (text(inputs["logFormat"])?.match(/\$\{[^}]*\}/g) ?? []).find((field) => {
    const name = field.slice(2, -1);
    return !FIELDS.has(name) && !FAMILIES.test(name);
  });
  if (unknown !== undefined) throw new AwsError("InvalidParameter", `Unknown fields provided: ${unknown}`, "logFormat");
  const kind = text(inputs["logDestinationType"]);
  if (given(inputs["destinationOptions"]) && kind !== undefined && kind !== "s3")
    throw new AwsError(
      "InvalidParameter",
      `DestinationOptions is not applicable for ${kind} delivery.`,
      "destinationOptions",
    );
}

function refuseTwin({ inputs, world }: OperationContext): void {
  const twin = world.all(TYPE).find((one) => {
    const source = sources.some((name) => text(inputs[name]) !== undefined && property(one, name) === inputs[name]);
    const destination = destinationOf(inputs["logDestination"]);
    return (
      source &&
      destination !== undefined &&
      destinationOf(property(one, "logDestination")) === destination &&
      property(one, "trafficType") === inputs["trafficType"]
    );
  });
  if (twin === undefined) return;
  throw new AwsError(
    "FlowLogAlreadyExists",
    `Error. There is an existing Flow Log with the same configuration and log destination. (${twin.id})`,
  );
}

const model: Model = {
  type: TYPE,
  defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
  replaceOn: [
    "deliverCrossAccountRole",
    "destinationOptions",
    "iamRoleArn",
    "logDestination",
    "logDestinationType",
    "logFormat",
    "maxAggregationInterval",
    "tagFieldSpecifications",
    "trafficType",
    ...sources,
  ],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.exactlyOne(sources);
    found.oneOf("trafficType", ["ACCEPT", "REJECT", "ALL"]);
    found.oneOf("logDestinationType", ["cloud-watch-logs", "s3", "kinesis-data-firehose"]);
    found.numberOf("maxAggregationInterval", [60, 600], "InvalidParameter");
    for (const name of ["iamRoleArn", "logDestination", "deliverCrossAccountRole"]) found.arn(name);
    const options = inputs["destinationOptions"];
    if (isRecord(options)) found.at("destinationOptions", options).oneOf("fileFormat", ["plain-text", "parquet"]);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place, ids } = context;
    referred(context, "vpc", inputs["vpcId"]);
    referred(context, "subnet", inputs["subnetId"]);
    referred(context, "natGateway", inputs["regionalNatGatewayId"]);
    refuseDestination(context);
    refuseFormat(inputs);
    const ofTransit = given(inputs["transitGatewayId"]) || given(inputs["transitGatewayAttachmentId"]);
    if (!ofTransit && !given(inputs["trafficType"])) {
      throw new AwsError("MissingParameter", "The request must contain the parameter TrafficType", "trafficType");
    }
    if (ofTransit && integer(inputs["maxAggregationInterval"]) === 600) {
      throw new AwsError(
        "InvalidParameter",
        "Transit gateway flow logs need maxAggregationInterval 60.",
        "maxAggregationInterval",
      );
    }
    refuseTwin(context);
    const id = ids.ec2("fl");
    return {
      id,
      outputs: {
        arn: arn(place, "ec2", `vpc-flow-log/${id}`),
        logDestination: destinationOf(inputs["logDestination"]) ?? inputs["logDestination"],
        logFormat: orElse(inputs["logFormat"], defaultFormat),
      },
    };
  },
};

export default model;
