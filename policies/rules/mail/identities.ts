import type { Links } from "../../reachability/links";
import { given, type Resource, UNKNOWN, type Value } from "../../reachability/resources";
import { IDENTITY_TYPES, type Names, nameOf, namesIn, onlyName, sameName } from "./same-name";
import type { Whereabouts } from "./whereabouts";

export const V2_IDENTITY = "aws:sesv2/emailIdentity:EmailIdentity";
const FEEDBACK = "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes";

/** Whom mail is from, as SES knows it: a domain or an address. */
export interface Identity {
  /** The identity, or, where that isn't in the stack, the resource that speaks of it. */
  readonly resource: Resource;
  readonly names: Names;
  readonly label: string;
  /** Other resources of the stack that make the same identity known to SES: one in each of its two APIs. */
  readonly twins: readonly Resource[];
  /** The identity itself is in the stack. */
  readonly isOwn: boolean;
  /** SES's own mails about bounces to the sender are turned off, or may be. */
  readonly forwarding: "on" | "off" | "perhaps off";
}

/** Every identity of the stack, and those outside it whose feedback forwarding the stack sets. */
export function readIdentities(links: Links, whereabouts: Whereabouts): readonly Identity[] {
  const resources = links.ofTypes(...IDENTITY_TYPES);
  const settings = links.ofTypes(FEEDBACK).map((resource) => ({
    resource,
    names: namesIn(links, resource, "emailIdentity", IDENTITY_TYPES),
    state: stateOf(resource.props.emailForwardingEnabled),
  }));
  const isSame = (resource: Resource, names: Names) => (other: { resource: Resource; names: Names }) => {
    const isNear = whereabouts.sameRegion(resource, other.resource);
    return isNear === "no" ? "no" : sameName(names, other.names);
  };
  const own = resources.map((resource): Identity => {
    const names = nameOf(resource);
    const same = isSame(resource, names);
    const said = settings.filter((each) => same(each) !== "no").map(({ state, ...each }) => certain(same(each), state));
    const twins = resources.filter(
      (each) => each !== resource && same({ resource: each, names: nameOf(each) }) === "yes",
    );
    return { resource, names, label: labelOf(resource, names), twins, isOwn: true, forwarding: weakest(said) };
  });
  const foreign = settings
    .filter(({ resource, names, state }) => {
      const same = isSame(resource, names);
      return state !== "on" && resources.every((each) => same({ resource: each, names: nameOf(each) }) === "no");
    })
    .map(({ resource, names, state }): Identity => ({
      ...{ resource, names, label: labelOf(resource, names), twins: [], isOwn: false },
      forwarding: state,
    }));
  return [...own, ...foreign];
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutEmailIdentityFeedbackAttributes.html: what isn't said is off. */
function stateOf(value: Value): Identity["forwarding"] {
  if (value === UNKNOWN) return "perhaps off";
  return value === true || value === "true" ? "on" : "off";
}

function certain(same: "yes" | "no" | "perhaps", state: Identity["forwarding"]): Identity["forwarding"] {
  return same === "yes" || state === "on" ? state : "perhaps off";
}

function weakest(states: readonly Identity["forwarding"][]): Identity["forwarding"] {
  return (["off", "perhaps off"] as const).find((state) => states.includes(state)) ?? "on";
}

function labelOf(resource: Resource, names: Names): string {
  return onlyName(names) ?? `"${resource.name}"`;
}

/** The default configuration set of an identity, which only the second API can give it. */
export function configurationSetOf(links: Links, { resource, twins }: Identity, types: readonly string[]): Names {
  const owner = [resource, ...twins].find(({ type }) => type === V2_IDENTITY);
  if (owner === undefined) return { known: new Set(), others: false };
  return given(owner, "configurationSetName") === undefined
    ? { known: new Set(), others: false }
    : namesIn(links, owner, "configurationSetName", types);
}
