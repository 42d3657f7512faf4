/** Where a subscription may deliver to, by protocol. Source: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
import type { OperationContext, Props } from "../../model";
import type { Thing } from "../../world";
import { isRecord, isTrue, text } from "../values";
import { invalid } from "./errors";
import { isFifoTopic, regionOf, resourceOf } from "./topics";

export const PROTOCOLS = [
  ...["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"],
];

/** Those whose owner has to answer a message before anything is delivered. */
export function needsConfirmation(inputs: Props): boolean {
  const protocol = text(inputs["protocol"]) ?? "";
  if (protocol.startsWith("http")) return !isTrue(inputs["endpointAutoConfirms"]);
  return protocol.startsWith("email");
}

const forms: Record<string, [form: RegExp, message: string]> = {
  email: [/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "Email address"],
  "email-json": [/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "Email address"],
  firehose: [/^arn:[^:]+:firehose:[^:]+:\d{12}:deliverystream\/.+$/, "Delivery stream ARN"],
  http: [/^http:\/\/.+$/, "Endpoint must match the specified protocol"],
  https: [/^https:\/\/.+$/, "Endpoint must match the specified protocol"],
  lambda: [/^arn:[^:]+:lambda:[^:]+:\d{12}:function:.+$/, "Lambda endpoint ARN"],
  sms: [/^\+?[0-9][0-9 ().-]{5,20}$/, "Invalid SMS endpoint"],
  sqs: [/^arn:[^:]+:sqs:[^:]+:\d{12}:.+$/, "SQS endpoint ARN"],
};

/** Throws for an endpoint that the protocol or the topic's kind excludes. */
export function refuseEndpoint({ inputs }: OperationContext, topic: Thing | undefined): void {
  const [protocol, endpoint] = [text(inputs["protocol"]), text(inputs["endpoint"])];
  if (protocol === undefined) return;
  if (topic !== undefined && isFifoTopic(topic) && protocol !== "sqs")
    throw invalid(`Invalid protocol type: ${protocol}. A FIFO topic delivers to queues`, "protocol");
  const [form, message] = forms[protocol] ?? [];
  if (endpoint !== undefined && form?.test(endpoint) === false)
    throw invalid(`${message ?? ""}: ${endpoint}`, "endpoint");
  if (protocol === "sqs" && endpoint?.endsWith(".fifo") === true && topic !== undefined && !isFifoTopic(topic))
    throw invalid(
      "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics",
      "endpoint",
    );
  if (isTrue(inputs["rawMessageDelivery"]) && !["firehose", "http", "https", "sqs"].includes(protocol))
    throw invalid(
      `Attributes Reason: RawMessageDelivery: Delivery protocol [${protocol}] does not support raw message delivery.`,
      "rawMessageDelivery",
    );
  if (protocol === "firehose" && inputs["subscriptionRoleArn"] === undefined)
    throw invalid("SubscriptionRoleArn is required for the firehose protocol", "subscriptionRoleArn");
}

/** Throws for a dead-letter queue of the wrong kind, Region or account. Source: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html */
export function refuseRedrive({ inputs, place }: OperationContext, topic: Thing | undefined): void {
  const policy = text(inputs["redrivePolicy"]);
  const parsed: unknown = policy === undefined ? undefined : JSON.parse(policy);
  if (policy === undefined) return;
  const refuse = (why: string): Error => invalid(`RedrivePolicy: ${why}`, "redrivePolicy");
  const target = isRecord(parsed) ? text(parsed["deadLetterTargetArn"]) : undefined;
  if (target === undefined || !/^arn:[^:]+:sqs:[^:]+:\d{12}:.+$/.test(target))
    throw refuse("deadLetterTargetArn must be the ARN of an SQS queue");
  const here = [place.region, place.accountId].join(":");
  if (![regionOf(target), target.split(":")[4]].join(":").startsWith(here))
    throw refuse("the dead-letter queue must be in the subscription's Region and account");
  const fifoSubscription = resourceOf(text(inputs["endpoint"]) ?? "").endsWith(".fifo");
  const fifoQueue = target.endsWith(".fifo");
  if (topic !== undefined && isFifoTopic(topic) && fifoSubscription && !fifoQueue)
    throw refuse("must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.");
  if (topic !== undefined && !isFifoTopic(topic) && fifoQueue)
    throw refuse("must use a standard queue as DLQ for a subscription to a standard topic.");
}
