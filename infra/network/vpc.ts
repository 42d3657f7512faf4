import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Holder, InterfaceEndpoint, MatrixSettings } from "../communications";
import { ConfigurationError } from "../config/problem";
import { EmptiedDefaults } from "./emptied-defaults";
import { firewallOf } from "./firewall";
import { FlowLogs } from "./flow-logs";
import { GatewayEndpoint } from "./gateway-endpoint";
import { InterfaceEndpoints } from "./interface-endpoints";
import { Nat, type NatMode } from "./nat";
import { NetworkAcls } from "./network-acls";
import type { RegionFacts } from "./region-facts";
import { SecurityGroups } from "./security-groups";
import { TierSubnets } from "./tier-subnets";
import type { Tier } from "./tiers";
import type { Az } from "./zones";

export interface VpcArgs {
  /** A private IPv4 block from /16 to /21. */
  readonly cidrBlock: string;
  /** At least two, in the order of their ids. */
  readonly azs: readonly Az[];
  readonly nat: NatMode;
  /** What decides the rows of the communications matrix, the source of every rule. */
  readonly communications: MatrixSettings;
  readonly facts: RegionFacts;
  /** The bucket that machines read their artifacts from: the S3 endpoint leads to no other one of the account. */
  readonly artifactsArn: pulumi.Input<string>;
  readonly flowLogRetentionDays: number;
}

/**
 * A VPC with every tier in every zone, its ways out, its endpoints and its fences. The internet-facing balancers stand in
 * `edge`, the internal ones (`proxy-nlb`, `internal-mail-nlb`) in `service`: `communications.ts` says which group, which tier.
 */
export class Vpc extends pulumi.ComponentResource {
  public readonly vpcId: pulumi.Output<string>;
  public readonly cidrBlock: string;
  public readonly azs: readonly Az[];
  /** What a machine needs before it boots: ways, endpoints and rules. For `dependsOn`. */
  public readonly ready: pulumi.Resource[];
  private readonly subnets: TierSubnets;
  private readonly groups: SecurityGroups;
  private readonly endpoints: InterfaceEndpoints;

  public constructor(
    private readonly name: string,
    args: VpcArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:network:Vpc", name, {}, opts);
    const { cidrBlock, azs, facts } = args;
    mailCanLeave(azs, facts);
    const firewall = firewallOf(args.communications, cidrBlock);

    const vpc = this.network(cidrBlock);
    const vpcId = vpc.id;
    new EmptiedDefaults(`${name}-default`, vpc, { parent: this });
    new FlowLogs(`${name}-flow`, { vpcId, account: facts, retentionDays: args.flowLogRetentionDays }, { parent: this });
    const subnets = new TierSubnets(name, { vpcId, cidrBlock, azs }, { parent: this });
    const internetGateway = this.internetGateway(vpcId);
    const wayOut = this.edgeRoute(subnets, internetGateway);
    const nat = new Nat(`${name}-nat`, { mode: args.nat, vpcId, azs, subnets, internetGateway }, { parent: this });
    const s3 = new GatewayEndpoint(
      `${name}-s3`,
      { vpcId, account: facts, artifactsArn: args.artifactsArn, subnets, tiers: firewall.s3Tiers },
      { parent: this },
    );
    const groups = new SecurityGroups(
      name,
      { vpcId, rules: firewall.securityGroupRules, prefixListIds: { s3: s3.prefixListId } },
      { parent: this },
    );
    const endpoints = new InterfaceEndpoints(
      name,
      { vpcId, account: facts, subnets, groups, smtpZones: facts.smtpZones },
      { parent: this },
    );
    const acls = new NetworkAcls(name, { vpcId, subnets, entries: firewall.aclEntries }, { parent: this });

    this.vpcId = vpcId;
    this.cidrBlock = cidrBlock;
    this.azs = azs;
    this.subnets = subnets;
    this.groups = groups;
    this.endpoints = endpoints;
    this.ready = [subnets, wayOut, nat, s3, groups, endpoints, acls];
    this.registerOutputs({ vpcId, cidrBlock });
  }

  /** One a zone, in the order of `azs`. */
  public subnetIds(tier: Tier): pulumi.Output<string>[] {
    return this.subnets.subnetsOf(tier).map(({ id }) => id);
  }

  /** Throws a RangeError for a party that no row of the matrix names. */
  public securityGroupId(holder: Holder): pulumi.Output<string> {
    return this.groups.idOf(holder);
  }

  public endpointId(service: InterfaceEndpoint): pulumi.Output<string> {
    return this.endpoints.idOf(service);
  }

  private network(cidrBlock: string): aws.ec2.Vpc {
    return new aws.ec2.Vpc(
      this.name,
      // Private DNS of the endpoints needs both.
      { cidrBlock, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: this.name } },
      { parent: this },
    );
  }

  private internetGateway(vpcId: pulumi.Output<string>): aws.ec2.InternetGateway {
    return new aws.ec2.InternetGateway(this.name, { vpcId, tags: { Name: this.name } }, { parent: this });
  }

  private edgeRoute(subnets: TierSubnets, gateway: aws.ec2.InternetGateway): aws.ec2.Route {
    const [table] = subnets.routeTablesOf("edge");
    if (table === undefined) throw new RangeError("edge has no route table");
    return new aws.ec2.Route(
      `${this.name}-edge`,
      { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
      { parent: this },
    );
  }
}

/** Two zones with the endpoint at least: with one, a lost zone stops all mail that leaves. */
function mailCanLeave(azs: readonly Az[], { region, smtpZones, zones }: RegionFacts): void {
  const offering = azs.filter(({ name }) => smtpZones.includes(name));
  if (offering.length >= 2) return;
  const known = zones.filter(({ name }) => smtpZones.includes(name)).map(({ id }) => id);
  const limit =
    `SES's SMTP endpoint is offered in ${known.join(", ")} of ${region} only, so ` +
    `${offering.length === 0 ? "none" : "one"} of these zones has it, and mail must leave when a zone is lost`;
  const remedy =
    known.length >= 2
      ? `Name zones in vpcs[0].azs, at least two of these among them: ${JSON.stringify(known.slice(0, 2))}.`
      : "Choose a Region that offers it in two zones or more.";
  throw new ConfigurationError([{ path: "vpcs[0].azs", value: azs.map(({ id }) => id), limit, remedy }]);
}
