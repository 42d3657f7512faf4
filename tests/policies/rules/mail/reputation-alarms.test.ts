import assert from "node:assert/strict";
import { reputationAlarms } from "../../../../policies/rules/mail/reputation-alarms";
import { admitCloudWatch, alarmStack, type AlarmStackChange, policyOf } from "../../alarm-stack";
import { ACCOUNT, REGION } from "../../mail-stack";
import { findingsOf, Stack } from "../../stack";
import { describePlanted } from "../planted";

const changed = (change: AlarmStackChange) => () => alarmStack(change);
const bounceAlarm = (inputs: AlarmStackChange["bounceAlarm"] & object) => changed({ bounceAlarm: inputs });
const query = (returnData: boolean, more: object = {}) => ({
  id: "rate",
  returnData,
  metric: { namespace: "AWS/SES", metricName: "Reputation.BounceRate", period: 3600, stat: "Average", ...more },
});
/** An alarm by queries has no metric of its own. */
const byQueries = (...metricQueries: ReturnType<typeof query>[]) =>
  bounceAlarm({ namespace: "", metricName: "", statistic: "", metricQueries });
const foreign = (region: string) => `arn:aws:sns:${region}:${ACCOUNT}:theirs`;
const sourceOwner = { StringEquals: { "AWS:SourceOwner": ACCOUNT } };
const anybody = { Effect: "Allow", Principal: { AWS: "*" }, Action: "SNS:Publish", Resource: "*" };

