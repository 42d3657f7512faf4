import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { filled } from "../filled";
import { Findings } from "../findings";
import { given, integer, isRecord, records, text, texts } from "../values";

const CODE = "ValidationError";
const DAY = 86400;
const OPERATORS = [
  ...["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"],
  ...["LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold"],
];
const STATISTICS = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];
const SIZES = ["Bits", "Bytes"].flatMap((unit) => ["", "Kilo", "Mega", "Giga", "Tera"].map((much) => much + unit));
const UNITS = [
  ...["Seconds", "Microseconds", "Milliseconds", "Percent", "Count", "Count/Second", "None"],
  ...SIZES.map((unit) => unit.charAt(0) + unit.slice(1).toLowerCase()).flatMap((unit) => [unit, `${unit}/Second`]),
];
const ACTIONS = ["alarmActions", "okActions", "insufficientDataActions"] as const;
/** What one metric takes and metric queries don't. */
const ofOneMetric = ["metricName", "namespace", "period", "statistic", "extendedStatistic", "dimensions", "unit"];

function refusePeriod(value: unknown): void {
  const period = integer(value);
  if (period === undefined || [10, 20, 30].includes(period) || (period > 0 && period % 60 === 0)) return;
  throw new AwsError(CODE, "(Period must be 10, 20, 30 or a multiple of 60)", "period");
}

const DIMENSIONS = 30;
/** Operators of alarms on bands of expected values. */
const BANDS = OPERATORS.slice(-3);

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

function settle({ inputs }: OperationContext): Props {
  refuseMetric(inputs);
  const queries = records(inputs["metricQueries"]);
  if (given(inputs["metricName"]) && !given(inputs["statistic"]) && !given(inputs["extendedStatistic"]))
    throw new AwsError(CODE, "One of `statistic` or `extended_statistic` must be set for a cloudwatch metric alarm");
  refusePeriod(inputs["period"]);
  for (const query of queries) {
    if (text(query["expression"]) !== undefined && given(query["metric"]))
      throw new AwsError(CODE, "No metric_query may have both `expression` and a `metric` specified");
  }
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

  check({ inputs }) {
    const found = new Findings(inputs);
    found.length("name", 1, 255, CODE);
    found.length("alarmDescription", 0, 1024, CODE);
    found.oneOf("comparisonOperator", OPERATORS, CODE);
    found.between("evaluationPeriods", 1, 2147483647, CODE);
    found.between("datapointsToAlarm", 1, 2147483647, CODE);
    found.oneOf("statistic", STATISTICS, CODE);
    found.conflict("extendedStatistic", ["statistic"], "InvalidParameterCombination");
    found.matches(
      "extendedStatistic",
      /^((p|tm|tc|ts|wm)((\d{1,2}(\.\d{1,10})?)|100)|IQM|(TM|TC|TS|WM|PR)\(.*\))$/i,
      "must be a percentile or trimmed statistic",
      CODE,
    );
    found.oneOf("unit", UNITS, CODE);
    for (const name of ["metricName", "namespace"]) found.length(name, 1, 255, CODE);
    found.matches("namespace", /^[^:]/, "must not begin with a colon", CODE);
    found.oneOf("treatMissingData", ["breaching", "notBreaching", "ignore", "missing"], CODE);
    found.oneOf("evaluateLowSampleCountPercentiles", ["evaluate", "ignore"], CODE);
    found.conflict("threshold", ["thresholdMetricId"], CODE);
    for (const name of ofOneMetric) found.conflict(name, ["metricQueries"], CODE);
    for (const name of ACTIONS) checkActions(found, name);
    records(inputs["metricQueries"]).forEach((query, index) => {
      found.at(`metricQueries[${index}]`, query).length("id", 1, 255, CODE);
    });
    return found.problems;
  },

  create(context) {
    const name = text(context.inputs["name"]);
    const own = { arn: name === undefined ? UNKNOWN : arn(context.place, "cloudwatch", `alarm:${name}`) };
    return { id: name ?? "", outputs: { ...settle(context), ...own } };
  },

  update: settle,
};

function checkActions(found: Findings, name: string): void {
  texts(found.inputs[name]).forEach((action, index) => {
    if (!/^arn:[\w-]+:[\w-]+:/.test(action))
      found.refuse(`${name}[${index}]`, CODE, `"${name}.${index}" (${action}) is an invalid ARN: arn: invalid prefix`);
  });
}

export default model;
