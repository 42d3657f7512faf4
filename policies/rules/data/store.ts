import type { Links } from "../../reachability/links";
import { given, label, type Resource } from "../../reachability/resources";
import { bad, type Check, good, pending, switchOf } from "../check";

/** A kind of resource that keeps data, encrypted or not. */
export interface StoreKind {
  readonly type: string;
  /** How a message calls it: "EBS volume". */
  readonly noun: string;
  readonly checks: (store: Resource, links: Links) => readonly Check[];
}

/** A store that one property turns the encryption of on. `byDefault`: what it is without the property. */
export function bySwitch(
  type: string,
  noun: string,
  property: string,
  byDefault: (store: Resource, links: Links) => Check | undefined = () => undefined,
): StoreKind {
  const checks = (store: Resource, links: Links) => {
    const state = switchOf(given(store, property));
    if (state === "on") return [good];
    if (state === "unknown") return [pending(`what its ${property} is`)];
    const unset = state === "default" ? byDefault(store, links) : undefined;
    return [unset ?? bad(notEncrypted(noun, store, property, state), `set ${property}: true`)];
  };
  return { type, noun, checks };
}

export function notEncrypted(noun: string, store: Resource, property: string, state: "off" | "default"): string {
  return `${noun} ${label(store)} isn't encrypted: ${property} ${state === "off" ? "is false" : "isn't set"}`;
}
