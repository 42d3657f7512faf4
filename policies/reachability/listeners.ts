import { type Balancer, elasticBalancerTypes } from "./balancers";
import { any, type Certainty } from "./certainty";
import { type Estimate, union } from "./estimate";
import { isExactly, type Link, type Links, mayBe } from "./links";
import { headers } from "./protocols";
import { elements, field, given, items, type Resource, UNKNOWN, type Value } from "./resources";

export const targetGroupTypes = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"] as const;
const listenerTypes = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"] as const;
const ruleTypes = ["aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule"] as const;

/** A target group that a listener forwards to, and whether it does for certain. */
export interface ForwardedGroup {
  readonly group: Resource;
  readonly certain: boolean;
}

/** What a listener does with the connections that it takes. */
export interface Actions {
  readonly groups: readonly ForwardedGroup[];
  /** Names of target groups that aren't among the resources. */
  readonly outside: readonly string[];
  /** Redirects and fixed responses: it answers itself, at least some requests. */
  readonly answers: Certainty;
}

export interface Listener extends Actions {
  readonly label: string;
  readonly resource: Resource;
  /** Protocol and port that clients dial. */
  readonly takes: Estimate;
  /** Is it the balancer's for certain? */
  readonly certain: boolean;
}

/** The IP protocol of a listener's protocol. HTTP, HTTPS and TLS run over TCP; QUIC over UDP. */
const carriers: Readonly<Record<string, readonly string[]>> = {
  HTTP: ["tcp"],
  HTTPS: ["tcp"],
  TCP: ["tcp"],
  TLS: ["tcp"],
  SSL: ["tcp"],
  UDP: ["udp"],
  TCP_UDP: ["tcp", "udp"],
  QUIC: ["udp"],
  TCP_QUIC: ["tcp", "udp"],
};

/** The listeners of an application or network load balancer, with the rules of each. */
export function listenersOf(links: Links, { party: { resource: balancer }, kind }: Balancer): readonly Listener[] {
  return links.ofTypes(...listenerTypes).flatMap((listener): Listener[] => {
    const link = links.follow(listener, "loadBalancerArn", ...elasticBalancerTypes);
    if (!mayBe(link, balancer)) return [];
    // An ALB's listeners are HTTP unless they say otherwise (provider's documentation, `protocol`).
    const protocol = given(listener, "protocol") ?? (kind === "application" ? "HTTP" : UNKNOWN);
    const port = given(listener, "port") ?? UNKNOWN;
    const rules = links.ofTypes(...ruleTypes).flatMap((rule): Actions[] => {
      const owner = links.follow(rule, "listenerArn", ...listenerTypes);
      if (!mayBe(owner, listener)) return [];
      const actions = actionsOf(links, rule, "actions");
      return [isExactly(owner, listener) ? actions : uncertain(actions)];
    });
    return [
      {
        ...together([actionsOf(links, listener, "defaultActions"), ...rules]),
        label: `listener ${wordOf(protocol)}/${typeof port === "number" || typeof port === "string" ? port : "?"}`,
        resource: listener,
        takes: takenBy(protocol, port, `protocol and port of listener "${listener.name}"`),
        certain: isExactly(link, balancer),
      },
    ];
  });
}

function wordOf(protocol: Value): string {
  return typeof protocol === "string" ? protocol.toLowerCase() : "?";
}

/** The headers that a listener of a protocol on a port takes. */
export function takenBy(protocol: Value, port: Value, unknown: string): Estimate {
  const over = typeof protocol === "string" ? carriers[protocol.toUpperCase()] : undefined;
  if (over === undefined) return headers(UNKNOWN, port, port, unknown);
  return union(...over.map((each) => headers(each, port, port, unknown)));
}

function actionsOf(links: Links, owner: Resource, property: string): Actions {
  const list = items(given(owner, property));
  const resolve = (value: Value) => links.resolve(owner, property, value, ...targetGroupTypes);
  if (list === UNKNOWN)
    return uncertain({ ...named([{ link: resolve(UNKNOWN), certain: false }]), answers: "perhaps" });
  const answers = list.map((action): Certainty => {
    const type = field(action, "type");
    if (type === UNKNOWN) return "perhaps";
    return type === "redirect" || type === "fixed-response" ? "yes" : "no";
  });
  const references = list.flatMap((action) => {
    const type = field(action, "type");
    if (type !== UNKNOWN && type !== undefined && type !== "forward") return [];
    return referencesIn(action).map(({ value, certain }) => ({
      link: resolve(value),
      certain: certain && type !== UNKNOWN,
    }));
  });
  return { ...named(references), answers: any(...answers) };
}

interface Reference {
  readonly value: Value;
  readonly certain: boolean;
}

/** The groups of a forward action: one, or several by weight; a weight of 0 gets nothing. */
function referencesIn(action: Value): readonly Reference[] {
  const one = field(action, "targetGroupArn");
  const weighted = elements(field(action, "forward")).flatMap((forward) => elements(field(forward, "targetGroups")));
  const single: readonly Reference[] = one === undefined ? [] : [{ value: one, certain: true }];
  return [
    ...single,
    ...weighted.flatMap((each): Reference[] => {
      const weight = field(each, "weight");
      const certain = each !== UNKNOWN && weight !== UNKNOWN;
      return weight === 0 ? [] : [{ value: field(each, "arn"), certain }];
    }),
  ];
}

/** References of one property share their dependencies: as many of them as candidates means each of these. */
function named(references: readonly { link: Link; certain: boolean }[]): Omit<Actions, "answers"> {
  const found = references.filter(({ link }) => !link.absent);
  const candidates = [...new Set(found.flatMap(({ link }) => link.candidates))];
  const isClosed = found.every(({ link, certain }) => certain && !link.external) && candidates.length <= found.length;
  return {
    groups: candidates.map((group) => ({
      group,
      certain: isClosed || found.some(({ link, certain }) => certain && isExactly(link, group)),
    })),
    outside: found.flatMap(({ link }) => (link.external ? [`target group ${link.id ?? "that isn't known"}`] : [])),
  };
}

function uncertain({ groups, outside, answers }: Actions): Actions {
  return {
    groups: groups.map(({ group }) => ({ group, certain: false })),
    outside,
    answers: answers === "no" ? "no" : "perhaps",
  };
}

function together(all: readonly Actions[]): Actions {
  return {
    groups: all.flatMap(({ groups }) => groups),
    outside: all.flatMap(({ outside }) => outside),
    answers: any(...all.map(({ answers }) => answers)),
  };
}
