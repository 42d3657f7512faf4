import type { Props } from "../../../../offline/model";
import { type Config, type Declared, given, NAME, one, role, tags1, tags2, topic } from "./configuration";

const set = (more: (value: unknown) => Props): Config =>
  one("aws_sesv2_configuration_set.test", "aws:sesv2/configurationSet:ConfigurationSet", (args) => ({
    configurationSetName: NAME,
    ...more(args[1]),
  }));

const oldSet = (more: (value: unknown) => Props): Config =>
  one("aws_ses_configuration_set.test", "aws:ses/configurationSet:ConfigurationSet", (args) => ({
    name: NAME,
    ...more(args[1]),
  }));

const identity = (more: (args: readonly unknown[]) => Props): Config =>
  one("aws_sesv2_email_identity.test", "aws:sesv2/emailIdentity:EmailIdentity", (args) => ({
    emailIdentity: args[0],
    ...more(args),
  }));

const withIdentity =
  (kind: string, type: string, more: (args: readonly unknown[]) => Props): Config =>
  (args) => [
    ...identity(() => ({}))(args),
    {
      address: `aws_sesv2_email_identity_${kind}.test`,
      type,
      inputs: given({ emailIdentity: args[0], ...more(args) }),
    },
  ];

const mailFrom = (more: (args: readonly unknown[]) => Props): Config =>
  withIdentity(
    "mail_from_attributes",
    "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes",
    more,
  );

const feedback = (more: (args: readonly unknown[]) => Props): Config =>
  withIdentity(
    "feedback_attributes",
    "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes",
    more,
  );

const identityIn =
  (number: 1 | 2): Config =>
  (args) => [
    {
      address: `aws_sesv2_configuration_set.test${number}`,
      type: "aws:sesv2/configurationSet:ConfigurationSet",
      inputs: { configurationSetName: `acc-${number}` },
    },
    ...identity(() => ({ configurationSetName: `acc-${number}` }))(args),
  ];

const destination =
  (events: (args: readonly unknown[]) => Props, ...before: Declared[]): Config =>
  (args) => [
    ...set(() => ({}))([]),
    ...before,
    {
      address: "aws_sesv2_configuration_set_event_destination.test",
      type: "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination",
      inputs: {
        configurationSetName: NAME,
        eventDestinationName: NAME,
        eventDestination: { matchingEventTypes: ["SEND"], ...events(args) },
      },
    },
  ];

const watched = (value: unknown): Props => ({
  cloudWatchDestination: {
    dimensionConfigurations: [
      { defaultDimensionValue: value, dimensionName: value, dimensionValueSource: "MESSAGE_TAG" },
    ],
  },
});

const oldDestination = (args: readonly unknown[], name: string, kind: Props): Declared => ({
  address: `aws_ses_event_destination.${name}`,
  type: "aws:ses/eventDestination:EventDestination",
  inputs: { configurationSetName: "acc-1", matchingTypes: ["bounce", "send"], enabled: true, ...kind },
});

