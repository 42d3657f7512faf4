/**
 * What CloudWatch hands to a function that an alarm runs, in the shape that AWS documents:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
 */
export const ALARM_EVENT = {
  source: "aws.cloudwatch",
  alarmArn: "arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:main-alarm-bounce-critical-1a2b3c4",
  accountId: "123456789012",
  time: "2026-11-24T06:12:51.337+0000",
  region: "ap-northeast-1",
  alarmData: {
    alarmName: "main-alarm-bounce-critical-1a2b3c4",
    state: {
      value: "ALARM",
      reason:
        "Threshold Crossed: 1 datapoint [0.083 (24/11/26 05:12:00)] was greater than or equal to the threshold (0.08).",
      reasonData:
        '{"version":"1.0","queryDate":"2026-11-24T06:12:51.329+0000","threshold":0.08,"recentDatapoints":[0.083]}',
      timestamp: "2026-11-24T06:12:51.337+0000",
    },
    previousState: {
      value: "OK",
      reason:
        "Threshold Crossed: 1 datapoint [0.021 (24/11/26 04:12:00)] was not greater than or equal to the threshold (0.08).",
      timestamp: "2026-11-23T02:12:51.101+0000",
    },
    configuration: {
      description: "SES: Reputation.BounceRate at 8 % or more",
      metrics: [
        {
          id: "b0a1c3c1-6f5e-4d0b-9b43-1f2f6f1b2f0a",
          metricStat: {
            metric: { namespace: "AWS/SES", name: "Reputation.BounceRate", dimensions: {} },
            period: 3600,
            stat: "Average",
          },
          returnData: true,
        },
      ],
    },
  },
};
