import type { Links } from "../../reachability/links";
import { given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { admits } from "./admission";
import { matchesArn, parseArn } from "./arns";
import type { Channel, MailEvent } from "./channels";
import type { ServiceCall } from "./iam-conditions";
import type { Identity } from "./identities";
import { encrypts } from "./keys";
import { inTurn, open, outside, type Passage, pending, stopped, whichever } from "./passage";
import { keptBySubscriber } from "./subscribers";
import { TOPIC, type Whereabouts } from "./whereabouts";

const SES = "ses.amazonaws.com";

/** From the end of a channel through its topic to a queue. */
export function throughTopic(
  links: Links,
  whereabouts: Whereabouts,
  identity: Identity,
  channel: Channel,
  event: MailEvent,
): Passage {
  const { candidates, external, id } = channel.topic;
  const unclear = pending(`which topic ${channel.label} tells`);
  const named = candidates.length === 0 && id !== undefined ? topicsByArn(links, whereabouts, id) : candidates;
  const ways = named.map((topic) => through(links, whereabouts, identity, channel, topic, event));
  const isForeign = external && (named === candidates || named.length === 0);
  const foreign = id === undefined ? unclear : foreignTopic(whereabouts, identity, id);
  return whichever(isForeign || ways.length === 0 ? [...ways, foreign] : ways, unclear);
}

/** A topic of the stack can be meant by an ARN that is written out. */
export function topicsByArn(links: Links, whereabouts: Whereabouts, text: string): readonly Resource[] {
  return links.ofTypes(TOPIC).filter((topic) => matchesArn(text, whereabouts.arnOf(topic), "text") === "yes");
}

function through(
  links: Links,
  whereabouts: Whereabouts,
  identity: Identity,
  channel: Channel,
  topic: Resource,
  event: MailEvent,
): Passage {
  const call: ServiceCall = { service: SES, account: whereabouts.account(identity.resource), source: channel.source };
  return inTurn(
    open(`topic ${label(topic)}`),
    inRegion(whereabouts, identity, topic),
    isStandard(topic),
    admits(links, topic, { ...call, action: "sns:Publish", resource: whereabouts.arnOf(topic) }, "restricted"),
    encrypts(links, whereabouts, topic, call, "restricted"),
    keptBySubscriber(links, whereabouts, topic, channel, event),
  );
}

function inRegion(whereabouts: Whereabouts, identity: Identity, topic: Resource): Passage {
  const same = whereabouts.sameRegion(topic, identity.resource);
  if (same === "yes") return open();
  if (same === "perhaps") return pending(`whether topic ${label(topic)} is in the Region of ${identity.label}`);
  return elsewhere(whereabouts.region(topic) ?? "", whereabouts.region(identity.resource) ?? "");
}

function elsewhere(there: string, here: string): Passage {
  return stopped(`it is in ${there}, and SES publishes in its own Region only, ${here}`, `take a topic in ${here}.`);
}

function isStandard(topic: Resource): Passage {
  const { name } = topic.props;
  const isFifo = given(topic, "fifoTopic");
  if (isFifo === true || (typeof name === "string" && name.endsWith(".fifo"))) return fifo;
  return isFifo === UNKNOWN ? pending(`whether topic ${label(topic)} is a FIFO topic`) : open();
}

const fifo = stopped("it is a FIFO topic, to which SES can't publish", "take a standard topic.");

/** What an ARN says by itself of a topic that isn't in the stack. */
function foreignTopic(whereabouts: Whereabouts, identity: Identity, id: string): Passage {
  const arn = parseArn(id);
  const here = whereabouts.region(identity.resource);
  const hop = open(`topic ${id}`);
  if (arn?.region !== undefined && here !== undefined && arn.region !== here)
    return inTurn(hop, elsewhere(arn.region, here));
  if (id.endsWith(".fifo")) return inTurn(hop, fifo);
  return inTurn(hop, outside(`the policy, the key and the subscribers of topic ${id}, which isn't in this stack`));
}
