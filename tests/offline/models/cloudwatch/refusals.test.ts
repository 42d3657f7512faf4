import { testRefusals, type Table } from "../refusal-tables";

const ALARM = {
  ...{ comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 3, metricName: "CPUUtilization" },
  ...{ namespace: "AWS/EC2", period: 60, statistic: "Average", threshold: 80 },
};
const tables: Table[] = [
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    accepted: ALARM,
    refused: [
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
