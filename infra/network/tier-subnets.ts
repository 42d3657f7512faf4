import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { subnetBlock } from "./cidr-plan";
import { TIERS, type Tier } from "./tiers";
import type { Az } from "./zones";

export interface TierSubnetsArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly cidrBlock: string;
  readonly azs: readonly Az[];
}

/**
 * A subnet of every tier in every zone, and the route tables. Where the routes of all zones are the same the tier has one table;
 * `proxy` has one in each zone, because each may have a NAT gateway of its own. Subnet and table are joined by a resource of
 * their own, so that a preview names the exact pair before any id exists.
 */
export class TierSubnets extends pulumi.ComponentResource {
  public readonly azs: readonly Az[];
  private readonly subnets = new Map<Tier, aws.ec2.Subnet[]>();
  private readonly tables = new Map<Tier, aws.ec2.RouteTable[]>();

  public constructor(
    private readonly name: string,
    private readonly args: TierSubnetsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:network:TierSubnets", name, {}, opts);
    this.azs = args.azs;
    for (const tier of TIERS) {
      const subnets = args.azs.map((az) => this.subnet(tier, az));
      const tables = tier === "proxy" ? args.azs.map((az) => this.table(tier, az)) : [this.table(tier)];
      this.subnets.set(tier, subnets);
      this.tables.set(tier, tables);
      this.associate(tier, subnets, tables);
    }
    this.registerOutputs();
  }

  /** One subnet a zone, in the order of the zones. */
  public subnetsOf(tier: Tier): readonly aws.ec2.Subnet[] {
    return this.subnets.get(tier) ?? [];
  }

  /** One table for the whole tier, or one a zone, in the order of the zones. */
  public routeTablesOf(tier: Tier): readonly aws.ec2.RouteTable[] {
    return this.tables.get(tier) ?? [];
  }

  private subnet(tier: Tier, az: Az): aws.ec2.Subnet {
    const name = `${this.name}-${tier}-${az.id}`;
    return new aws.ec2.Subnet(
      name,
      {
        vpcId: this.args.vpcId,
        cidrBlock: subnetBlock(this.args.cidrBlock, tier, az.id),
        availabilityZone: az.name,
        mapPublicIpOnLaunch: false,
        tags: { Name: name, Tier: tier },
      },
      { parent: this },
    );
  }

  private table(tier: Tier, az?: Az): aws.ec2.RouteTable {
    const name = az === undefined ? `${this.name}-${tier}` : `${this.name}-${tier}-${az.id}`;
    return new aws.ec2.RouteTable(name, { vpcId: this.args.vpcId, tags: { Name: name, Tier: tier } }, { parent: this });
  }

  private associate(tier: Tier, subnets: readonly aws.ec2.Subnet[], tables: readonly aws.ec2.RouteTable[]): void {
    this.args.azs.forEach((az, index) => {
      const subnet = subnets[index];
      const table = tables[index] ?? tables[0];
      if (subnet === undefined || table === undefined) return;
      new aws.ec2.RouteTableAssociation(
        `${this.name}-${tier}-${az.id}`,
        { subnetId: subnet.id, routeTableId: table.id },
        { parent: this },
      );
    });
  }
}
