import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AclEntry } from "./acl-entries";
import type { TierSubnets } from "./tier-subnets";
import type { Tier } from "./tiers";

export interface NetworkAclsArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly subnets: TierSubnets;
  readonly entries: ReadonlyMap<Tier, readonly AclEntry[]>;
}

/** The coarse fence at the borders of the tiers: an ACL a tier, a resource for every entry and for every subnet it holds. */
export class NetworkAcls extends pulumi.ComponentResource {
  public constructor(
    private readonly name: string,
    private readonly args: NetworkAclsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:network:NetworkAcls", name, {}, opts);
    for (const [tier, entries] of args.entries) {
      const acl = this.acl(tier);
      for (const entry of entries) this.entry(tier, acl, entry);
      this.associate(tier, acl);
    }
    this.registerOutputs();
  }

  private acl(tier: Tier): aws.ec2.NetworkAcl {
    const name = `${this.name}-${tier}`;
    return new aws.ec2.NetworkAcl(name, { vpcId: this.args.vpcId, tags: { Name: name, Tier: tier } }, { parent: this });
  }

  private entry(tier: Tier, acl: aws.ec2.NetworkAcl, entry: AclEntry): void {
    const ports = entry.protocol === "all" ? {} : { fromPort: entry.fromPort, toPort: entry.toPort };
    new aws.ec2.NetworkAclRule(
      `${this.name}-${tier}-${entry.name}`,
      {
        networkAclId: acl.id,
        egress: entry.direction === "out",
        ruleNumber: entry.number,
        ruleAction: entry.action,
        protocol: entry.protocol === "all" ? "-1" : entry.protocol,
        cidrBlock: entry.cidr,
        ...ports,
      },
      { parent: this },
    );
  }

  private associate(tier: Tier, acl: aws.ec2.NetworkAcl): void {
    this.args.subnets.subnetsOf(tier).forEach((subnet, index) => {
      const zone = this.args.subnets.azs[index]?.id ?? String(index);
      new aws.ec2.NetworkAclAssociation(
        `${this.name}-${tier}-${zone}`,
        { networkAclId: acl.id, subnetId: subnet.id },
        { parent: this },
      );
    });
  }
}
