import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { s3Policy, type Account } from "./endpoint-policies";
import { endpointServiceName } from "./service-endpoint";
import type { TierSubnets } from "./tier-subnets";
import type { Tier } from "./tiers";

export interface GatewayEndpointArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly account: Account;
  /** The bucket that machines read their artifacts from. */
  readonly artifactsArn: pulumi.Input<string>;
  readonly subnets: TierSubnets;
  /** Whose route tables lead to S3. */
  readonly tiers: readonly Tier[];
}

/** S3 without a way out: a route to its prefix list, free of charge, in the tables of the tiers that the matrix names. */
export class GatewayEndpoint extends pulumi.ComponentResource {
  public readonly prefixListId: pulumi.Output<string>;

  public constructor(name: string, args: GatewayEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dejima:network:GatewayEndpoint", name, {}, opts);
    const endpoint = new aws.ec2.VpcEndpoint(
      name,
      {
        vpcId: args.vpcId,
        vpcEndpointType: "Gateway",
        serviceName: endpointServiceName("s3", args.account.region),
        policy: pulumi.output(args.artifactsArn).apply((artifactsArn) => s3Policy(args.account, artifactsArn)),
        tags: { Name: name },
      },
      { parent: this },
    );
    for (const tier of args.tiers) {
      args.subnets.routeTablesOf(tier).forEach((table, index, { length }) => {
        const zone = length === 1 ? "" : `-${args.subnets.azs[index]?.id ?? index}`;
        new aws.ec2.VpcEndpointRouteTableAssociation(
          `${name}-${tier}${zone}`,
          { vpcEndpointId: endpoint.id, routeTableId: table.id },
          { parent: this },
        );
      });
    }
    this.prefixListId = endpoint.prefixListId;
    this.registerOutputs({ prefixListId: this.prefixListId });
  }
}
