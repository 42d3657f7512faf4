import * as pulumi from "@pulumi/pulumi";
import type { Vpc } from "../network/vpc";
import { NetworkBalancer } from "./network-balancer";

export interface MailBalancersArgs {
  readonly vpc: Pick<Vpc, "vpcId" | "ready" | "subnetIds" | "securityGroupId">;
  /** With it nobody deletes the way in by mistake; its addresses would be gone. */
  readonly deletionProtection: boolean;
}

const RELAY_PORTS = [25, 465, 587];
const MAILBOX_PORTS = [993, 995];

/**
 * The ways to the mail servers: from the internet (`mail-nlb`), and inside for delivery and webmail (`internal-mail-nlb`). A mailbox
 * client stays on one server: each keeps indexes of its own.
 */
export class MailBalancers extends pulumi.ComponentResource {
  public readonly internetFacing: NetworkBalancer;
  public readonly internal: NetworkBalancer;
  /** Where relays serve. */
  public readonly relayTargets: pulumi.Output<string>[];
  /** Where mailbox servers serve. */
  public readonly mailboxTargets: pulumi.Output<string>[];

  public constructor(name: string, args: MailBalancersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dejima:loadbalancing:MailBalancers", name, {}, opts);
    const { vpc, deletionProtection } = args;
    const sticky = (port: number) => ({ port, sticky: true });
    this.internetFacing = new NetworkBalancer(
      name,
      {
        balancer: "mail-nlb",
        ports: [{ port: 25 }, { port: 465 }, { port: 587 }, sticky(993), sticky(995)],
        vpcId: vpc.vpcId,
        subnetIds: vpc.subnetIds("edge"),
        securityGroupId: vpc.securityGroupId("mail-nlb"),
        deletionProtection,
        after: vpc.ready,
      },
      { parent: this },
    );
    this.internal = new NetworkBalancer(
      `${name}-internal`,
      {
        balancer: "internal-mail-nlb",
        ports: [{ port: 24 }, { port: 587 }, sticky(993)],
        vpcId: vpc.vpcId,
        subnetIds: vpc.subnetIds("service"),
        securityGroupId: vpc.securityGroupId("internal-mail-nlb"),
        after: [],
      },
      { parent: this },
    );
    this.relayTargets = [
      ...RELAY_PORTS.map((port) => this.internetFacing.targetGroupArn(port)),
      this.internal.targetGroupArn(587),
    ];
    this.mailboxTargets = [
      ...MAILBOX_PORTS.map((port) => this.internetFacing.targetGroupArn(port)),
      ...[24, 993].map((port) => this.internal.targetGroupArn(port)),
    ];
    this.registerOutputs({ dnsName: this.internetFacing.dnsName, internalDnsName: this.internal.dnsName });
  }
}
