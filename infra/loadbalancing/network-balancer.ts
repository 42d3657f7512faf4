import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { BALANCERS, type Balancer, type BalancerFacts } from "../communications";
import { balancerName } from "./balancer-name";

/** A port that the balancer listens on, which is its targets' port too. */
export interface BalancedPort {
  readonly port: number;
  /** A client's connections go to the same machine for as long as that one lives. Default: to any. */
  readonly sticky?: boolean;
}

export interface NetworkBalancerArgs {
  readonly balancer: Balancer;
  readonly ports: readonly [BalancedPort, ...BalancedPort[]];
  readonly vpcId: pulumi.Input<string>;
  /** One a zone, of the balancer's tier. */
  readonly subnetIds: pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
  /** With it nobody deletes the balancer by mistake. Default: false. */
  readonly deletionProtection?: boolean;
  /** What must be there first, such as the internet gateway. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * Idle TCP connections live for half an hour and a minute: an NLB forgets them after 350 s by default and resets what comes later.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html
 */
const IDLE_SECONDS = 1860;

/**
 * An NLB made by `awsx.lb` with TCP ports whose targets are machines that see the client's address. Cross-zone: a client whose
 * zone lost its target is answered from another one; the charge for traffic between zones is small against that.
 */
export class NetworkBalancer extends pulumi.ComponentResource {
  public readonly dnsName: pulumi.Output<string>;
  /** The hosted zone of `dnsName`, for alias records. */
  public readonly zoneId: pulumi.Output<string>;
  private readonly targetGroupArns = new Map<number, pulumi.Output<string>>();

  public constructor(
    private readonly name: string,
    private readonly args: NetworkBalancerArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:loadbalancing:NetworkBalancer", name, {}, opts);
    const [first, ...further] = args.ports;
    const nlb = this.balancer(first);
    this.targetGroupArns.set(first.port, nlb.defaultTargetGroup.arn);
    for (const balanced of further) {
      const group = this.targetGroup(balanced);
      this.listener(balanced, nlb.loadBalancer.arn, group.arn);
      this.targetGroupArns.set(balanced.port, group.arn);
    }
    this.dnsName = nlb.loadBalancer.dnsName;
    this.zoneId = nlb.loadBalancer.zoneId;
    this.registerOutputs({ dnsName: this.dnsName });
  }

  /** Throws a RangeError for a port that the balancer doesn't have. */
  public targetGroupArn(port: number): pulumi.Output<string> {
    const arn = this.targetGroupArns.get(port);
    if (arn === undefined) throw new RangeError(`${this.name} doesn't listen on port ${port}`);
    return arn;
  }

  private balancer(first: BalancedPort): awsx.lb.NetworkLoadBalancer {
    const { subnetIds, securityGroupId, deletionProtection = false, after } = this.args;
    const tags = this.tags();
    return new awsx.lb.NetworkLoadBalancer(
      this.name,
      {
        name: balancerName(this.name, this.identity(first)),
        internal: this.facts().scheme === "internal",
        subnetIds,
        // One that was made without a group can never get one.
        securityGroups: [securityGroupId],
        enableCrossZoneLoadBalancing: true,
        ...(deletionProtection ? { enableDeletionProtection: true } : {}),
        listener: { port: first.port, protocol: "TCP", tcpIdleTimeoutSeconds: IDLE_SECONDS, tags },
        defaultTargetGroup: this.targets(first),
        tags,
      },
      { parent: this, dependsOn: [...after] },
    );
  }

  private targetGroup(balanced: BalancedPort): aws.lb.TargetGroup {
    return new aws.lb.TargetGroup(`${this.name}-${balanced.port}`, this.targets(balanced), { parent: this });
  }

  private listener(
    { port }: BalancedPort,
    loadBalancerArn: pulumi.Output<string>,
    targetGroupArn: pulumi.Output<string>,
  ) {
    new aws.lb.Listener(
      `${this.name}-${port}`,
      {
        loadBalancerArn,
        port,
        protocol: "TCP",
        tcpIdleTimeoutSeconds: IDLE_SECONDS,
        defaultActions: [{ type: "forward", targetGroupArn }],
        tags: this.tags(),
      },
      { parent: this },
    );
  }

  private targets(balanced: BalancedPort) {
    const { port, sticky = false } = balanced;
    return {
      name: balancerName(this.name, [...this.identity(balanced), "target"]),
      vpcId: this.args.vpcId,
      port,
      protocol: "TCP",
      targetType: "instance",
      preserveClientIp: this.facts().clientAddress === "kept" ? "true" : "false",
      deregistrationDelay: 120,
      // A target that left must not hold connections that go nowhere.
      connectionTermination: true,
      ...(sticky ? { stickiness: { enabled: true, type: "source_ip" } } : {}),
      healthCheck: {
        protocol: "TCP",
        port: String(port),
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
      tags: this.tags(),
    };
  }

  private identity({ port }: BalancedPort): [string, string, string, number] {
    return [pulumi.getProject(), pulumi.getStack(), this.facts().scheme, port];
  }

  private facts(): BalancerFacts {
    return BALANCERS[this.args.balancer];
  }

  private tags(): { Name: string; Role: Balancer } {
    return { Name: this.name, Role: this.args.balancer };
  }
}
