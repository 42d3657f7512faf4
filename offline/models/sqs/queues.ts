/** SQS queues as other resources refer to them. */
import { AwsError } from "../../aws-error";
import type { OperationContext } from "../../model";
import type { Thing } from "../../world";
import { isTrue, property, text } from "../values";

export const QUEUE = "aws:sqs/queue:Queue";
/** The code of a value that SQS doesn't take; attributes have one of their own. */
export const VALUE = "InvalidParameterValue";
export const ATTRIBUTE = "InvalidAttributeValue";

/** The queue that an input names by its URL; undefined while unknown. Throws where it isn't there. */
export function queueAt({ inputs, world }: OperationContext): Thing | undefined {
  const url = text(inputs["queueUrl"]);
  if (url === undefined) return undefined;
  const queue = world.find(QUEUE, url);
  if (queue === undefined)
    throw new AwsError("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.", "queueUrl");
  return queue;
}

export function isFifoQueue(queue: Thing): boolean {
  return isTrue(property(queue, "fifoQueue"));
}
