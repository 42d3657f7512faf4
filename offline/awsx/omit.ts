import type { Inputs } from "@pulumi/pulumi";

/** Inputs without those that the component uses itself: what goes to the balancer as it is. */
export function omit(inputs: Inputs, ...keys: readonly string[]): Inputs {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !keys.includes(key)));
}
