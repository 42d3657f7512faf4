import type { Problem, Props } from "../../model";
import { checkTags } from "../ec2/tags";
import { Findings } from "../findings";
import { integer, text, texts } from "../values";

const CODE = "ValidationError";
const OPERATORS = [
  ...["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"],
  ...["LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold"],
];
/** Operators of alarms on bands of expected values. */
export const BANDS = OPERATORS.slice(-3);
const STATISTICS = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];
const SIZES = ["Bits", "Bytes"].flatMap((unit) => ["", "Kilo", "Mega", "Giga", "Tera"].map((much) => much + unit));
const UNITS = [
  ...["Seconds", "Microseconds", "Milliseconds", "Percent", "Count", "Count/Second", "None"],
  ...SIZES.map((unit) => unit.charAt(0) + unit.slice(1).toLowerCase()).flatMap((unit) => [unit, `${unit}/Second`]),
];
const EXTENDED = /^((p|tm|tc|ts|wm)((\d{1,2}(\.\d{1,10})?)|100)|IQM|(TM|TC|TS|WM|PR)\(.*\))$/i;
export const ACTIONS = ["alarmActions", "okActions", "insufficientDataActions"] as const;
/** What one metric takes and metric queries don't. */
const ofOneMetric = ["metricName", "namespace", "period", "statistic", "extendedStatistic", "dimensions", "unit"];

/** The provider's rules about an alarm, before any API call. */
export function checkAlarm(inputs: Props): Problem[] {
  const found = new Findings(inputs);
  found.length("name", 1, 255, CODE);
  found.length("alarmDescription", 0, 1024, CODE);
  found.oneOf("comparisonOperator", OPERATORS, CODE);
  found.atLeast("evaluationPeriods", 1, CODE);
  found.atLeast("datapointsToAlarm", 1, CODE);
  found.oneOf("statistic", STATISTICS, CODE);
  found.conflict("extendedStatistic", ["statistic"], "InvalidParameterCombination");
  found.matches("extendedStatistic", EXTENDED, "must be a percentile or trimmed statistic", CODE);
  checkMetric(found);
  found.oneOfAnyCase("treatMissingData", ["breaching", "notBreaching", "ignore", "missing"], CODE);
  found.oneOfAnyCase("evaluateLowSampleCountPercentiles", ["evaluate", "ignore"], CODE);
  found.conflict("threshold", ["thresholdMetricId"], CODE);
  found.length("thresholdMetricId", 1, 255, CODE);
  for (const name of ofOneMetric) found.conflict(name, ["metricQueries"], CODE);
  for (const name of ACTIONS) checkActions(found, name);
  found.each("metricQueries").forEach(checkQuery);
  checkTags(found);
  return found.problems;
}

function checkMetric(found: Findings): void {
  found.oneOf("unit", UNITS, CODE);
  for (const name of ["metricName", "namespace"]) found.length(name, 1, 255, CODE);
  found.matches("namespace", /^[^:]/, "must not begin with a colon", CODE);
}

function checkQuery(found: Findings): void {
  found.length("id", 1, 255, CODE);
  found.length("accountId", 1, 255, CODE);
  found.length("expression", 1, 1024, CODE);
  checkPeriod(found);
  const metric = found.within("metric");
  if (metric === undefined) return;
  checkMetric(metric);
  checkPeriod(metric);
  const stat = text(metric.inputs["stat"]);
  if (stat !== undefined && !STATISTICS.includes(stat) && !EXTENDED.test(stat))
    metric.refuse("stat", CODE, `expected stat to be one of [${STATISTICS.join(" ")}] or a percentile, got ${stat}`);
}

function checkPeriod(found: Findings): void {
  const period = integer(found.inputs["period"]);
  if (period === undefined || [1, 5, 10, 20, 30].includes(period) || period % 60 === 0) return;
  found.refuse("period", CODE, `expected period to be 1, 5, 10, 20, 30 or a multiple of 60, got: ${period}`);
}

function checkActions(found: Findings, name: string): void {
  texts(found.inputs[name]).forEach((action, index) => {
    if (!/^arn:[\w-]+:[\w-]+:/.test(action))
      found.refuse(`${name}[${index}]`, CODE, `"${name}.${index}" (${action}) is an invalid ARN: arn: invalid prefix`);
  });
}
