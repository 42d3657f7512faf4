import type { Links } from "../../reachability/links";
import { given, label, type Resource } from "../../reachability/resources";
import { bad, type Check, good, pending, switchOf } from "../check";

/** What is asked of a store. */
export interface Asked {
  readonly backupDays: number;
  readonly versions: boolean;
  /** That deleting it doesn't take the data along. */
  readonly deletion: boolean;
}

/** A kind of resource that keeps data which can be lost by mistake. */
export interface ProtectedKind {
  readonly type: string;
  /** How a message calls it: "database". */
  readonly noun: string;
  /** None: nothing is asked of it. */
  readonly checks: (store: Resource, links: Links, asked: Asked) => readonly Check[];
}

/** A switch that has to be on. */
export function isOn(noun: string, store: Resource, property: string, otherwise: string): Check {
  const state = switchOf(given(store, property));
  if (state === "on") return good;
  if (state === "unknown") return pending(`what its ${property} is`);
  const now = state === "off" ? "is false" : "isn't set";
  return bad(`${noun} ${label(store)} ${otherwise}: ${property} ${now}`, `set ${property}: true`);
}

/** A switch that must not be on. */
export function isOff(noun: string, store: Resource, property: string, otherwise: string): Check {
  const state = switchOf(given(store, property));
  if (state === "unknown") return pending(`what its ${property} is`);
  if (state !== "on") return good;
  return bad(`${noun} ${label(store)} ${otherwise}: ${property} is true`, `set ${property}: false`);
}
