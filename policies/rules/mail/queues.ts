import type { Links } from "../../reachability/links";
import { given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { admits } from "./admission";
import { matchesArn } from "./arns";
import type { ServiceCall } from "./iam-conditions";
import { encrypts } from "./keys";
import { inTurn, open, outside, type Passage, pending, stopped, whichever } from "./passage";
import { isConfirmed } from "./subscription-confirmation";
import type { Whereabouts } from "./whereabouts";

const QUEUE = "aws:sqs/queue:Queue";
const SNS = "sns.amazonaws.com";

/** From a topic by a subscription into its queue. */
export function throughQueue(links: Links, whereabouts: Whereabouts, topic: Resource, subscription: Resource): Passage {
  const { candidates, external, id } = links.follow(subscription, "endpoint", QUEUE);
  const unclear = pending(`which queue subscription "${subscription.name}" leads to`);
  const named =
    candidates.length === 0 && id !== undefined
      ? links.ofTypes(QUEUE).filter((queue) => matchesArn(id, whereabouts.arnOf(queue), "text") === "yes")
      : candidates;
  const call: ServiceCall = {
    service: SNS,
    account: whereabouts.account(topic),
    source: whereabouts.arnOf(topic),
  };
  const ways = named.map((queue) =>
    inTurn(
      open(`queue ${label(queue)}`),
      isStandard(queue),
      isConfirmed(whereabouts, topic, subscription, queue),
      admits(links, queue, { ...call, action: "sqs:SendMessage", resource: whereabouts.arnOf(queue) }, "restricted"),
      encrypts(links, whereabouts, queue, call, "any"),
    ),
  );
  const isForeign = external && (named === candidates || named.length === 0);
  const foreign =
    id === undefined
      ? unclear
      : inTurn(open(`queue ${id}`), outside(`the policy and the key of queue ${id}, which isn't in this stack`));
  return whichever(isForeign || ways.length === 0 ? [...ways, foreign] : ways, unclear);
}

function isStandard(queue: Resource): Passage {
  const { name } = queue.props;
  const isFifo = given(queue, "fifoQueue");
  if (isFifo === true || (typeof name === "string" && name.endsWith(".fifo"))) {
    return stopped("it is a FIFO queue, which standard topics can't tell", "take a standard queue.");
  }
  return isFifo === UNKNOWN ? pending(`whether queue ${label(queue)} is a FIFO queue`) : open();
}
