import { all, type Certainty } from "../../reachability/certainty";
import type { Link, Links } from "../../reachability/links";
import { elements, field, given, type Resource, UNKNOWN, type Value } from "../../reachability/resources";
import type { Arn } from "./arns";
import { configurationSetOf, type Identity } from "./identities";
import { inTurn, open, outside, type Passage, pending, stopped } from "./passage";
import { CONFIGURATION_SET_TYPES, IDENTITY_TYPES, type Names, nameOf, namesIn, onlyName, sameName } from "./same-name";
import { TOPIC, type Whereabouts } from "./whereabouts";

export const MUST_BE_HEARD = ["bounce", "complaint"] as const;
export type MailEvent = (typeof MUST_BE_HEARD)[number];

/** A way on which SES tells of an event: what it is, whether the event takes it, and the topic at its end. */
export interface Channel {
  /** How a person would name it. */
  readonly label: string;
  readonly passage: Passage;
  readonly topic: Link;
  /** Where the message says what it is about. https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
  readonly field: "eventType" | "notificationType";
  /** For what SES says it publishes (`aws:SourceArn`). */
  readonly source: Arn;
}

const V1_DESTINATION = "aws:ses/eventDestination:EventDestination";
const V2_DESTINATION = "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination";
const IDENTITY_TOPIC = "aws:ses/identityNotificationTopic:IdentityNotificationTopic";

/** The topics that an identity has for an event (`aws.ses.IdentityNotificationTopic`). */
export function identityTopics(
  links: Links,
  whereabouts: Whereabouts,
  identity: Identity,
  event: MailEvent,
): readonly Channel[] {
  return links.ofTypes(IDENTITY_TOPIC).flatMap((resource): Channel[] => {
    const kind = resource.props.notificationType;
    const isOfEvent: Certainty =
      typeof kind === "string" ? yesIf(kind.toLowerCase() === event) : kind === UNKNOWN ? "perhaps" : "no";
    const isOfIdentity = all(
      sameName(namesIn(links, resource, "identity", IDENTITY_TYPES), identity.names),
      whereabouts.sameRegion(resource, identity.resource),
    );
    const topic = links.follow(resource, "topicArn", TOPIC);
    if (topic.absent || isOfEvent === "no" || isOfIdentity === "no") return [];
    const where = `notification topic "${resource.name}"`;
    const passage = inTurn(
      open(where),
      unless(isOfIdentity, pending(`to which identity ${where} belongs`)),
      unless(isOfEvent, pending(`of what ${where} tells`)),
    );
    const source = whereabouts.arn(identity.resource, "ses", sourceName("identity", identity.names));
    return [{ label: where, passage, topic, field: "notificationType", source }];
  });
}

/** The event destinations of an identity's default configuration set; with none, why there is none. */
export function eventDestinations(
  links: Links,
  whereabouts: Whereabouts,
  identity: Identity,
  event: MailEvent,
): { readonly channels: readonly Channel[]; readonly none: Passage } {
  const set = configurationSetOf(links, identity, CONFIGURATION_SET_TYPES);
  const ofSet = links.ofTypes(V1_DESTINATION, V2_DESTINATION).flatMap((resource) => {
    const names = namesIn(links, resource, "configurationSetName", CONFIGURATION_SET_TYPES);
    const isOfSet = all(sameName(names, set), whereabouts.sameRegion(resource, identity.resource));
    return isOfSet === "no" ? [] : [{ resource, isOfSet }];
  });
  const source = whereabouts.arn(identity.resource, "ses", sourceName("configuration-set", set));
  const way = inTurn(...[...set.known].map((name) => open(`configuration set ${name}`)));
  const others = ofSet.filter(({ resource }) => tells(resource, event) === "no");
  const channels = ofSet
    .filter((each) => !others.includes(each))
    .map(({ resource, isOfSet }) => {
      const channel = destination(links, resource, isOfSet, event, source);
      return { ...channel, passage: inTurn(way, channel.passage) };
    });
  const none = withoutDestination(
    links,
    whereabouts,
    identity,
    set,
    event,
    others.map(({ resource }) => resource),
  );
  return { channels, none };
}

