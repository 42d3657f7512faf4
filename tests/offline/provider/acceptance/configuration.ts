import type { Props } from "../../../../offline/model";

/** One resource of an acceptance test's configuration, under the name that the test knows it by. */
export interface Declared {
  /** As Terraform's tests refer to it, e.g. `aws_sns_topic.test`. */
  address: string;
  type: string;
  inputs: Props;
}

/** What stands for the values that the tests make up or take from Go's packages. */
export const CONSTANTS: Record<string, unknown> = {
  "acctest.DefaultEmailAddress": "ops@acc.example",
  domain: "acc.example",
  filterPolicy1: JSON.stringify({ key1: ["value1"] }),
  filterPolicy2: JSON.stringify({ key2: ["value2"] }),
  key1: "TUlJQ1hBSUJBQUtCZ1FD",
  key2: "TUlJQ1hBSUJBQUtCZ1FE",
  mailFromDomain: "bounce.acc.example",
  mailFromDomain1: "bounce1.acc.example",
  mailFromDomain2: "bounce2.acc.example",
  rName: "acc.example",
  rName1: "acc-1",
  rName2: "acc-2",
  rName3: "acc-3",
  selector1: "selector1",
  selector2: "selector2",
  "ses.BehaviorOnMXFailureRejectMessage": "RejectMessage",
  "ses.BehaviorOnMXFailureUseDefaultValue": "UseDefaultValue",
  "ses.TlsPolicyOptional": "Optional",
  "ses.TlsPolicyRequire": "Require",
  "tfsqs.DefaultQueueDelaySeconds": 0,
  "tfsqs.DefaultQueueKMSDataKeyReusePeriodSeconds": 300,
  "tfsqs.DefaultQueueMaximumMessageSize": 262144,
  "tfsqs.DefaultQueueMessageRetentionPeriod": 345600,
  "tfsqs.DefaultQueueReceiveMessageWaitTimeSeconds": 0,
  "tfsqs.DefaultQueueVisibilityTimeout": 30,
  "types.BehaviorOnMxFailureRejectMessage": "REJECT_MESSAGE",
  "types.BehaviorOnMxFailureUseDefaultValue": "USE_DEFAULT_VALUE",
  "types.DkimSigningKeyLengthRsa1024Bit": "RSA_1024_BIT",
  "types.DkimSigningKeyLengthRsa2048Bit": "RSA_2048_BIT",
  "types.FeatureStatusDisabled": "DISABLED",
  "types.FeatureStatusEnabled": "ENABLED",
  "types.SuppressionListReasonBounce": "BOUNCE",
  "types.SuppressionListReasonComplaint": "COMPLAINT",
  "types.TlsPolicyOptional": "OPTIONAL",
  "types.TlsPolicyRequire": "REQUIRE",
};

/** Names that aren't domains: of everything but identities. */
export const NAME = "acc-test";

export type Config = (args: readonly unknown[]) => Declared[];

export const one =
  (address: string, type: string, inputs: (args: readonly unknown[]) => Props): Config =>
  (args) => [{ address, type, inputs: inputs(args) }];

export const given = (properties: Props): Props =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined && value !== "null"));

export const tags1 = (args: readonly unknown[]): Props => ({ tags: { [String(args[1])]: args[2] } });
export const tags2 = (args: readonly unknown[]): Props => ({
  tags: { [String(args[1])]: args[2], [String(args[3])]: args[4] },
});

export const topic = (name: string, inputs: Props = { name: NAME }): Declared => ({
  address: `aws_sns_topic.${name}`,
  type: "aws:sns/topic:Topic",
  inputs,
});

export const role = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
