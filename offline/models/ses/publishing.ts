/**
 * What keeps SES from publishing to a topic. SES publishes a test message when a topic becomes an event destination or an identity's
 * notification topic, and refuses the call when that fails ("Could not publish message to SNS topic").
 * Sources: https://docs.aws.amazon.com/ses/latest/dg/configure-sns-notifications.html (same Region, standard topics only, customer
 * managed keys only), https://docs.aws.amazon.com/ses/latest/dg/event-publishing-add-event-destination-sns.html
 */
import type { OperationContext } from "../../model";
import { admitsService } from "../iam/admission";
import { isAwsManaged, keyNamed, policyOfKey } from "../kms/keys";
import { isFifoTopic, policyOfTopic, regionOf, topicNamed } from "../sns/topics";
import { property, text } from "../values";

const SES = "ses.amazonaws.com";

/** `missing` is worded by each of SES's two APIs in its own way. */
export type Obstacle = { missing: true } | { missing: false; why: string };

function stopped(why: string): Obstacle {
  return { missing: false, why };
}

/** The first obstacle; undefined where SES can publish, or where what would tell isn't known yet. */
export function obstacleTo({ place, world }: OperationContext, topicArn: string): Obstacle | undefined {
  const topic = topicNamed(world, topicArn);
  if (topic === undefined) {
    // Topics of other accounts aren't known here.
    return topicArn.split(":")[4] === place.accountId ? { missing: true } : undefined;
  }
  const region = regionOf(topicArn);
  if (region !== place.region)
    return stopped(`it is in ${region ?? "another Region"}, SES publishes from ${place.region}`);
  if (isFifoTopic(topic)) return stopped("it is a FIFO topic, SES publishes to standard topics only");
  const policy = policyOfTopic(world, topic);
  if (policy !== undefined && !admitsService(policy, SES)) return stopped(`its policy doesn't admit ${SES}`);
  const reference = text(property(topic, "kmsMasterKeyId"));
  if (reference === undefined) return undefined;
  if (isAwsManaged(reference))
    return stopped(`it is encrypted with ${reference}, whose policy doesn't admit ${SES}; take a key of your own`);
  const key = keyNamed(world, reference);
  const keyPolicy = key === undefined ? undefined : policyOfKey(world, key);
  if (keyPolicy !== undefined && !admitsService(keyPolicy, SES))
    return stopped(`the policy of its key ${key?.id ?? reference} doesn't admit ${SES}`);
  return undefined;
}
