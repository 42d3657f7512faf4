import { followList, type Links } from "../../reachability/links";
import { elements, field, given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { admits } from "./admission";
import { parseArn } from "./arns";
import { CLOUDWATCH, type ServiceCall } from "./iam-conditions";
import { encrypts } from "./keys";
import { anyOf, inTurn, open, outside, type Passage, pending, stopped, whichever } from "./passage";
import { toldToSomeone } from "./someone-told";
import { topicsByArn } from "./topics";
import { TOPIC, type Whereabouts } from "./whereabouts";

const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

/** From an alarm that goes off, by one of its actions, to somebody who hears of it. */
export function throughActions(links: Links, whereabouts: Whereabouts, alarm: Resource): Passage {
  const enabled = given(alarm, "actionsEnabled");
  const own = inTurn(
    enabled === UNKNOWN
      ? pending(`whether the actions of ${alarmLabel(alarm)} are enabled`)
      : enabled === false || enabled === "false"
        ? stopped("its actions are disabled", `set \`actionsEnabled: true\` on ${alarmLabel(alarm)}.`)
        : open(),
    toTopics(links, whereabouts, alarm),
  );
  // Without a composite alarm the furthest of its own ways is what is told.
  return anyOf([own, ...compositesOf(links, alarm)], own);
}

export function alarmLabel({ name }: Resource): string {
  return `alarm "${name}"`;
}

function toTopics(links: Links, whereabouts: Whereabouts, alarm: Resource): Passage {
  const { certain, possible, someOfPossible, outside: elsewhere } = followList(links, alarm, "alarmActions", [TOPIC]);
  const through = (topic: Resource) => throughTopic(links, whereabouts, alarm, topic);
  const which = pending(`which topic ${alarmLabel(alarm)} tells`);
  const others = elsewhere.flatMap((id) => {
    const named = id === undefined ? [] : topicsByArn(links, whereabouts, id);
    return named.length > 0 ? named.map(through) : [id === undefined ? which : elsewhereTold(whereabouts, alarm, id)];
  });
  const any = possible.length === 0 ? [] : [whichever(possible.map(through), which)];
  return anyOf(
    [...certain.map(through), ...(someOfPossible ? any : any.map((way) => inTurn(which, way))), ...others],
    stopped("it has no action", `give ${alarmLabel(alarm)} a topic in \`alarmActions\`.`),
  );
}

/** What an ARN says by itself of an action that isn't in the stack. */
function elsewhereTold(whereabouts: Whereabouts, alarm: Resource, id: string): Passage {
  const arn = parseArn(id);
  if (arn?.service !== "sns") return outside(`whether its action ${id} tells anybody (let it tell a topic too)`);
  const here = whereabouts.region(alarm);
  const hop = open(`topic ${id}`);
  if (here !== undefined && arn.region !== undefined && arn.region !== here)
    return inTurn(hop, inOtherRegion(arn.region, here));
  return inTurn(hop, outside(`the policy, the key and the subscribers of topic ${id}, which isn't in this stack`));
}

function throughTopic(links: Links, whereabouts: Whereabouts, alarm: Resource, topic: Resource): Passage {
  const name = given(alarm, "name");
  const source = whereabouts.arn(alarm, "cloudwatch", typeof name === "string" ? `alarm:${name}` : undefined);
  const call: ServiceCall = { service: CLOUDWATCH, account: whereabouts.account(alarm), source };
  const request = { ...call, action: "sns:Publish", resource: whereabouts.arnOf(topic) };
  return inTurn(
    open(`topic ${label(topic)}`),
    inRegion(whereabouts, alarm, topic),
    admits(links, topic, request, "any", byDefault(whereabouts, alarm, topic)),
    encrypts(links, whereabouts, topic, call, "any"),
    toldToSomeone(links, whereabouts, topic),
  );
}

/**
 * AWS's default policy of a topic admits whatever acts for the topic's own account (`AWS:SourceOwner`), alarms too.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
function byDefault(whereabouts: Whereabouts, alarm: Resource, topic: Resource): Passage {
  const same = whereabouts.sameAccount(alarm, topic);
  if (same === "yes") return open();
  if (same === "perhaps") return pending(`whether topic ${label(topic)} is in the account of ${alarmLabel(alarm)}`);
  return stopped(
    "it has no policy of its own, and AWS's default admits its own account only",
    `allow sns:Publish in a policy of topic ${label(topic)} to { Service: "${CLOUDWATCH}" }.`,
  );
}

function inRegion(whereabouts: Whereabouts, alarm: Resource, topic: Resource): Passage {
  const same = whereabouts.sameRegion(topic, alarm);
  if (same === "yes") return open();
  if (same === "perhaps") return pending(`whether topic ${label(topic)} is in the Region of ${alarmLabel(alarm)}`);
  return inOtherRegion(whereabouts.region(topic) ?? "", whereabouts.region(alarm) ?? "");
}

function inOtherRegion(there: string, here: string): Passage {
  return stopped(`it is in ${there}, and alarms act in their own Region only, ${here}`, `take a topic in ${here}.`);
}

/** Alarms on alarms: what one makes of its parts isn't followed. */
function compositesOf(links: Links, alarm: Resource): readonly Passage[] {
  const names = [alarm.props.name, alarm.props.arn].flatMap((name) =>
    typeof name === "string" && name !== "" ? [name] : [],
  );
  return links.ofTypes(COMPOSITE).flatMap((composite) => {
    const rule = given(composite, "alarmRule");
    const isMeant = rule === UNKNOWN || (typeof rule === "string" && names.some((name) => rule.includes(name)));
    const hasActions = elements(given(composite, "alarmActions")).some((each) => field({ each }, "each") !== undefined);
    return isMeant && hasActions
      ? [
          outside(
            `whether composite alarm "${composite.name}" tells of it (let ${alarmLabel(alarm)} tell a topic itself)`,
          ),
        ]
      : [];
  });
}
