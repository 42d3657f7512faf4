import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { GatewayEndpoint, Holder } from "../communications";
import type { Peer, SecurityGroupRule } from "./security-group-rules";

export interface SecurityGroupsArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly rules: readonly SecurityGroupRule[];
  readonly prefixListIds: Readonly<Record<GatewayEndpoint, pulumi.Input<string>>>;
}

/** The exact fence: a group for every party that has rules, and a resource for every rule, so that each link is exact in a preview. */
export class SecurityGroups extends pulumi.ComponentResource {
  private readonly groups: ReadonlyMap<Holder, aws.ec2.SecurityGroup>;

  public constructor(
    private readonly name: string,
    private readonly args: SecurityGroupsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:network:SecurityGroups", name, {}, opts);
    const holders = [...new Set(args.rules.map(({ holder }) => holder))].sort();
    this.groups = new Map(holders.map((holder) => [holder, this.group(holder)]));
    for (const rule of args.rules) this.rule(rule);
    this.registerOutputs();
  }

  /** Throws a RangeError for a party that no row of the matrix names. */
  public idOf(holder: Holder): pulumi.Output<string> {
    const group = this.groups.get(holder);
    if (group === undefined) throw new RangeError(`the communications matrix has no row for ${holder}`);
    return group.id;
  }

  private group(holder: Holder): aws.ec2.SecurityGroup {
    const name = `${this.name}-${holder}`;
    return new aws.ec2.SecurityGroup(
      name,
      {
        vpcId: this.args.vpcId,
        description: `What the communications matrix allows ${holder}`,
        tags: { Name: name, Role: holder },
      },
      { parent: this },
    );
  }

  private rule(rule: SecurityGroupRule): void {
    const name = `${this.name}-${rule.name}`;
    const args = {
      securityGroupId: this.idOf(rule.holder),
      ipProtocol: rule.protocol,
      fromPort: rule.port,
      toPort: rule.port,
      description: rule.description,
      ...this.peer(rule.peer),
      tags: { Name: name },
    };
    if (rule.direction === "in") new aws.vpc.SecurityGroupIngressRule(name, args, { parent: this });
    else new aws.vpc.SecurityGroupEgressRule(name, args, { parent: this });
  }

  private peer(peer: Peer) {
    if (peer.kind === "group") return { referencedSecurityGroupId: this.idOf(peer.holder) };
    if (peer.kind === "cidr") return { cidrIpv4: peer.cidr };
    return { prefixListId: this.args.prefixListIds[peer.endpoint] };
  }
}
