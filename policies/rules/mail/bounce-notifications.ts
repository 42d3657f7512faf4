import type { StackValidationPolicy } from "@pulumi/policy";
import { readPolicyResources } from "../../policy-resources";
import { Links } from "../../reachability/links";
import type { Resource } from "../../reachability/resources";
import { report, type Verdict } from "../../verdict";
import { eventDestinations, identityTopics, type MailEvent, MUST_BE_HEARD } from "./channels";
import { type Identity, readIdentities } from "./identities";
import { anyOf, inTurn, open, type Passage } from "./passage";
import { throughTopic } from "./topics";
import { Whereabouts } from "./whereabouts";

interface Settings {
  readonly onUndetermined: "fail" | "defer" | "warn";
}

const defaults: Settings = { onUndetermined: "fail" };

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
export const bounceNotifications: StackValidationPolicy = {
  name: "bounce-notifications",
  displayName: "Bounces and complaints are heard",
  description:
    "Proves that bounces and complaints of every SES identity reach a queue by way of an SNS topic, through every policy and key.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["mail", "ses", "sns"],
  remediationSteps: "Repair the link that the message names.",
  configSchema: {
    properties: {
      onUndetermined: {
        type: "string",
        enum: ["fail", "defer", "warn"],
        default: defaults.onUndetermined,
        description:
          'What an answer that can\'t be known does: "fail" like a violation; "defer" warns in the preview where only the deployment can ' +
          "tell, and fails in the end of `up` if it doesn't hold then; \"warn\" on the pack's log.",
      },
    },
  },
  validateStack: (args, reportViolation) => {
    const { onUndetermined }: Settings = { ...defaults, ...args.getConfig<Partial<Settings>>() };
    const findings = judge(readPolicyResources(args.resources, ["aws:"]));
    if (findings.length === 0) args.notApplicable("The stack has no SES identity.");
    for (const { verdict, urn, isPending } of findings) {
      const message = report(verdict);
      if (message === undefined) continue;
      const mayPass = onUndetermined === "warn" || (onUndetermined === "defer" && isPending);
      if (verdict.kind === "undetermined" && mayPass) console.warn(message);
      else reportViolation(message, urn);
    }
  },
};

export interface Finding {
  readonly verdict: Verdict;
  /** The identity it is about. */
  readonly urn: string;
  /** Undetermined by nothing but what the deployment tells. */
  readonly isPending: boolean;
}

/** A finding for each event of each identity. */
export function judge(resources: readonly Resource[]): readonly Finding[] {
  const links = new Links(resources);
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
