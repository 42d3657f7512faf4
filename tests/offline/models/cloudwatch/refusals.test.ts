import type { Props } from "../../../../offline/model";
import { testRefusals, type Table } from "../refusal-tables";

const ALARM = {
  ...{ comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 3, metricName: "CPUUtilization" },
  ...{ namespace: "AWS/EC2", period: 60, statistic: "Average", threshold: 80 },
};
const metric = { metricName: "CPUUtilization", namespace: "AWS/EC2", period: 60, stat: "Average" };
const queried = (metricQueries: Props[]): Props => ({
  ...{ metricName: undefined, namespace: undefined, period: undefined, statistic: undefined },
  metricQueries,
});

const tables: Table[] = [
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    accepted: ALARM,
    alsoAccepted: [
      // Without one, the provider sends 0.
      { threshold: undefined },
      { treatMissingData: "Breaching" },
      { period: 3600, evaluationPeriods: 168 },
      queried([{ id: "m1", returnData: true, metric }]),
      queried([
        { id: "m1", metric: { ...metric, stat: "p99.9", period: 5 } },
        { id: "e1", expression: "m1", returnData: true },
      ]),
      {
        ...queried([
          { id: "m1", returnData: true, metric },
          { id: "e1", expression: "ANOMALY_DETECTION_BAND(m1)", returnData: true },
        ]),
        ...{ comparisonOperator: "GreaterThanUpperThreshold", threshold: undefined, thresholdMetricId: "e1" },
      },
    ],
    refused: [
      [{ namespace: undefined }, "ValidationError"],
      [{ period: undefined }, "ValidationError"],
      [{ metricName: "m".repeat(256) }, "ValidationError", "check"],
      [queried([{ id: "M1", returnData: true, metric }]), "ValidationError"],
      [queried([{ id: "m1", metric }]), "ValidationError"],
      [
        queried([
          { id: "m1", returnData: true, metric },
          { id: "m2", returnData: true, metric },
        ]),
        "ValidationError",
      ],
      [
        queried([
          { id: "m1", returnData: true, metric },
          { id: "m1", metric },
        ]),
        "ValidationError",
      ],
      [queried([{ id: "m1", returnData: true, metric: { ...metric, stat: "Mood" } }]), "ValidationError", "check"],
      [queried([{ id: "m1", returnData: true, metric: { ...metric, period: 7 } }]), "ValidationError", "check"],
      [queried([{ id: "m1", returnData: true, metric: { ...metric, unit: "Kilos" } }]), "ValidationError", "check"],
      [{ tags: { "aws:x": "1" } }, "InvalidParameterValue", "check"],
      [{ datapointsToAlarm: 4 }, "ValidationError"],
      [{ datapointsToAlarm: 0 }, "ValidationError", "check"],
      [{ evaluationPeriods: 0 }, "ValidationError", "check"],
      [{ treatMissingData: "good" }, "ValidationError", "check"],
      [{ evaluateLowSampleCountPercentiles: "yes" }, "ValidationError", "check"],
      [{ namespace: ":mail" }, "ValidationError", "check"],
      [{ metricName: undefined, statistic: undefined }, "ValidationError"],
      [{ comparisonOperator: "LessThanLowerThreshold" }, "ValidationError"],
      [{ unit: "Kilos" }, "ValidationError", "check"],
      [{ alarmDescription: "d".repeat(1025) }, "ValidationError", "check"],
      [{ period: 3600, evaluationPeriods: 169 }, "ValidationError"],
      [{ thresholdMetricId: "e1" }, "ValidationError", "check"],
      [{ alarmActions: ["mail"] }, "ValidationError", "check"],
      [{ statistic: undefined, extendedStatistic: "q99" }, "ValidationError", "check"],
      [{ name: "n".repeat(256) }, "ValidationError", "check"],
    ],
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    accepted: { name: "/mail/relay" },
    refused: [
      [{ name: "mail relay" }, "InvalidParameterException", "check"],
      [{ name: "aws/mail" }, "InvalidParameterException"],
      [{ name: "n".repeat(513) }, "InvalidParameterException", "check"],
      [{ logGroupClass: "RARE" }, "InvalidParameterException", "check"],
      [{ namePrefix: "mail" }, "InvalidParameterException", "check"],
      [{ kmsKeyId: "key" }, "InvalidParameterException", "check"],
    ],
  },
];

describe("what CloudWatch refuses beside the ground truth", () => {
  testRefusals(tables);
});
