import { type Input, Stack } from "../stack";
import { type Added, everything, group, type Inputs, instance, toInternet } from "./asking";

type Changes = Partial<Record<"balancer" | "listener" | "pool" | "attachment", Record<string, Input>>>;

export interface BalancedWorld {
  readonly stack: Stack;
  readonly vpc: Added;
  readonly subnets: Readonly<Record<"edgeA" | "edgeB" | "appA" | "appB", Added>>;
  readonly groups: Readonly<Record<"balancer" | "target" | "client", Added>>;
  readonly balancer: Added;
  readonly pool: Added;
}

const tcp = (port: number) => ({ protocol: "tcp", fromPort: port, toPort: port });

/** Rules of the target's group. */
export const admits = {
  everyone: { ...tcp(8443), cidrBlocks: ["0.0.0.0/0"] },
  internetAlone: { ...tcp(8443), cidrBlocks: ["8.0.0.0/8"] },
  vpcAlone: { ...tcp(8443), cidrBlocks: ["10.0.0.0/16"] },
  port: tcp(8443),
} as const;

/**
 * A load balancer in two public subnets takes tcp/443 and forwards to tcp/8443 of "server", in a private subnet without any route but the local one;
 * "client" stands in the other zone's private subnet. `rules`: what the target's group lets in, by default from the balancer's group.
 */
export function balanced(
  type: "network" | "application",
  changes: Changes = {},
  rules: readonly Input[] | "balancer" | "client" = "balancer",
): BalancedWorld {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
  const subnet = (name: string, at: number, zone: string) =>
    stack.add("aws:ec2/subnet:Subnet", name, {
      vpcId: vpc.id,
      cidrBlock: `10.0.${at}.0/24`,
      availabilityZone: `ap-northeast-1${zone}`,
    });
  const subnets = {
    edgeA: subnet("edge-a", 0, "a"),
    edgeB: subnet("edge-b", 1, "c"),
    appA: subnet("app-a", 10, "a"),
    appB: subnet("app-b", 11, "c"),
  };
  toInternet(stack, vpc, subnets.edgeA, subnets.edgeB);
  const out = { egress: [{ ...everything, cidrBlocks: ["0.0.0.0/0"] }] };
  const own = group(stack, vpc, "balancer", { ...out, ingress: [{ ...tcp(443), cidrBlocks: ["0.0.0.0/0"] }] });
  const clients = group(stack, vpc, "clients", out);
  const named = { balancer: own, client: clients };
  const target = group(stack, vpc, "target", {
    ...out,
    ingress: typeof rules === "string" ? [{ ...tcp(8443), securityGroups: [named[rules].id] }] : rules,
  });
  instance(stack, "server", subnets.appA, { vpcSecurityGroupIds: [target.id], privateIp: "10.0.10.10" });
  instance(stack, "client", subnets.appB, { vpcSecurityGroupIds: [clients.id], privateIp: "10.0.11.10" });
  const balancer = stack.add(
    "aws:lb/loadBalancer:LoadBalancer",
    "front",
    {
      loadBalancerType: type,
      internal: false,
      subnets: [subnets.edgeA.id, subnets.edgeB.id],
      securityGroups: [own.id],
      ...changes.balancer,
    },
    { arn: "arn:front" },
  );
  const pool = stack.add(
    "aws:lb/targetGroup:TargetGroup",
    "servers",
    { vpcId: vpc.id, port: 8443, protocol: type === "network" ? "TCP" : "HTTPS", ...changes.pool },
    { arn: "arn:servers" },
  );
  stack.add("aws:lb/listener:Listener", "https", {
    loadBalancerArn: balancer.of("arn"),
    port: 443,
    protocol: type === "network" ? "TCP" : "HTTPS",
    defaultActions: [{ type: "forward", targetGroupArn: pool.of("arn") }],
    ...changes.listener,
  });
  if (changes.pool?.targetType === undefined)
    stack.add("aws:lb/targetGroupAttachment:TargetGroupAttachment", "server", {
      targetGroupArn: pool.of("arn"),
      targetId: "instance-server",
      ...changes.attachment,
    });
  return { stack, vpc, subnets, groups: { balancer: own, target, client: clients }, balancer, pool };
}

/** A network ACL that lets everything through but some entries before. */
export function acl(
  stack: Stack,
  vpc: Added,
  subnet: Added,
  ingress: readonly Inputs[],
  egress: readonly Inputs[],
): void {
  const open = { ruleNo: 1000, protocol: "-1", action: "allow", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0 };
  stack.add("aws:ec2/networkAcl:NetworkAcl", "acl", {
    vpcId: vpc.id,
    subnetIds: [subnet.id],
    ingress: [...ingress, open],
    egress: [...egress, open],
  });
}
