/** Who may be whose dead-letter queue. Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html */
import { AwsError } from "../../aws-error";
import type { OperationContext, Props } from "../../model";
import { regionOf } from "../sns/topics";
import { integer, isRecord, text, texts } from "../values";
import { isFifoQueue, QUEUE, VALUE } from "./queues";

function parsed(policy: string): Props {
  const value: unknown = JSON.parse(policy);
  return isRecord(value) ? value : {};
}

/** Throws for a redrive policy that SQS doesn't take, of a queue of the given kind; `undefined` where the kind isn't known. */
export function refuseRedrivePolicy(context: OperationContext, value: unknown, fifo: boolean | undefined): void {
  const policy = text(value);
  if (policy === undefined) return;
  const { place, world } = context;
  const refuse = (why: string): AwsError =>
    new AwsError(VALUE, `Value ${policy} for parameter RedrivePolicy is invalid. Reason: ${why}`, "redrivePolicy");
  const { deadLetterTargetArn, maxReceiveCount } = parsed(policy);
  const target = text(deadLetterTargetArn);
  for (const [name, given] of Object.entries({ deadLetterTargetArn, maxReceiveCount })) {
    if (given === undefined || given === null)
      throw refuse(`Redrive policy does not contain mandatory attribute: ${name}.`);
  }
  const times = integer(maxReceiveCount);
  if (times === undefined || times < 1 || times > 1000)
    throw refuse(
      `Invalid value for maxReceiveCount: ${String(maxReceiveCount)}, valid values are from 1 to 1000 both inclusive.`,
    );
  if (target === undefined || !/^arn:[^:]+:sqs:[^:]+:\d{12}:.+$/.test(target))
    throw refuse("Invalid value for deadLetterTargetArn.");
  if (target.split(":")[4] !== place.accountId) throw refuse("Dead letter target owner should be same as the source.");
  const queue = regionOf(target) === place.region ? world.find(QUEUE, target) : undefined;
  if (queue === undefined) throw refuse("Dead letter target does not exist.");
  if (fifo !== undefined && isFifoQueue(queue) !== fifo)
    throw refuse("Dead-letter queue must be same type of queue as the source.");
}

/** Throws for a redrive allow policy that SQS doesn't take. */
export function refuseRedriveAllowPolicy(value: unknown): void {
  const policy = text(value);
  if (policy === undefined) return;
  const refuse = (why: string): AwsError =>
    new AwsError(
      VALUE,
      `Value ${policy} for parameter RedriveAllowPolicy is invalid. Reason: ${why}`,
      "redriveAllowPolicy",
    );
  const { redrivePermission, sourceQueueArns } = parsed(policy);
  const permission = text(redrivePermission);
  if (permission === undefined || !["allowAll", "denyAll", "byQueue"].includes(permission))
    throw refuse("redrivePermission must be allowAll, denyAll or byQueue.");
  const sources = texts(sourceQueueArns);
  if (permission !== "byQueue" && sourceQueueArns !== undefined)
    throw refuse("sourceQueueArns can be given with the permission byQueue only.");
  if (permission === "byQueue" && (sources.length < 1 || sources.length > 10))
    throw refuse("byQueue needs from 1 to 10 sourceQueueArns; take allowAll for more.");
}
