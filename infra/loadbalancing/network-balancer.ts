import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { BALANCERS, type Balancer } from "../communications";
import { balancerName } from "./balancer-name";

export interface NetworkBalancerArgs {
  readonly balancer: Balancer;
  readonly port: number;
  readonly vpcId: pulumi.Input<string>;
  /** One a zone, of the balancer's tier. */
  readonly subnetIds: pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
  /** What must be there first, such as the internet gateway. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * Idle TCP connections live for half an hour and a minute: an NLB forgets them after 350 s by default and resets what comes later.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html
 */
const IDLE_SECONDS = 1860;

/**
 * An NLB with one TCP port, made by `awsx.lb`, whose targets are machines that see the client's address. Cross-zone: a client whose
 * zone lost its target is answered from another one; the charge for traffic between zones is small against that.
 */
export class NetworkBalancer extends pulumi.ComponentResource {
  public readonly dnsName: pulumi.Output<string>;
  public readonly targetGroupArn: pulumi.Output<string>;

  public constructor(name: string, args: NetworkBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dejima:loadbalancing:NetworkBalancer", name, {}, opts);
    const { balancer, port, vpcId, subnetIds, securityGroupId, after } = args;
    const { scheme, clientAddress } = BALANCERS[balancer];
    const tags = { Name: name, Role: balancer };
    const identity = [pulumi.getProject(), pulumi.getStack(), scheme, port];
    const nlb = new awsx.lb.NetworkLoadBalancer(
      name,
      {
        name: balancerName(name, identity),
        internal: scheme === "internal",
        subnetIds,
        // One that was made without a group can never get one.
        securityGroups: [securityGroupId],
        enableCrossZoneLoadBalancing: true,
        listener: { port, protocol: "TCP", tcpIdleTimeoutSeconds: IDLE_SECONDS, tags },
        defaultTargetGroup: {
          name: balancerName(name, [...identity, "target"]),
          vpcId,
          port,
          protocol: "TCP",
          targetType: "instance",
          preserveClientIp: clientAddress === "kept" ? "true" : "false",
          deregistrationDelay: 120,
          // A target that left must not hold connections that go nowhere.
          connectionTermination: true,
          healthCheck: {
            protocol: "TCP",
            port: String(port),
            interval: 10,
            timeout: 5,
            healthyThreshold: 2,
            unhealthyThreshold: 2,
          },
          tags,
        },
        tags,
      },
      { parent: this, dependsOn: [...after] },
    );
    this.dnsName = nlb.loadBalancer.dnsName;
    this.targetGroupArn = nlb.defaultTargetGroup.arn;
    this.registerOutputs({ dnsName: this.dnsName, targetGroupArn: this.targetGroupArn });
  }
}
