import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { known, UNKNOWN } from "../../unknown";
import { filled } from "../filled";
import { given, integer, isRecord, isTrue, records, text, texts } from "../values";
import { ACTIONS, BANDS, checkAlarm } from "./alarmChecks";

const CODE = "ValidationError";
const DAY = 86400;
function refusePeriod(value: unknown): void {
  const period = integer(value);
  if (period === undefined || [10, 20, 30].includes(period) || (period > 0 && period % 60 === 0)) return;
  throw new AwsError(CODE, "(Period must be 10, 20, 30 or a multiple of 60)", "period");
}

const DIMENSIONS = 30;

function refuseMetric(inputs: Props): void {
  if (!["metricName", "metricQueries", "evaluationCriteria"].some((name) => given(inputs[name])))
    throw new AwsError(CODE, "At least one of MetricName and Metrics must be specified", "metricName");
  const dimensions = inputs["dimensions"];
  if (isRecord(dimensions) && Object.keys(dimensions).length > DIMENSIONS)
    throw new AwsError(CODE, `A metric has at most ${DIMENSIONS} dimensions`, "dimensions");
  const operator = text(inputs["comparisonOperator"]);
  if (operator !== undefined && BANDS.includes(operator) && !given(inputs["thresholdMetricId"]))
    throw new AwsError(CODE, `ComparisonOperator ${operator} needs a ThresholdMetricId`, "thresholdMetricId");
}

/** Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html */
function refuseQueries(inputs: Props, queries: readonly Props[]): void {
  for (const query of queries) {
    if (text(query["expression"]) !== undefined && given(query["metric"]))
      throw new AwsError(CODE, "No metric_query may have both `expression` and a `metric` specified");
    const id = text(query["id"]);
    if (id !== undefined && !/^[a-z][A-Za-z0-9_]*$/.test(id))
      throw new AwsError(
        CODE,
        `Invalid metrics list: the id '${id}' must begin with a lower-case letter`,
        "metricQueries",
      );
  }
  if (queries.length === 0 || !known(inputs["metricQueries"])) return;
  const ids = queries.map((query) => query["id"]);
  if (new Set(ids).size < ids.length)
    throw new AwsError(CODE, "Invalid metrics list: ids must be unique", "metricQueries");
  const threshold = text(inputs["thresholdMetricId"]);
  // The band of expected values returns its data beside the watched metric.
  const watched = queries.filter((query) => isTrue(query["returnData"]) && query["id"] !== threshold);
  if (inputs["thresholdMetricId"] !== UNKNOWN && watched.length !== 1)
    throw new AwsError(CODE, "Exactly one element of the metrics list should return data.", "metricQueries");
  if (threshold !== undefined && !ids.includes(threshold))
    throw new AwsError(CODE, `ThresholdMetricId '${threshold}' isn't the id of a metric`, "thresholdMetricId");
}

function settle({ inputs }: OperationContext): Props {
  refuseMetric(inputs);
  const queries = records(inputs["metricQueries"]);
  if (given(inputs["metricName"]) && !given(inputs["statistic"]) && !given(inputs["extendedStatistic"]))
    throw new AwsError(CODE, "One of `statistic` or `extended_statistic` must be set for a cloudwatch metric alarm");
  // A threshold that isn't given is 0.
  const lacking = ["namespace", "period"].find((name) => !given(inputs[name]));
  if (given(inputs["metricName"]) && lacking !== undefined)
    throw new AwsError(CODE, `An alarm on one metric needs its ${lacking}`, lacking);
  refusePeriod(inputs["period"]);
  refuseQueries(inputs, queries);
  const [period, evaluations] = [integer(inputs["period"]), integer(inputs["evaluationPeriods"])];
  if (period !== undefined && evaluations !== undefined && period * evaluations > (period >= 3600 ? 7 * DAY : DAY))
    throw new AwsError(
      CODE,
      "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).",
    );
  const enough = integer(inputs["datapointsToAlarm"]);
  if (enough !== undefined && evaluations !== undefined && enough > evaluations)
    throw new AwsError(CODE, "DatapointsToAlarm cannot be greater than EvaluationPeriods", "datapointsToAlarm");
  for (const name of ACTIONS) {
    if (texts(inputs[name]).length > 5) throw new AwsError(CODE, `${name} takes at most 5 actions`, name);
  }
  return filled(inputs, {
    actionsEnabled: true,
    alarmActions: [],
    alarmDescription: "",
    datapointsToAlarm: 0,
    dimensions: {},
    evaluateLowSampleCountPercentiles: "",
    evaluationPeriods: 0,
    extendedStatistic: "",
    insufficientDataActions: [],
    metricName: "",
    metricQueries: [],
    namespace: "",
    okActions: [],
    period: 0,
    statistic: "",
    tags: {},
    threshold: null,
    thresholdMetricId: "",
    treatMissingData: "missing",
    unit: "",
  });
}

const model: Model = {
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  defaults: { actionsEnabled: true, treatMissingData: "missing" },
  replaceOn: ["name"],

  check: ({ inputs }) => checkAlarm(inputs),

  create(context) {
    const name = text(context.inputs["name"]);
    const own = { arn: name === undefined ? UNKNOWN : arn(context.place, "cloudwatch", `alarm:${name}`) };
    return { id: name ?? "", outputs: { ...settle(context), ...own } };
  },

  update: settle,
};

export default model;
