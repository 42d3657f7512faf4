import { elements, field, given, items, type Resource, UNKNOWN, type Value } from "../../reachability/resources";
import { alarmLabel } from "./alarm-actions";
import { inTurn, open, outside, type Passage, pending, stopped } from "./passage";

/** What an alarm looks at. */
interface Watched {
  readonly namespace: Value;
  readonly metricName: Value;
  readonly dimensions: Value;
  readonly statistic: Value;
  /** The alarm goes by something that is computed from it. */
  readonly isPart: boolean;
}

/**
 * Does an alarm look at a rate of the account and go off before it reaches the limit? Undefined for an alarm that looks at something else.
 *
 * @param limit a share, as the metric has it: 0.05 is 5 %.
 */
export function goesOffBefore(alarm: Resource, metricName: string, limit: number): Passage | undefined {
  const meant = watchedBy(alarm).filter(
    (each) => isOrMayBe(each.namespace, "AWS/SES") && isOrMayBe(each.metricName, metricName),
  );
  const [first] = meant;
  if (first === undefined) return undefined;
  const where = alarmLabel(alarm);
  return inTurn(
    open(where),
    first.namespace === "AWS/SES" && first.metricName === metricName
      ? open()
      : pending(`which metric ${where} looks at`),
    ofAccount(where, first.dimensions),
    asRate(where, first),
    first.isPart ? outside(`what the expression of ${where} makes of ${metricName}`) : open(),
    above(alarm, where, limit),
  );
}

function isOrMayBe(value: Value, wanted: string): boolean {
  return value === wanted || value === UNKNOWN;
}

function watchedBy(alarm: Resource): readonly Watched[] {
  const queries = items(given(alarm, "metricQueries"));
  if (queries !== UNKNOWN && queries.length === 0) {
    const [namespace, metricName, dimensions, statistic] = ["namespace", "metricName", "dimensions", "statistic"].map(
      (key) => given(alarm, key),
    );
    return [{ namespace, metricName, dimensions, statistic, isPart: false }];
  }
  return elements(queries === UNKNOWN ? UNKNOWN : queries).map((query) => {
    const metric = field(query, "metric");
    return {
      namespace: field(metric, "namespace"),
      metricName: field(metric, "metricName"),
      dimensions: field(metric, "dimensions"),
      statistic: field(metric, "stat"),
      isPart: field(query, "returnData") !== true,
    };
  });
}

/** SES judges the account by all of its mail; the rates of configuration sets have a dimension. */
function ofAccount(where: string, dimensions: Value): Passage {
  if (dimensions === UNKNOWN) return pending(`of which mail ${where} looks at the rate`);
  const names = Object.keys(dimensions !== null && typeof dimensions === "object" ? dimensions : {});
  if (names.length === 0) return open();
  return stopped(
    `it looks at the mail of some ${names.join(", ")} only, and SES goes by the rate of the whole account`,
    `leave the \`dimensions\` of ${where} out.`,
  );
}

function asRate(where: string, { statistic }: Watched): Passage {
  if (statistic === UNKNOWN) return pending(`which statistic ${where} goes by`);
  return statistic === "SampleCount"
    ? stopped("it counts how often the rate is told, not the rate", `set the statistic of ${where} to "Average".`)
    : open();
}

function above(alarm: Resource, where: string, limit: number): Passage {
  const operator = given(alarm, "comparisonOperator");
  const threshold = given(alarm, "threshold");
  if (operator === UNKNOWN) return pending(`the comparison operator of ${where}`);
  if (given(alarm, "thresholdMetricId") !== undefined)
    return outside(`when ${where} goes off, which has a band of what is usual instead of a threshold`);
  if (operator !== "GreaterThanThreshold" && operator !== "GreaterThanOrEqualToThreshold")
    return stopped(
      `its comparisonOperator is ${JSON.stringify(operator) ?? "not set"}, so that it goes off when the rate is low`,
      `set comparisonOperator: "GreaterThanOrEqualToThreshold" on ${where}.`,
    );
  if (threshold === UNKNOWN) return pending(`the threshold of ${where}`);
  const share = typeof threshold === "string" ? Number(threshold) : threshold;
  const fix = `set the threshold of ${where} to a share between 0 and ${limit}.`;
  if (typeof share !== "number" || Number.isNaN(share)) return stopped("it has no threshold", fix);
  if (share >= limit) return stopped(`it goes off at ${share}, and SES acts at ${limit} (shares of all mail)`, fix);
  const isAlwaysOn = operator === "GreaterThanThreshold" ? share < 0 : share <= 0;
  return isAlwaysOn ? stopped(`it is always on, as its threshold is ${share}`, fix) : open();
}
