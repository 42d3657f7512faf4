/** SNS topics as other resources refer to them. */
import type { World } from "../../world";
import type { Thing } from "../../world";
import { isTrue, property, text } from "../values";

export const TOPIC = "aws:sns/topic:Topic";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";

/** The Region in an ARN; undefined in one that has none. */
export function regionOf(arn: string): string | undefined {
  return text(arn.split(":")[3]);
}

/** What an ARN names at its end, e.g. a topic's or a queue's name. */
export function resourceOf(arn: string): string {
  return arn.split(":").slice(5).join(":");
}

export function topicNamed(world: World, arn: string): Thing | undefined {
  return world.find(TOPIC, arn);
}

export function isFifoTopic(topic: Thing): boolean {
  return isTrue(property(topic, "fifoTopic"));
}

/** The policy that somebody gave the topic; undefined where it has SNS's default, or one that isn't known yet. */
export function policyOfTopic(world: World, topic: Thing): string | undefined {
  const separate = world.all(TOPIC_POLICY).find((one) => text(property(one, "arn")) === topic.id);
  return text(separate === undefined ? topic.inputs["policy"] : property(separate, "policy"));
}
