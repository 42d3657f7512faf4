import { followList, type Links } from "../../reachability/links";
import { given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { document } from "./iam-policy";
import { anyOf, inTurn, open, outside, type Passage, pending, stopped } from "./passage";
import { throughQueue } from "./queues";
import { described, subscriptionLabel, subscriptionsOf } from "./subscribers";
import { TOPIC, type Whereabouts } from "./whereabouts";

/** Chats that AWS tells of what a topic says (Amazon Q Developer in chat applications, once AWS Chatbot). */
const CHATS = [
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration",
];

/** Does a topic tell anybody: by mail, into a queue, to a function, a web address, a phone, a chat? */
export function toldToSomeone(links: Links, whereabouts: Whereabouts, topic: Resource): Passage {
  const subscribers = subscriptionsOf(links, whereabouts, topic).map(({ resource, doubt }) =>
    inTurn(doubt, open(subscriptionLabel(resource)), throughSubscription(links, whereabouts, topic, resource)),
  );
  const chats = links.ofTypes(...CHATS).flatMap((chat) => {
    const { certain, possible } = followList(links, chat, "snsTopicArns", [TOPIC]);
    const hop = open(`chat "${chat.name}"`);
    if (certain.includes(topic)) return [hop];
    return possible.includes(topic) ? [inTurn(hop, pending(`which topics chat "${chat.name}" tells of`))] : [];
  });
  return anyOf(
    [...subscribers, ...chats],
    stopped("nobody is subscribed to it", `subscribe somebody to topic ${label(topic)}, by mail or a queue.`),
  );
}

function throughSubscription(links: Links, whereabouts: Whereabouts, topic: Resource, subscription: Resource): Passage {
  const { protocol, pendingConfirmation } = subscription.props;
  const where = subscriptionLabel(subscription);
  const parts: Passage[] = [];
  if (isFiltered(subscription)) parts.push(outside(`whether alarms pass the filter policy of ${where}`));
  if (typeof protocol !== "string") parts.push(pending(`the protocol of ${where}`));
  else if (protocol === "sqs") parts.push(throughQueue(links, whereabouts, topic, subscription));
  else if (pendingConfirmation === true) {
    const who = described(subscription);
    parts.push(outside(`whether ${who} has confirmed ${where}, as AWS asked by then (afterwards: pulumi refresh)`));
  }
  return inTurn(...parts);
}

function isFiltered(subscription: Resource): boolean {
  const policy = given(subscription, "filterPolicy");
  const filter = policy === UNKNOWN ? undefined : document(policy);
  return policy !== undefined && !(filter && typeof filter === "object" && Object.keys(filter).length === 0);
}
