import type { Resource } from "../../reachability/resources";
import { open, type Passage, pending, stopped } from "./passage";
import type { Whereabouts } from "./whereabouts";

/**
 * SNS confirms the subscription of a queue in the topic's own account by itself; the owner of a queue in another account has to.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html
 */
export function isConfirmed(
  whereabouts: Whereabouts,
  topic: Resource,
  subscription: Resource,
  queue: Resource,
): Passage {
  const where = `subscription "${subscription.name}"`;
  const state = subscription.props.pendingConfirmation;
  if (state === true) return stopped("it waits for its confirmation, and gets nothing until then", `confirm ${where}.`);
  const [own, its] = [whereabouts.account(topic), whereabouts.account(queue)];
  const isSame = own !== undefined && its !== undefined ? own === its : topic.provider?.urn === queue.provider?.urn;
  return isSame || state === false ? open() : pending(`whether ${where} is confirmed by the queue's account`);
}
