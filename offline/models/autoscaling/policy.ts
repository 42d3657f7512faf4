import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { filled } from "../filled";
import { Findings } from "../findings";
import { given, records, text } from "../values";

const CODE = "ValidationError";
const GROUP = "aws:autoscaling/group:Group";
const METRICS = [
  ...["ASGAverageCPUUtilization", "ASGAverageNetworkIn", "ASGAverageNetworkOut", "ALBRequestCountPerTarget"],
];

function refuse({ inputs, world }: OperationContext): void {
  const group = text(inputs["autoscalingGroupName"]);
  if (group !== undefined && world.find(GROUP, group) === undefined)
    throw new AwsError(CODE, `Group ${group} not found`, "autoscalingGroupName");
  const kind = text(inputs["policyType"]);
  const needs = (property: string): void => {
    if (!given(inputs[property]))
      throw new AwsError(CODE, `${property} is required for the policy type ${kind ?? ""}`, property);
  };
  if (kind === "SimpleScaling") ["adjustmentType", "scalingAdjustment"].forEach(needs);
  if (kind === "StepScaling") {
    ["adjustmentType", "stepAdjustments"].forEach(needs);
    if (Array.isArray(inputs["stepAdjustments"]) && records(inputs["stepAdjustments"]).length === 0)
      throw new AwsError(CODE, "At least one StepAdjustment must be specified", "stepAdjustments");
  }
  if (kind === "TargetTrackingScaling") needs("targetTrackingConfiguration");
  if (kind === "PredictiveScaling") needs("predictiveScalingConfiguration");
  if (
    given(inputs["minAdjustmentMagnitude"]) &&
    !["PercentChangeInCapacity", UNKNOWN].includes(String(inputs["adjustmentType"]))
  )
    throw new AwsError(CODE, "MinAdjustmentMagnitude is for PercentChangeInCapacity only", "minAdjustmentMagnitude");
}

function settle(context: OperationContext): Props {
  refuse(context);
  return filled(context.inputs, {
    adjustmentType: "",
    cooldown: 0,
    estimatedInstanceWarmup: 0,
    metricAggregationType: text(context.inputs["policyType"]) === "StepScaling" ? "Average" : "",
    minAdjustmentMagnitude: 0,
    predictiveScalingConfiguration: null,
    scalingAdjustment: 0,
    stepAdjustments: [],
    targetTrackingConfiguration: null,
  });
}

const model: Model = {
  type: "aws:autoscaling/policy:Policy",
  defaults: { enabled: true, policyType: "SimpleScaling" },
  replaceOn: ["autoscalingGroupName", "name", "policyType"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.oneOf("policyType", ["SimpleScaling", "StepScaling", "TargetTrackingScaling", "PredictiveScaling"], CODE);
    found.oneOf("adjustmentType", ["ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity"], CODE);
    found.oneOf("metricAggregationType", ["Minimum", "Maximum", "Average"], CODE);
    found.conflict("scalingAdjustment", ["stepAdjustments"], CODE);
    const tracking = found.within("targetTrackingConfiguration");
    tracking?.exactlyOne(["customizedMetricSpecification", "predefinedMetricSpecification"], CODE);
    const predefined = tracking?.within("predefinedMetricSpecification");
    predefined?.oneOf("predefinedMetricType", METRICS, CODE);
    if (
      text(predefined?.inputs["predefinedMetricType"]) === "ALBRequestCountPerTarget" &&
      !given(predefined?.inputs["resourceLabel"])
    )
      predefined?.refuse("resourceLabel", CODE, "ALBRequestCountPerTarget needs a resourceLabel");
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place } = context;
    const outputs = settle(context);
    const [group, name] = [text(inputs["autoscalingGroupName"]), text(inputs["name"])];
    const resource = `scalingPolicy:${ids.uuid()}:autoScalingGroupName/${group ?? ""}:policyName/${name ?? ""}`;
    const known = group !== undefined && name !== undefined;
    return { id: name ?? "", outputs: { ...outputs, arn: known ? arn(place, "autoscaling", resource) : UNKNOWN } };
  },

  update: settle,
};

export default model;
