import { z } from "zod";
import { any, all as both } from "../../reachability/certainty";
import type { Links } from "../../reachability/links";
import type { Resource } from "../../reachability/resources";
import type { StackModel } from "../../stack-model";
import type { Verdict } from "../../verdict";
import type { Finding, Rule } from "../rule";
import { throughActions } from "./alarm-actions";
import { anyOf, inTurn, open, type Passage, pending, stopped } from "./passage";
import { goesOffBefore } from "./reputation-metrics";
import { IDENTITY_TYPES, nameOf, onlyName } from "./same-name";
import { Whereabouts } from "./whereabouts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const RATES = { bounce: "Reputation.BounceRate", complaint: "Reputation.ComplaintRate" } as const;
type Rate = keyof typeof RATES;

const share = z.number().gt(0, "is no share of mail: give one between 0 and 1, as 0.05 for 5 %").lte(1);
const settings = {
  bounceLimit: share
    .default(0.05)
    .describe(
      "The share of bounces below which an alarm has to go off: SES reviews an account at 0.05, may pause it at 0.1.",
    ),
  complaintLimit: share
    .default(0.001)
    .describe("The same of complaints: SES reviews an account at 0.001, may pause it at 0.005."),
};

type Limits = z.output<z.ZodObject<typeof settings>>;

/**
 * Reputation is an account's in a Region, whatever its identities: so there is one finding for each Region and rate, at the first identity there.
 * Whether the policy of the topic admits CloudWatch for this account only isn't asked: who else may ring the alarm doesn't silence it.
 */
export const reputationAlarms: Rule<typeof settings> = {
  id: "reputation-alarms",
  title: "Somebody is told before SES acts on bounces and complaints",
  proves:
    "Proves that in each Region with an SES identity alarms on the bounce and the complaint rate of the account go off below SES's own limits, " +
    "and reach somebody through a topic whose policy and key admit CloudWatch.",
  why:
    "SES puts an account under review at 5 % bounces or 0.1 % complaints, and may pause its sending at 10 % or 0.5 %. " +
    "Who is told before can still do something about it.",
  sources: [
    "https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html",
    "https://docs.aws.amazon.com/ses/latest/dg/reputationdashboardmessages.html",
    "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html",
    "https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger",
  ],
  fix: "Repair the link that the message names.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [],
  tags: ["mail", "ses", "sns"],
  settings,
  defers: true,
  notApplicable: "The stack has no SES identity.",
  judge: judgeRegions,
};

function judgeRegions({ links, resources }: StackModel, limits: Limits): readonly Finding[] {
  const whereabouts = new Whereabouts(links, resources);
  const firsts: Resource[] = [];
  for (const identity of links.ofTypes(...IDENTITY_TYPES)) {
    if (any("no", ...firsts.map((first) => samePlace(whereabouts, first, identity))) !== "yes") firsts.push(identity);
  }
  return firsts.flatMap((identity) =>
    (["bounce", "complaint"] as const).map((rate): Finding => {
      const passage = wayOf(links, whereabouts, identity, rate, limits[`${rate}Limit`]);
      const isPending = passage.answer === "perhaps" && passage.unknowns.every((unknown) => unknown.pending);
      return { verdict: verdictOn(whereabouts, identity, rate, passage), urn: identity.urn, isPending };
    }),
  );
}

function samePlace(whereabouts: Whereabouts, one: Resource, other: Resource) {
  return both(whereabouts.sameRegion(one, other), whereabouts.sameAccount(one, other));
}

function wayOf(links: Links, whereabouts: Whereabouts, identity: Resource, rate: Rate, limit: number): Passage {
  const metric = RATES[rate];
  const ways = links.ofTypes(ALARM).flatMap((alarm) => {
    const here = samePlace(whereabouts, alarm, identity);
    const before = here === "no" ? undefined : goesOffBefore(alarm, metric, limit);
    if (before === undefined) return [];
    const place = here === "yes" ? open() : pending(`whether alarm "${alarm.name}" is in the account and Region of it`);
    return [inTurn(before, place, throughActions(links, whereabouts, alarm))];
  });
  const fix = `add an alarm on the metric ${metric} of AWS/SES, without dimensions, that goes off below ${limit} and tells a topic.`;
  return anyOf(ways, stopped(`no alarm of this stack looks at ${metric} of AWS/SES there`, fix));
}

function verdictOn(whereabouts: Whereabouts, identity: Resource, rate: Rate, passage: Passage): Verdict {
  const region = whereabouts.region(identity) ?? "the Region";
  const subject = `the ${rate} rate of SES in ${region} (identity ${onlyName(nameOf(identity)) ?? `"${identity.name}"`})`;
  switch (passage.answer) {
    case "yes":
      return { kind: "proved" };
    case "no":
      return {
        kind: "violated",
        witness: `${[subject, ...passage.hops].join(" → ")}: ${passage.why}`,
        fix: passage.fix,
      };
    case "perhaps":
      return {
        kind: "undetermined",
        question: `it can't be told whether anybody hears in time of ${subject}`,
        unknowns: passage.unknowns.map(({ what }) => what),
      };
  }
}
