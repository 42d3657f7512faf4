import type { Links } from "../../reachability/links";
import type { StackModel } from "../../stack-model";
import type { Verdict } from "../../verdict";
import type { Finding, Rule } from "../rule";
import { eventDestinations, identityTopics, type MailEvent, MUST_BE_HEARD } from "./channels";
import { type Identity, readIdentities } from "./identities";
import { anyOf, inTurn, open, type Passage } from "./passage";
import { throughTopic } from "./topics";
import { Whereabouts } from "./whereabouts";

/**
 * Proves that whoever sends hears of it when mail bounces or is complained of (M9): for every SES identity and both events there is a way from
 * SES, by a topic of the identity or by an enabled event destination of its default configuration set, to a standard topic of the same Region,
 * whose policy and key admit SES for this account only, and from there into a queue whose policy and key admit the topic. A queue keeps
 * what nobody reads at once; mail, functions and web addresses don't, though they may be subscribed too. SES's own mails to the sender
 * (feedback forwarding) are no such way, and may only be turned off where there is one.
 *
 * In the first preview of a stack nothing has an ARN yet, and a policy whose text is made from one is unknown as a whole. What it would say
 * is nowhere to be seen then, so that the answer is undetermined. Names that the program chooses, and ARNs made of them, have it known.
 */
export const bounceNotifications: Rule = {
  id: "bounce-notifications",
  title: "Bounces and complaints are heard",
  proves:
    "Proves that bounces and complaints of every SES identity reach a queue by way of an SNS topic, through every policy and key.",
  why:
    "SES pauses the sending of an account with too many bounces or complaints, and doesn't tell which addresses they came from unless it is " +
    "asked to. Who doesn't hear of them goes on sending to addresses that don't exist.",
  sources: ["https://docs.aws.amazon.com/ses/latest/dg/monitor-sending-activity-using-notifications.html"],
  fix: "Repair the link that the message names.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [],
  tags: ["mail", "ses", "sns"],
  settings: {},
  defers: true,
  notApplicable: "The stack has no SES identity.",
  judge: judgeIdentities,
};

/** A finding for each event of each identity. */
function judgeIdentities({ links, resources }: StackModel): readonly Finding[] {
  const whereabouts = new Whereabouts(links, resources);
  return readIdentities(links, whereabouts).flatMap((identity) =>
    MUST_BE_HEARD.map((event): Finding => {
      const passage = wayOf(links, whereabouts, identity, event);
      const isPending = passage.answer === "perhaps" && passage.unknowns.every(({ pending }) => pending);
      return { verdict: verdictOn(identity, event, passage), urn: identity.resource.urn, isPending };
    }),
  );
}

function wayOf(links: Links, whereabouts: Whereabouts, identity: Identity, event: MailEvent): Passage {
  const { channels, none } = eventDestinations(links, whereabouts, identity, event);
  const all = [...identityTopics(links, whereabouts, identity, event), ...channels];
  const ways = all.map((channel) =>
    inTurn(channel.passage, throughTopic(links, whereabouts, identity, channel, event)),
  );
  const isElsewhere = none.answer === "perhaps" && channels.length === 0;
  const start = open(`SES identity ${identity.label}`);
  return inTurn(start, anyOf(isElsewhere ? [...ways, none] : ways, none));
}

function verdictOn({ label, forwarding }: Identity, event: MailEvent, passage: Passage): Verdict {
  if (passage.answer === "yes") return { kind: "proved" };
  const silence =
    forwarding === "on"
      ? ""
      : `\nfeedback forwarding ${forwarding === "off" ? "is" : "may be"} off too, so that nobody would hear of a ${event}`;
  if (passage.answer === "no") {
    const witness = `${event}s of ${passage.hops.join(" → ")}: ${passage.why}${silence}`;
    const fix = forwarding === "on" ? passage.fix : `${passage.fix} Until then, set \`emailForwardingEnabled: true\`.`;
    return { kind: "violated", witness, fix };
  }
  return {
    kind: "undetermined",
    question: `it can't be told whether ${event}s of ${label} are heard${silence}`,
    unknowns: passage.unknowns.map(({ what }) => what),
  };
}
