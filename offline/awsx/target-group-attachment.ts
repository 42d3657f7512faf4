import * as pulumi from "@pulumi/pulumi";
import type { Instance } from "@pulumi/aws/ec2/instance";
import { getInstance } from "@pulumi/aws/ec2/getInstance";
import type { Function as Lambda } from "@pulumi/aws/lambda/function";
import { Permission } from "@pulumi/aws/lambda/permission";
import { getTargetGroup } from "@pulumi/aws/lb/getTargetGroup";
import type { TargetGroup } from "@pulumi/aws/lb/targetGroup";
import { TargetGroupAttachment } from "@pulumi/aws/lb/targetGroupAttachment";

import type { Component } from "./construct";

interface Args {
  instance?: pulumi.Input<Instance>;
  instanceId?: pulumi.Input<string>;
  lambda?: pulumi.Input<Lambda>;
  lambdaArn?: pulumi.Input<string>;
  targetGroup?: pulumi.Input<TargetGroup>;
  targetGroupArn?: pulumi.Input<string>;
}

interface Target {
  targetGroupArn: pulumi.Output<string>;
  targetType: pulumi.Output<string | undefined>;
}

function given(args: Args, ...names: (keyof Args)[]): number {
  return names.filter((name) => args[name] !== undefined).length;
}

function targetOf(args: Args, parent: pulumi.Resource): Target {
  if (given(args, "targetGroup", "targetGroupArn") !== 1) {
    throw new Error("Exactly 1 of [targetGroup] or [targetGroupArn] must be provided");
  }
  if (args.targetGroup !== undefined) {
    const group = pulumi.output(args.targetGroup);
    return { targetGroupArn: group.apply(({ arn }) => arn), targetType: group.apply(({ targetType }) => targetType) };
  }
  const arn = pulumi.output(args.targetGroupArn ?? "");
  return {
    targetGroupArn: arn,
    targetType: arn.apply(async (known) => (await getTargetGroup({ arn: known }, { parent })).targetType),
  };
}

function attachInstance(args: Args, { targetGroupArn, targetType }: Target, parent: pulumi.Resource): pulumi.Inputs {
  const instance =
    args.instance !== undefined
      ? pulumi
          .output(args.instance)
          .apply(({ id, privateIp, availabilityZone }) => pulumi.output({ id, privateIp, availabilityZone }))
      : pulumi.output(args.instanceId ?? "").apply(async (instanceId) => {
          const { id, privateIp, availabilityZone } = await getInstance({ instanceId }, { parent });
          return { id, privateIp, availabilityZone };
        });
  return {
    targetGroupArn,
    availabilityZone: instance.apply(({ availabilityZone }) => availabilityZone),
    targetId: pulumi.all([instance, targetType]).apply(([{ id, privateIp }, type]) => (type === "ip" ? privateIp : id)),
  };
}

/** `awsx.lb.TargetGroupAttachment`, as recorded from the real plugin: an instance, its address, or a function. */
export function construct(name: string, inputs: pulumi.Inputs, options: pulumi.ComponentResourceOptions): Component {
  const args = inputs as Args;
  const resource = new pulumi.ComponentResource("awsx:lb:TargetGroupAttachment", name, {}, options);
  const own = { parent: resource };
  const target = targetOf(args, resource);
  if (given(args, "instance", "instanceId", "lambda", "lambdaArn") !== 1) {
    throw new Error("Exactly 1 of [instance], [instanceId], [lambda] or [lambdaArn] must be provided.");
  }
  if (given(args, "instance", "instanceId") === 1) {
    const attached = new TargetGroupAttachment(
      name,
      attachInstance(args, target, resource) as Required<AttachmentArgs>,
      own,
    );
    return { resource, outputs: { targetGroupAttachment: attached } };
  }
  const functionArn =
    args.lambda === undefined
      ? pulumi.output(args.lambdaArn ?? "")
      : pulumi.output(args.lambda).apply(({ arn }) => arn);
  const permission = new Permission(
    name,
    {
      action: "lambda:InvokeFunction",
      function: functionArn,
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: target.targetGroupArn,
    },
    own,
  );
  const attachment = new TargetGroupAttachment(
    name,
    { targetGroupArn: target.targetGroupArn, targetId: functionArn },
    { ...own, dependsOn: [permission] },
  );
  return { resource, outputs: { targetGroupAttachment: attachment, lambdaPermission: permission } };
}

interface AttachmentArgs {
  targetGroupArn: pulumi.Input<string>;
  targetId: pulumi.Input<string>;
  availabilityZone: pulumi.Input<string>;
}