describe("reputation-alarms (M9)", () => {
  describe("the alarm", () => {
    describePlanted(reputationAlarms, {
      "sound, v2": { stack: changed({}), answer: "proved" },
      "sound, v1": { stack: changed({ identity: "v1" }), answer: "proved" },
      "by a metric query": { stack: byQueries(query(true)), answer: "proved" },
      "by an expression on it": {
        stack: byQueries(query(false)),
        answer: "undetermined",
        words: /what the expression of alarm "bounces" makes of Reputation\.BounceRate/,
      },
      "no alarm on bounces": {
        stack: changed({ withoutBounceAlarm: true }),
        answer: "violated",
        words: /bounce rate of SES in ap-northeast-1 .*no alarm of this stack looks at Reputation\.BounceRate/,
      },
      "on another metric": { stack: bounceAlarm({ metricName: "Bounce" }), answer: "violated" },
      "in another Region": { stack: bounceAlarm({ region: "eu-west-1" }), answer: "violated" },
      "on one configuration set": {
        stack: bounceAlarm({ dimensions: { "ses:configuration-set": "mail" } }),
        answer: "violated",
        words: /looks at the mail of some ses:configuration-set only/,
      },
      "at SES's own limit": {
        stack: bounceAlarm({ threshold: 0.05 }),
        answer: "violated",
        words: /alarm "bounces": it goes off at 0\.05, and SES acts at 0\.05/,
      },
      "in per cent": { stack: bounceAlarm({ threshold: 3 }), answer: "violated", words: /it goes off at 3/ },
      "at SES's own limit, where that is allowed": {
        stack: bounceAlarm({ threshold: 0.05 }),
        answer: "proved",
        config: { bounceLimit: 0.1 },
      },
      "always on": { stack: bounceAlarm({ threshold: 0 }), answer: "violated", words: /it is always on/ },
      "when the rate is low": {
        stack: bounceAlarm({ comparisonOperator: "LessThanThreshold" }),
        answer: "violated",
        words: /is "LessThanThreshold", so that it goes off when the rate is low/,
      },
      "by a band of what is usual": {
        stack: bounceAlarm({ thresholdMetricId: "band", comparisonOperator: "GreaterThanUpperThreshold" }),
        answer: "undetermined",
      },
      "on how often the rate is told": { stack: bounceAlarm({ statistic: "SampleCount" }), answer: "violated" },
    });
  });

  describe("its actions", () => {
    describePlanted(reputationAlarms, {
      disabled: { stack: bounceAlarm({ actionsEnabled: false }), answer: "violated", words: /actions are disabled/ },
      "none at all": { stack: bounceAlarm({ alarmActions: [] }), answer: "violated", words: /it has no action/ },
      "a function only": {
        stack: bounceAlarm({ alarmActions: [`arn:aws:lambda:${REGION}:${ACCOUNT}:function:f`] }),
        answer: "undetermined",
        words: /whether its action arn:aws:lambda:.* tells anybody/,
      },
      "a topic of another stack": { stack: bounceAlarm({ alarmActions: [foreign(REGION)] }), answer: "undetermined" },
      "a topic of another Region": {
        stack: bounceAlarm({ alarmActions: [foreign("eu-west-1")] }),
        answer: "violated",
        words: /it is in eu-west-1, and alarms act in their own Region only/,
      },
      "by a composite alarm": {
        stack: changed({
          bounceAlarm: { alarmActions: [] },
          more: (stack, topic) => {
            stack.add("aws:cloudwatch/compositeAlarm:CompositeAlarm", "ses", {
              ...{ region: REGION, alarmName: "ses", alarmRule: "ALARM(bounces)", alarmActions: [topic] },
            });
          },
        }),
        answer: "undetermined",
        words: /whether composite alarm "ses" tells of it/,
      },
    });
  });

  describe("the topic", () => {
    describePlanted(reputationAlarms, {
      // Nothing tells the account before the first deployment, which the key's policy asks for.
      "without a policy of its own": {
        stack: changed({ topicPolicy: null }),
        answer: "proved",
        preview: "undetermined",
      },
      "with AWS's default policy written out": {
        stack: changed({ topicPolicy: policyOf({ ...anybody, Condition: sourceOwner }) }),
        answer: "proved",
        preview: "undetermined",
      },
      "with a policy for every alarm": {
        stack: changed({ topicPolicy: policyOf(admitCloudWatch("sns:Publish", "*", {})) }),
        answer: "proved",
        preview: "undetermined",
      },
      "with a policy for SES only": {
        stack: changed({ topicPolicy: policyOf({ ...anybody, Principal: { Service: "ses.amazonaws.com" } }) }),
        answer: "violated",
        words: /topic policy "alarms" doesn't admit cloudwatch\.amazonaws\.com/,
      },
      "with a policy for another account": {
        stack: changed({
          topicPolicy: policyOf(
            admitCloudWatch("sns:Publish", "*", { StringEquals: { "aws:SourceAccount": "999999999999" } }),
          ),
        }),
        answer: "violated",
        preview: "undetermined",
      },
      "without encryption": { stack: changed({ withoutKey: true }), answer: "proved" },
      "with AWS's own key": {
        stack: changed({ withoutKey: true, topic: { kmsMasterKeyId: "alias/aws/sns" } }),
        answer: "violated",
        words: /alias\/aws\/sns, a key of AWS's own whose policy can't admit cloudwatch/,
      },
      "with a key that doesn't admit CloudWatch": {
        stack: changed({ keyPolicy: policyOf({ ...anybody, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }) }),
        answer: "violated",
        words: /no statement allows kms:GenerateDataKey to cloudwatch\.amazonaws\.com/,
      },
      "with a key without a policy": { stack: changed({ keyPolicy: null }), answer: "violated" },
      "with a disabled key": { stack: changed({ key: { isEnabled: false } }), answer: "violated", words: /disabled/ },
    });
  });

  describe("who is told", () => {
    const mail = { protocol: "email", endpoint: "operators@example.com" };
    describePlanted(reputationAlarms, {
      nobody: { stack: changed({ subscriptions: [] }), answer: "violated", words: /nobody is subscribed to it/ },
      "who hasn't confirmed": {
        stack: changed({ subscriptions: [{ ...mail, pendingConfirmation: true }] }),
        answer: "undetermined",
        words: /whether email operators@example\.com has confirmed/,
      },
      "one who has confirmed of two": {
        stack: changed({
          subscriptions: [
            { ...mail, pendingConfirmation: true },
            { protocol: "sms", endpoint: "+81" },
          ],
        }),
        answer: "proved",
      },
      "by a filter": {
        stack: changed({ subscriptions: [{ ...mail, filterPolicy: '{"severity":["high"]}' }] }),
        answer: "undetermined",
      },
      "by an empty filter": { stack: changed({ subscriptions: [{ ...mail, filterPolicy: "{}" }] }), answer: "proved" },
      "a queue that doesn't admit the topic": {
        stack: changed({
          subscriptions: [{ protocol: "sqs", endpoint: `arn:aws:sqs:${REGION}:${ACCOUNT}:alarms` }],
          more: (stack) => {
            const arn = `arn:aws:sqs:${REGION}:${ACCOUNT}:alarms`;
            stack.add("aws:sqs/queue:Queue", "alarms", { region: REGION, name: "alarms" }, { arn, url: "https://q" });
          },
        }),
        answer: "violated",
        words: /queue .*: it has no policy of its own/,
      },
      "a chat": {
        stack: changed({
          subscriptions: [],
          more: (stack, topic) => {
            stack.add("aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration", "ops", {
              snsTopicArns: [topic],
            });
          },
        }),
        answer: "proved",
      },
    });
  });

  describePlanted(reputationAlarms, { "no identity": { stack: () => new Stack(), answer: "notApplicable" } });

  it("finds once for each Region and rate, however many identities there are", () => {
    const stack = alarmStack({
      more: (more) => {
        const type = "aws:sesv2/emailIdentity:EmailIdentity";
        more.add(type, "second", { region: REGION, emailIdentity: "example.org" });
        more.add(type, "abroad", { region: "eu-west-1", emailIdentity: "example.net" });
      },
    });
    const found = findingsOf(reputationAlarms, stack.resources(true));
    assert.deepEqual(
      found.map(({ verdict, urn }) => [verdict.kind, urn?.split("::").at(-1)]),
      [
        ["proved", "mail"],
        ["proved", "mail"],
        ["violated", "abroad"],
        ["violated", "abroad"],
      ],
    );
  });
});
