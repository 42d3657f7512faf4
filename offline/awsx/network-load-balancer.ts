import * as pulumi from "@pulumi/pulumi";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import { TargetGroup, type TargetGroupArgs } from "@pulumi/aws/lb/targetGroup";

import type { Component } from "./construct";
import { chosenListeners, type ListenerChoice, makeListeners } from "./listeners";
import { withOldName } from "./old-name";
import { omit } from "./omit";
import { placement, type SubnetArgs } from "./subnets";

interface Args extends SubnetArgs, ListenerChoice {
  defaultTargetGroup?: TargetGroupArgs;
  defaultTargetGroupPort?: pulumi.Input<number>;
}

const DEFAULT_PORT = 80;
const USED = [
  "subnetIds",
  "subnets",
  "subnetMappings",
  "listener",
  "listeners",
  "defaultTargetGroup",
  "defaultTargetGroupPort",
];

/** `awsx.lb.NetworkLoadBalancer`, as recorded from the real plugin. */
export function construct(name: string, inputs: pulumi.Inputs, options: pulumi.ComponentResourceOptions): Component {
  const args = inputs as Args;
  const { defaultTargetGroup, defaultTargetGroupPort } = args;
  const resource = new pulumi.ComponentResource(
    "awsx:lb:NetworkLoadBalancer",
    name,
    {},
    withOldName("NetworkLoadBalancer", options),
  );
  const own = { parent: resource };
  const place = placement(args, "Only one of [subnets], [subnetIds] or [subnetMappings] can be specified", resource);
  const chosen = chosenListeners(args);
  if (defaultTargetGroup !== undefined && defaultTargetGroupPort !== undefined) {
    throw new Error("Only one of `defaultTargetGroup` or `defaultTargetGroupPort` can be provided.");
  }
  const loadBalancer = new LoadBalancer(
    name,
    { ...omit(inputs, ...USED), ...place.args, loadBalancerType: "network", enableHttp2: false, idleTimeout: 0 },
    own,
  );
  const group = {
    vpcId: place.vpcId,
    protocol: "TCP",
    port: defaultTargetGroupPort ?? DEFAULT_PORT,
    ...defaultTargetGroup,
  };
  const target = new TargetGroup(name, group, own);
  const defaults = {
    port: DEFAULT_PORT,
    protocol: "TCP",
    defaultActions: [{ type: "forward", targetGroupArn: target.arn }],
  };
  const made = makeListeners(name, chosen ?? [{}], loadBalancer.arn, () => defaults, resource);
  return { resource, outputs: { loadBalancer, defaultTargetGroup: target, listeners: made, vpcId: place.vpcId } };
}
