import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { BALANCERS, type Balancer } from "../communications";
import { balancerName } from "./balancer-name";

export interface WebBalancerArgs {
  readonly vpcId: pulumi.Input<string>;
  /** One a zone, of the balancer's tier. */
  readonly subnetIds: pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
  /** Of the web's name, issued: AWS takes no other. */
  readonly certificateArn: pulumi.Input<string>;
  /** What the targets answer with 200 when they serve, such as `/healthz`. */
  readonly healthPath: string;
  /** With it nobody deletes the balancer by mistake. */
  readonly deletionProtection: boolean;
  /** What must be there first, such as the internet gateway. */
  readonly after: readonly pulumi.Resource[];
}

const BALANCER: Balancer = "web-alb";
const PORT = 443;
const PLAIN_PORT = 80;

/**
 * TLS 1.3 and 1.2 with forward secrecy only, AWS's recommendation:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/** How long a browser stays with the machine that may keep its session. */
const SESSION_SECONDS = 8 * 3600;

/**
 * The ALB of the web, made by `awsx.lb`: HTTPS from browsers and again to its targets, whatever certificate those have; plain HTTP is
 * sent to HTTPS. Targets learn the client's address from X-Forwarded-For.
 */
export class WebBalancer extends pulumi.ComponentResource {
  public readonly dnsName: pulumi.Output<string>;
  /** The hosted zone of `dnsName`, for alias records. */
  public readonly zoneId: pulumi.Output<string>;
  public readonly targetGroupArn: pulumi.Output<string>;

  public constructor(
    private readonly name: string,
    private readonly args: WebBalancerArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:loadbalancing:WebBalancer", name, {}, opts);
    const alb = this.balancer();
    this.redirect(alb.loadBalancer.arn);
    this.dnsName = alb.loadBalancer.dnsName;
    this.zoneId = alb.loadBalancer.zoneId;
    this.targetGroupArn = alb.defaultTargetGroup.arn;
    this.registerOutputs({ dnsName: this.dnsName, targetGroupArn: this.targetGroupArn });
  }

  private balancer(): awsx.lb.ApplicationLoadBalancer {
    const { subnetIds, securityGroupId, certificateArn, deletionProtection, after } = this.args;
    const tags = this.tags();
    return new awsx.lb.ApplicationLoadBalancer(
      this.name,
      {
        name: balancerName(this.name, this.identity()),
        internal: BALANCERS[BALANCER].scheme === "internal",
        subnetIds,
        // Without one awsx makes a group that is open to the world.
        securityGroups: [securityGroupId],
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        enableDeletionProtection: deletionProtection,
        listener: { port: PORT, protocol: "HTTPS", sslPolicy: SSL_POLICY, certificateArn, tags },
        defaultTargetGroup: this.targets(),
        tags,
      },
      { parent: this, dependsOn: [...after] },
    );
  }

  private targets() {
    const { vpcId, healthPath } = this.args;
    return {
      name: balancerName(this.name, [...this.identity(), "target"]),
      vpcId,
      port: PORT,
      protocol: "HTTPS",
      targetType: "instance",
      deregistrationDelay: 60,
      stickiness: { enabled: true, type: "lb_cookie", cookieDuration: SESSION_SECONDS },
      healthCheck: {
        protocol: "HTTPS",
        port: String(PORT),
        path: healthPath,
        matcher: "200",
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
      tags: this.tags(),
    };
  }

  private redirect(loadBalancerArn: pulumi.Output<string>): void {
    new aws.lb.Listener(
      `${this.name}-${PLAIN_PORT}`,
      {
        loadBalancerArn,
        port: PLAIN_PORT,
        protocol: "HTTP",
        defaultActions: [
          { type: "redirect", redirect: { protocol: "HTTPS", port: String(PORT), statusCode: "HTTP_301" } },
        ],
        tags: this.tags(),
      },
      { parent: this },
    );
  }

  private identity(): [string, string, string, number] {
    return [pulumi.getProject(), pulumi.getStack(), BALANCERS[BALANCER].scheme, PORT];
  }

  private tags(): { Name: string; Role: Balancer } {
    return { Name: this.name, Role: BALANCER };
  }
}
