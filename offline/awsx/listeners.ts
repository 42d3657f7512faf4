import * as pulumi from "@pulumi/pulumi";
import { Listener, type ListenerArgs } from "@pulumi/aws/lb/listener";

/** A listener as awsx takes it: everything but the balancer, all optional. */
export type ListenerInput = Partial<Omit<ListenerArgs, "loadBalancerArn">>;

export interface ListenerChoice {
  listener?: ListenerInput;
  listeners?: ListenerInput[];
}

/** @throws Error when both are given. */
export function chosenListeners({ listener, listeners }: ListenerChoice): ListenerInput[] | undefined {
  if (listener !== undefined && listeners !== undefined) {
    throw new Error("Only one of [listener] and [listeners] can be specified");
  }
  return listeners ?? (listener === undefined ? undefined : [listener]);
}

/** One `aws.lb.Listener` each, named by its index; what isn't given comes from `defaults`. */
export function makeListeners(
  name: string,
  inputs: readonly ListenerInput[],
  loadBalancerArn: pulumi.Input<string>,
  defaults: (input: ListenerInput) => pulumi.Inputs,
  parent: pulumi.Resource,
): Listener[] {
  return inputs.map((input, index) => {
    const { defaultActions, ...rest } = { ...defaults(input), ...input } as ListenerInput;
    if (defaultActions === undefined) throw new Error(`Listener ${name}-${index} has no action`);
    return new Listener(`${name}-${index}`, { ...rest, defaultActions, loadBalancerArn }, { parent });
  });
}
