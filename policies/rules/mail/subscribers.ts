import { isExactly, type Links, mayBe } from "../../reachability/links";
import { label, type Resource } from "../../reachability/resources";
import { matchesArn } from "./arns";
import type { Channel, MailEvent } from "./channels";
import { anyOf, inTurn, open, outside, type Passage, pending, stopped } from "./passage";
import { throughQueue } from "./queues";
import { throughFilter } from "./subscription-filter";
import { TOPIC, type Whereabouts } from "./whereabouts";

const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

/**
 * Does a subscriber of the topic keep what it is told? A queue does, whether anybody is there to read it or not; a mail, a call of a function
 * or of a web address is gone when it isn't received.
 */
export function keptBySubscriber(
  links: Links,
  whereabouts: Whereabouts,
  topic: Resource,
  channel: Channel,
  event: MailEvent,
): Passage {
  const subscriptions = subscriptionsOf(links, whereabouts, topic);
  const others = subscriptions.filter(({ resource }) => !mayKeep(resource)).map(({ resource }) => described(resource));
  const ways = subscriptions
    .filter(({ resource }) => mayKeep(resource))
    .map(({ resource, doubt }) =>
      inTurn(
        doubt,
        open(subscriptionLabel(resource)),
        throughSubscription(links, whereabouts, topic, resource, channel, event),
      ),
    );
  const lost =
    others.length === 0 ? "nothing is subscribed to it" : `none of its subscribers (${others.join(", ")}) keeps it`;
  return anyOf(
    ways,
    stopped(lost, `subscribe a queue (protocol "sqs") to topic ${label(topic)} whose policy admits the topic.`),
  );
}

/** The subscriptions that a topic has or may have. */
export function subscriptionsOf(
  links: Links,
  whereabouts: Whereabouts,
  topic: Resource,
): readonly { readonly resource: Resource; readonly doubt: Passage }[] {
  return links.ofTypes(SUBSCRIPTION).flatMap((resource) => {
    const link = links.follow(resource, "topic", TOPIC);
    const isNamed =
      link.candidates.length === 0 &&
      link.id !== undefined &&
      matchesArn(link.id, whereabouts.arnOf(topic), "text") === "yes";
    if (!mayBe(link, topic) && !isNamed) return [];
    const isCertain = isNamed || isExactly(link, topic);
    return [{ resource, doubt: isCertain ? open() : pending(`to which topic ${subscriptionLabel(resource)} belongs`) }];
  });
}

function mayKeep({ props }: Resource): boolean {
  return typeof props.protocol !== "string" || props.protocol === "sqs" || props.protocol === "firehose";
}

export function described({ props }: Resource): string {
  return [props.protocol, props.endpoint].filter((part) => typeof part === "string").join(" ");
}

export function subscriptionLabel({ name }: Resource): string {
  return `subscription "${name}"`;
}

function throughSubscription(
  links: Links,
  whereabouts: Whereabouts,
  topic: Resource,
  subscription: Resource,
  channel: Channel,
  event: MailEvent,
): Passage {
  const { protocol } = subscription.props;
  if (protocol === "firehose") return outside(`whether the stream of ${subscriptionLabel(subscription)} keeps it`);
  return inTurn(
    protocol === "sqs" ? open() : pending(`the protocol of ${subscriptionLabel(subscription)}`),
    throughFilter(subscription, channel.field, event),
    throughQueue(links, whereabouts, topic, subscription),
  );
}
