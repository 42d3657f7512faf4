import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { Findings } from "../findings";
import { isRecord, property, text } from "../values";

const TYPE = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const CODE = "InvalidParameterException";
/** Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const FILTERS_PER_GROUP = 100;
const UNITS = [
  ...["Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes"],
  ...["Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second"],
  ...["Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second"],
  ...["Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None"],
];

function settle({ inputs, world }: OperationContext): Props {
  const group = text(inputs["logGroupName"]);
  if (group !== undefined && world.find(LOG_GROUP, group) === undefined)
    throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.", "logGroupName");
  const metric = inputs["metricTransformation"];
  return {
    applyOnTransformedLogs: inputs["applyOnTransformedLogs"] ?? false,
    metricTransformation: isRecord(metric) ? { defaultValue: "", unit: "None", ...metric } : metric,
  };
}

const model: Model = {
  type: TYPE,
  replaceOn: ["logGroupName", "name"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.length("name", 0, 512, CODE);
    found.matches("name", /^[^:*]*$/, "isn't a valid metric name (must not contain colon nor asterisk)", CODE);
    found.length("logGroupName", 1, 512, CODE);
    found.length("pattern", 0, 1024, CODE);
    const metric = found.within("metricTransformation");
    for (const name of ["name", "namespace"]) {
      metric?.length(name, 0, 255, CODE);
      metric?.matches(name, /^[^:*$]*$/, "must not contain : * or $", CODE);
    }
    metric?.length("value", 0, 100, CODE);
    metric?.oneOf("unit", UNITS, CODE);
    metric?.matches("defaultValue", /^-?\d+(\.\d+)?$/, "must be a number", CODE);
    metric?.conflict("dimensions", ["defaultValue"], CODE);
    const dimensions = metric?.inputs["dimensions"];
    if (isRecord(dimensions) && Object.keys(dimensions).filter((key) => key !== "__defaults").length > 3)
      metric?.refuse("dimensions", CODE, "no more than 3 dimensions are allowed");
    return found.problems;
  },

  create(context) {
    const { inputs, world } = context;
    const outputs = settle(context);
    const group = text(inputs["logGroupName"]);
    const theirs = world.all(TYPE).filter((one) => text(property(one, "logGroupName")) === group);
    if (group !== undefined && theirs.length >= FILTERS_PER_GROUP)
      throw new AwsError("LimitExceededException", "Resource limit exceeded.", "logGroupName");
    return { id: text(inputs["name"]) ?? "", outputs };
  },

  update: settle,
};

export default model;
