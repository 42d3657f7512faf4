import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { TierSubnets } from "./tier-subnets";
import type { Az } from "./zones";

/**
 * - `per-az`: a gateway in each zone, used by that zone only; the loss of a zone takes no other's way out
 * - `regional`: one gateway that AWS itself spreads over the zones in use
 * - `single`: one gateway in the first zone; cheaper, and lost with that zone
 */
export type NatMode = "per-az" | "regional" | "single";

export interface NatArgs {
  readonly mode: NatMode;
  readonly vpcId: pulumi.Input<string>;
  readonly azs: readonly Az[];
  readonly subnets: TierSubnets;
  readonly internetGateway: aws.ec2.InternetGateway;
}

/** The NAT gateways, their Elastic IP addresses, and the default route of each route table of the tier `proxy`. */
export class Nat extends pulumi.ComponentResource {
  public constructor(
    private readonly name: string,
    private readonly args: NatArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:network:Nat", name, {}, opts);
    const gateways = this.gateways();
    args.azs.forEach((az, index) => {
      this.defaultRoute(az, index, gateways[index] ?? gateways[0]);
    });
    this.registerOutputs();
  }

  /** One a zone, or one for all. */
  private gateways(): aws.ec2.NatGateway[] {
    const { mode, azs } = this.args;
    if (mode === "regional") return [this.regional()];
    return azs.slice(0, mode === "single" ? 1 : azs.length).map((az, index) => this.zonal(az, index));
  }

  private regional(): aws.ec2.NatGateway {
    return new aws.ec2.NatGateway(
      `${this.name}-regional`,
      { availabilityMode: "regional", vpcId: this.args.vpcId, tags: { Name: `${this.name}-regional` } },
      { parent: this, dependsOn: this.args.internetGateway },
    );
  }

  private zonal(az: Az, index: number): aws.ec2.NatGateway {
    const name = `${this.name}-${az.id}`;
    const subnet = this.args.subnets.subnetsOf("edge")[index];
    if (subnet === undefined) throw new RangeError(`no subnet of edge in ${az.id}`);
    const address = new aws.ec2.Eip(name, { domain: "vpc", tags: { Name: name } }, { parent: this });
    // A gateway that stands before the way to the internet does fails: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
    return new aws.ec2.NatGateway(
      name,
      { subnetId: subnet.id, allocationId: address.allocationId, tags: { Name: name } },
      { parent: this, dependsOn: this.args.internetGateway },
    );
  }

  private defaultRoute(az: Az, index: number, gateway: aws.ec2.NatGateway | undefined): void {
    const table = this.args.subnets.routeTablesOf("proxy")[index];
    if (table === undefined || gateway === undefined) throw new RangeError(`no way out for ${az.id}`);
    new aws.ec2.Route(
      `${this.name}-${az.id}`,
      { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: gateway.id },
      { parent: this },
    );
  }
}
