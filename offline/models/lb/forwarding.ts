/** Which target groups listeners and rules send to, and what AWS demands of them. */
import { AwsError } from "../../aws-error";
import type { OperationContext, Props } from "../../model";
import type { Thing } from "../../world";
import { isRecord, property, records, text, texts } from "../values";

export const LISTENER = "aws:lb/listener:Listener";
export const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";
export const LISTENERS = [LISTENER, LISTENER_RULE] as const;
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

/** ARNs of the target groups among actions, known ones only. */
export function targetsOf(actions: unknown): string[] {
  return records(actions).flatMap((action) => {
    const forward = action["forward"];
    const groups = isRecord(forward) ? records(forward["targetGroups"]) : [];
    return [...groups.map((group) => group["arn"]), action["targetGroupArn"]].flatMap((arn) => text(arn) ?? []);
  });
}

/** ARNs of the target groups that a listener or rule sends to. */
export function forwardsTo(thing: Thing): string[] {
  return targetsOf(property(thing, thing.type === LISTENER ? "defaultActions" : "actions"));
}

const compatible: Record<string, readonly string[]> = {
  HTTP: ["HTTP", "HTTPS"],
  HTTPS: ["HTTP", "HTTPS"],
  TCP: ["TCP", "TCP_UDP"],
  TLS: ["TCP", "TLS"],
  UDP: ["UDP", "TCP_UDP"],
  TCP_UDP: ["TCP_UDP"],
};

/** Throws what AWS refuses about the groups, and writes down in them which balancer they serve. */
export function connect(
  context: OperationContext,
  actions: unknown,
  balancer: Thing | undefined,
  protocol: string | undefined,
): void {
  const { world } = context;
  for (const arn of targetsOf(actions)) {
    const group = world.find(TARGET_GROUP, arn);
    if (group === undefined) throw new AwsError("TargetGroupNotFound", `Target groups '${arn}' not found`);
    if (balancer === undefined) continue;
    refuseMismatch(group, balancer, protocol);
    const served = texts(property(group, "loadBalancerArns"));
    if (served.some((other) => other !== balancer.id)) {
      throw new AwsError(
        "TargetGroupAssociationLimit",
        `The following target groups cannot be associated with more than one load balancer: ${arn}`,
      );
    }
    if (served.length === 0) world.patch(group, { loadBalancerArns: [balancer.id] });
  }
}

function refuseMismatch(group: Thing, balancer: Thing, protocol: string | undefined): void {
  const theirs = text(property(group, "vpcId"));
  const ours = text(property(balancer, "vpcId"));
  if (theirs !== undefined && ours !== undefined && theirs !== ours) {
    throw new AwsError(
      "InvalidConfigurationRequest",
      `The target group '${group.id}' is in a different VPC than load balancer '${balancer.id}'`,
    );
  }
  const spoken = text(property(group, "protocol"));
  const allowed = protocol === undefined ? undefined : compatible[protocol];
  if (spoken !== undefined && allowed !== undefined && !allowed.includes(spoken)) {
    throw new AwsError(
      "InvalidConfigurationRequest",
      `The protocol ${spoken} of target group '${group.id}' is incompatible with the listener's protocol ${protocol ?? ""}`,
    );
  }
}

/** Takes the balancer out of groups that nothing forwards to any more. */
export function disconnect({ world }: OperationContext, outputs: Props, key: string): void {
  for (const arn of targetsOf(outputs[key])) {
    const used = LISTENERS.some((type) => world.all(type).some((one) => forwardsTo(one).includes(arn)));
    const group = world.find(TARGET_GROUP, arn);
    if (group !== undefined && !used) world.patch(group, { loadBalancerArns: [] });
  }
}
