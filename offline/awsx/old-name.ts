import type { ComponentResourceOptions } from "@pulumi/pulumi";

/** The real plugin gives its load balancers this alias, in the name (where a type was meant): it shows in the state, so it is kept. */
export function withOldName(component: string, options: ComponentResourceOptions): ComponentResourceOptions {
  return { ...options, aliases: [{ name: `awsx:x:elasticloadbalancingv2:${component}` }] };
}