/** Configurations of the Terraform provider's acceptance tests, by `<type> <function>`; the last resource is the asserted one. */
export const SES: Record<string, Config> = {
  "aws_sesv2_configuration_set basic": set(() => ({})),
  "aws_sesv2_configuration_set tlsPolicy": set((tlsPolicy) => ({ deliveryOptions: { tlsPolicy } })),
  "aws_sesv2_configuration_set reputationMetricsEnabled": set((value) => ({
    reputationOptions: { reputationMetricsEnabled: value },
  })),
  "aws_sesv2_configuration_set sendingEnabled": set((sendingEnabled) => ({ sendingOptions: { sendingEnabled } })),
  "aws_sesv2_configuration_set suppressedReasons": set((reason) => ({
    suppressionOptions: { suppressedReasons: [reason] },
  })),
  "aws_sesv2_configuration_set engagementMetrics": set((value) => ({
    vdmOptions: { dashboardOptions: { engagementMetrics: value } },
  })),
  "aws_sesv2_configuration_set optimizedSharedDelivery": set((value) => ({
    vdmOptions: { guardianOptions: { optimizedSharedDelivery: value } },
  })),
  "aws_sesv2_configuration_set tags1": (args) => set(() => tags1(args))(args),
  "aws_sesv2_configuration_set tags2": (args) => set(() => tags2(args))(args),
  "aws_sesv2_configuration_set_event_destination basic": destination((args) => ({
    ...watched("test"),
    matchingEventTypes: [args[1]],
  })),
  "aws_sesv2_configuration_set_event_destination cloudWatchDestination": destination((args) => watched(args[1])),
  "aws_sesv2_configuration_set_event_destination kinesisFirehoseDestination1": destination(() => ({
    kinesisFirehoseDestination: {
      deliveryStreamArn: "arn:aws:firehose:us-east-1:123456789012:deliverystream/test1",
      iamRoleArn: role("delivery_stream"),
    },
  })),
  "aws_sesv2_configuration_set_event_destination kinesisFirehoseDestination2": destination(() => ({
    kinesisFirehoseDestination: {
      deliveryStreamArn: "arn:aws:firehose:us-east-1:123456789012:deliverystream/test2",
      iamRoleArn: role("delivery_stream"),
    },
  })),
  "aws_sesv2_configuration_set_event_destination pinpointDestination1": destination(() => ({
    pinpointDestination: { applicationArn: "arn:aws:mobiletargeting:us-east-1:123456789012:apps/test1" },
  })),
  "aws_sesv2_configuration_set_event_destination pinpointDestination2": destination(() => ({
    pinpointDestination: { applicationArn: "arn:aws:mobiletargeting:us-east-1:123456789012:apps/test2" },
  })),
  "aws_sesv2_configuration_set_event_destination snsDestination1": destination(
    () => ({ snsDestination: { topicArn: "ref:aws_sns_topic.test1.arn" } }),
    topic("test1"),
  ),
  "aws_sesv2_configuration_set_event_destination snsDestination2": destination(
    () => ({ snsDestination: { topicArn: "ref:aws_sns_topic.test2.arn" } }),
    topic("test2"),
  ),
  "aws_sesv2_email_identity basic": identity(() => ({})),
  "aws_sesv2_email_identity configurationSetName1": identityIn(1),
  "aws_sesv2_email_identity configurationSetName2": identityIn(2),
  "aws_sesv2_email_identity domainSigning": identity((args) => ({
    dkimSigningAttributes: { domainSigningPrivateKey: args[1], domainSigningSelector: args[2] },
  })),
  "aws_sesv2_email_identity nextSigningKeyLength": identity((args) => ({
    dkimSigningAttributes: { nextSigningKeyLength: args[1] },
  })),
  "aws_sesv2_email_identity tags1": identity(tags1),
  "aws_sesv2_email_identity tags2": identity(tags2),
  "aws_sesv2_email_identity_feedback_attributes basic": feedback(() => ({})),
  "aws_sesv2_email_identity_feedback_attributes emailForwardingEnabled": feedback((args) => ({
    emailForwardingEnabled: args[1],
  })),
  "aws_sesv2_email_identity_mail_from_attributes basic": mailFrom(() => ({})),
  "aws_sesv2_email_identity_mail_from_attributes behaviorOnMXFailureAndMailFromDomain": mailFrom((args) => ({
    behaviorOnMxFailure: args[1],
    mailFromDomain: args[2],
  })),
  "aws_ses_configuration_set basic": oldSet(() => ({})),
  "aws_ses_configuration_set deliveryOptions": oldSet((tlsPolicy) => ({ deliveryOptions: { tlsPolicy } })),
  "aws_ses_configuration_set emptyDeliveryOptions": oldSet(() => ({ deliveryOptions: {} })),
  "aws_ses_configuration_set reputationMetrics": oldSet((value) => ({ reputationMetricsEnabled: value })),
  "aws_ses_configuration_set sending": oldSet((value) => ({ sendingEnabled: value })),
  "aws_ses_domain_mail_from basic": (args) => [
    {
      address: "aws_ses_domain_identity.test",
      type: "aws:ses/domainIdentity:DomainIdentity",
      inputs: { domain: args[0] },
    },
    {
      address: "aws_ses_domain_mail_from.test",
      type: "aws:ses/mailFrom:MailFrom",
      inputs: { domain: args[0], mailFromDomain: args[1] },
    },
  ],
  "aws_ses_domain_mail_from behaviorOnMxFailure": (args) => [
    {
      address: "aws_ses_domain_identity.test",
      type: "aws:ses/domainIdentity:DomainIdentity",
      inputs: { domain: args[0] },
    },
    {
      address: "aws_ses_domain_mail_from.test",
      type: "aws:ses/mailFrom:MailFrom",
      inputs: { domain: args[0], mailFromDomain: "bounce.acc.example", behaviorOnMxFailure: args[1] },
    },
  ],
  "aws_ses_email_identity basic": one("aws_ses_email_identity.test", "aws:ses/emailIdentity:EmailIdentity", (args) => ({
    email: args[0],
  })),
  // Three destinations; each of the test's rows asserts another one.
  "aws_ses_event_destination basic": (args) => [
    {
      address: "aws_ses_configuration_set.test",
      type: "aws:ses/configurationSet:ConfigurationSet",
      inputs: { name: "acc-1" },
    },
    topic("ses"),
    oldDestination(args, "kinesis", {
      name: args[0],
      kinesisDestination: {
        streamArn: "arn:aws:firehose:us-east-1:123456789012:deliverystream/test",
        roleArn: role("delivery_stream"),
      },
    }),
    oldDestination(args, "cloudwatch", {
      name: args[1],
      cloudwatchDestinations: [{ defaultValue: "default", dimensionName: "dimension", valueSource: "emailHeader" }],
    }),
    oldDestination(args, "sns", { name: args[2], snsDestination: { topicArn: "ref:aws_sns_topic.ses.arn" } }),
  ],
};
