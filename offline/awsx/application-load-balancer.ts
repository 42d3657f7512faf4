import * as pulumi from "@pulumi/pulumi";
import { SecurityGroup, type SecurityGroupArgs } from "@pulumi/aws/ec2/securityGroup";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import { TargetGroup, type TargetGroupArgs } from "@pulumi/aws/lb/targetGroup";

import type { Component } from "./construct";
import { chosenListeners, type ListenerChoice, type ListenerInput, makeListeners } from "./listeners";
import { withOldName } from "./old-name";
import { omit } from "./omit";
import { placement, type SubnetArgs } from "./subnets";

interface Args extends SubnetArgs, ListenerChoice {
  defaultTargetGroup?: TargetGroupArgs;
  defaultTargetGroupPort?: pulumi.Input<number>;
  securityGroups?: pulumi.Input<string[]>;
  defaultSecurityGroup?: { skip?: boolean; args?: SecurityGroupArgs; securityGroupId?: pulumi.Input<string> };
}

const USED = [
  ...["subnetIds", "subnets", "subnetMappings", "listener", "listeners"],
  ...["defaultTargetGroup", "defaultTargetGroupPort", "securityGroups", "defaultSecurityGroup"],
];

interface PortAndProtocol {
  port: pulumi.Input<number>;
  protocol: pulumi.Input<string>;
}

/** The half that isn't given follows from the other: 443 and HTTPS belong together, else it is HTTP on 80. */
function portAndProtocol({ port, protocol }: ListenerInput): PortAndProtocol {
  if (port !== undefined && protocol !== undefined) return { port, protocol } as PortAndProtocol;
  if (port !== undefined)
    return {
      port: port as pulumi.Input<number>,
      protocol: pulumi.output(port).apply((p) => (p === 443 ? "HTTPS" : "HTTP")),
    };
  if (protocol !== undefined) {
    return {
      port: pulumi.output(protocol).apply((p) => (p === "HTTPS" ? 443 : 80)),
      protocol: protocol as pulumi.Input<string>,
    };
  }
  return { port: 80, protocol: "HTTP" };
}

/** Open to the world in and out over TCP, as the real plugin makes it where no group is given. */
function openToTheWorld(vpcId: pulumi.Input<string>): SecurityGroupArgs {
  const anywhere = { cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] };
  return {
    vpcId,
    ingress: [{ fromPort: 0, toPort: 0, protocol: "-1", ...anywhere }],
    egress: [{ fromPort: 0, toPort: 65535, protocol: "tcp", ...anywhere }],
  };
}

interface Groups {
  args: pulumi.Inputs;
  made?: SecurityGroup;
}

function securityGroups(
  name: string,
  { securityGroups: given, defaultSecurityGroup }: Args,
  vpcId: pulumi.Input<string>,
  own: pulumi.CustomResourceOptions,
): Groups {
  if (given !== undefined) return { args: { securityGroups: given } };
  const { skip, args, securityGroupId } = defaultSecurityGroup ?? {};
  if (args !== undefined && securityGroupId !== undefined) {
    throw new Error("Only one of [defaultSecurityGroup] [args] or [securityGroupId] can be specified");
  }
  if (skip === true) return { args: {} };
  if (securityGroupId !== undefined) return { args: { securityGroups: [securityGroupId] } };
  const made = new SecurityGroup(name, args ?? openToTheWorld(vpcId), own);
  return { args: { securityGroups: [made.id] }, made };
}

/** What the default target group listens on: the default listener's port and protocol; nothing for a list of exactly one. */
function targetDefaults(args: Args): pulumi.Inputs {
  if (args.listener !== undefined) return portAndProtocol(args.listener);
  const [first] = args.listeners ?? [];
  if (first !== undefined) return args.listeners?.length === 1 ? {} : portAndProtocol(first);
  return { port: args.defaultTargetGroupPort ?? 80, protocol: "HTTP" };
}

/** `awsx.lb.ApplicationLoadBalancer`, as recorded from the real plugin. */
export function construct(name: string, inputs: pulumi.Inputs, options: pulumi.ComponentResourceOptions): Component {
  const args = inputs as Args;
  const resource = new pulumi.ComponentResource(
    "awsx:lb:ApplicationLoadBalancer",
    name,
    {},
    withOldName("ApplicationLoadBalancer", options),
  );
  const own = { parent: resource };
  const { args: subnetArgs, vpcId } = placement(
    args,
    "Only one of [subnets], [subnetIds] or [subnetMappings] can be specified",
    resource,
  );
  const chosen = chosenListeners(args);
  if (args.defaultTargetGroup !== undefined && args.defaultTargetGroupPort !== undefined) {
    throw new Error("Only one of `defaultTargetGroup` or `defaultTargetGroupPort` can be provided.");
  }
  const groups = securityGroups(name, args, vpcId, own);
  const loadBalancer = new LoadBalancer(
    name,
    { ...omit(inputs, ...USED), ...subnetArgs, ...groups.args, loadBalancerType: "application" },
    own,
  );
  const target = new TargetGroup(
    name,
    { vpcId, targetType: "ip", ...targetDefaults(args), ...args.defaultTargetGroup },
    own,
  );
  const defaults = (input: ListenerInput): pulumi.Inputs => ({
    ...portAndProtocol(input),
    defaultActions: [{ type: "forward", targetGroupArn: target.arn }],
  });
  const made = makeListeners(name, chosen ?? [targetDefaults(args)], loadBalancer.arn, defaults, resource);
  return {
    resource,
    outputs: {
      loadBalancer,
      defaultTargetGroup: target,
      listeners: made,
      vpcId,
      ...(groups.made === undefined ? {} : { defaultSecurityGroup: groups.made }),
    },
  };
}