/** What a destination is set to; the second API has it all in one property. */
function settingOf(resource: Resource, key: string): Value {
  return resource.type === V2_DESTINATION ? field(resource.props.eventDestination, key) : given(resource, key);
}

function typesOf(resource: Resource): readonly Value[] {
  return elements(settingOf(resource, resource.type === V2_DESTINATION ? "matchingEventTypes" : "matchingTypes"));
}

function tells(resource: Resource, event: MailEvent): Certainty {
  const types = typesOf(resource);
  if (types.some((each) => typeof each === "string" && each.toLowerCase() === event)) return "yes";
  return types.includes(UNKNOWN) ? "perhaps" : "no";
}

function destination(links: Links, resource: Resource, isOfSet: Certainty, event: MailEvent, source: Arn): Channel {
  const where = `event destination "${resource.name}"`;
  const enabled = settingOf(resource, "enabled");
  const sns = settingOf(resource, "snsDestination");
  const topicArn = sns === undefined ? undefined : (field(sns, "topicArn") ?? UNKNOWN);
  const property = resource.type === V2_DESTINATION ? "eventDestination" : "snsDestination";
  const topic = links.resolve(resource, property, topicArn, TOPIC);
  const passage = inTurn(
    open(where),
    unless(isOfSet, pending(`to which configuration set ${where} belongs`)),
    enabled === UNKNOWN
      ? pending(`whether ${where} is enabled`)
      : enabled === true || enabled === "true"
        ? open()
        : stopped("it is disabled", `set \`enabled: true\` on ${where}.`),
    unless(tells(resource, event), pending(`of what ${where} tells`)),
    sns === undefined ? notToTopic(resource, where, event) : open(),
  );
  return { label: where, passage, topic, field: "eventType", source };
}

/** Metrics count, and tell nobody; where streams and buses lead isn't followed. */
function notToTopic(resource: Resource, where: string, event: MailEvent): Passage {
  const streams = ["eventBridgeDestination", "kinesisFirehoseDestination", "kinesisDestination", "pinpointDestination"];
  const stream = streams.find((key) => settingOf(resource, key) !== undefined);
  return stream === undefined
    ? stopped("it tells no topic", `give ${where} an \`snsDestination\`.`)
    : outside(`whether what ${where} tells its ${stream} is kept (tell a topic of each ${event} too)`);
}

function withoutDestination(
  links: Links,
  whereabouts: Whereabouts,
  identity: Identity,
  set: Names,
  event: MailEvent,
  others: readonly Resource[],
): Passage {
  if (!identity.isOwn)
    return outside(`what SES tells of ${identity.label}, since neither it nor its topics are in this stack`);
  const remedy = `a topic (aws.ses.IdentityNotificationTopic) for ${event}s`;
  if (set.known.size === 0 && !set.others) {
    return stopped(
      `it has neither ${remedy} nor a default configuration set`,
      `give it a \`configurationSetName\` whose event destination tells a topic of ${event}s, or ${remedy}.`,
    );
  }
  const name = onlyName(set);
  if (name === undefined) return pending(`which default configuration set ${identity.label} has`);
  const sets = links.ofTypes(...CONFIGURATION_SET_TYPES).map((resource) => ({
    resource,
    is: all(sameName(nameOf(resource), set), whereabouts.sameRegion(resource, identity.resource)),
  }));
  const hop = open(`configuration set ${name}`);
  if (!sets.some(({ is }) => is === "yes"))
    return inTurn(hop, outside(`what configuration set ${name} tells, which isn't in this stack`));
  const told = others.map((each) => `"${each.name}" of ${typesOf(each).map(String).join(", ")}`);
  const why =
    told.length === 0
      ? "it has no event destination in this stack"
      : `none of its event destinations tells of ${event}s: ${told.join("; ")}`;
  return inTurn(hop, stopped(why, `add an enabled event destination for ${event}s that tells a topic.`));
}

function sourceName(kind: "identity" | "configuration-set", names: Names): string | undefined {
  const name = onlyName(names);
  return name === undefined ? undefined : `${kind}/${name}`;
}

function unless(answer: Certainty, doubt: Passage): Passage {
  return answer === "yes" ? open() : doubt;
}

function yesIf(condition: boolean): Certainty {
  return condition ? "yes" : "no";
}
