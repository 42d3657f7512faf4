import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { matrix, type MatrixSettings } from "../communications";
import type { Database } from "../database/database";
import {
  ADMINISTRATION,
  maintenanceArtifacts,
  maintenanceTools,
  type DatabaseAdministration,
} from "../database/maintenance-tools";
import { architectureOf } from "../instances/architecture";
import type { ArtifactStore, Published } from "../instances/artifact-store";
import { machine } from "../instances/base-machine";
import { renderCloudConfig } from "../instances/cloud-config";
import { InstanceGroup } from "../instances/instance-group";
import type { MachineSettings } from "../instances/machine-settings";
import { joinParts } from "../instances/join-parts";
import { keepSecret } from "../instances/permissions";
import { NetworkBalancer } from "../loadbalancing/network-balancer";
import type { Vpc } from "../network/vpc";
import type { Proxy } from "../proxy/proxy";
import { bastionMachine } from "./bastion-machine";

export interface BastionArgs extends MachineSettings {
  readonly vpc: Pick<Vpc, "vpcId" | "ready" | "subnetIds" | "securityGroupId">;
  readonly proxy: Proxy;
  readonly sizes: { readonly instanceType: string; readonly min: number; readonly desired: number };
  readonly communications: MatrixSettings;
  readonly artifacts: ArtifactStore;
  /** Which only counts during maintenance: at any other time a bastion knows neither its place nor its passwords. */
  readonly database: Pick<Database, "administration">;
}

interface Maintenance {
  readonly artifactSource: string;
  readonly administration: DatabaseAdministration;
}

/**
 * Bastions in every zone behind an NLB (M12): one lost, the next connection lands on another, with the same host key. In by SSH from the
 * operators' addresses, or by Session Manager from anywhere with IAM's leave.
 */
export class Bastion extends pulumi.ComponentResource {
  /** Where operators connect to, port 22. */
  public readonly address: pulumi.Output<string>;

  public constructor(
    private readonly name: string,
    private readonly args: BastionArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:bastion:Bastion", name, {}, opts);
    const { vpc, proxy } = args;
    const { maintenance } = args.communications;
    const files = maintenance ? maintenanceArtifacts(args.region) : [];
    const published = args.artifacts.publish(name, files, { parent: this });
    const administration = maintenance ? ADMINISTRATION.map((grant) => args.database.administration.apply(grant)) : [];
    const hostKey = this.hostKeySecret();
    const balancer = new NetworkBalancer(
      name,
      {
        balancer: "bastion-nlb",
        ports: [{ port: 22 }],
        vpcId: vpc.vpcId,
        subnetIds: vpc.subnetIds("edge"),
        securityGroupId: vpc.securityGroupId("bastion-nlb"),
        // AWS makes no internet-facing balancer before the internet gateway.
        after: vpc.ready,
      },
      { parent: this },
    );
    new InstanceGroup(
      name,
      {
        role: "bastion",
        ...args.sizes,
        machines: args,
        subnetIds: vpc.subnetIds("dmz"),
        securityGroupId: vpc.securityGroupId("bastion"),
        targetGroupArns: [balancer.targetGroupArn(22)],
        userData: (logGroup) => this.userData(hostKey.arn, logGroup, published),
        statements: [hostKey.arn.apply(keepSecret), ...published.statements, ...administration],
        bootsAfter: [...vpc.ready, proxy, balancer, ...published.objects],
      },
      { parent: this },
    );
    this.address = balancer.dnsName;
    this.registerOutputs({ address: this.address });
  }

  /** Empty at first: the first bastion makes the key, so that it's never in the state. */
  private hostKeySecret(): aws.secretsmanager.Secret {
    return new aws.secretsmanager.Secret(
      `${this.name}-host-key`,
      { description: "SSH host key of the bastions", tags: { Name: `${this.name}-host-key` } },
      { parent: this },
    );
  }

  /** Only during maintenance: what the database's tools need on a bastion. */
  private maintenance(published: Published): pulumi.Output<Maintenance | undefined> {
    const { communications, database } = this.args;
    if (!communications.maintenance) return pulumi.output(undefined);
    return pulumi
      .all([published.source, database.administration])
      .apply(([artifactSource, administration]) => ({ artifactSource, administration }));
  }

  private userData(
    secretArn: pulumi.Output<string>,
    logs: pulumi.Output<string>,
    published: Published,
  ): pulumi.Output<string> {
    const { region, partition, sizes, communications, proxy } = this.args;
    const architecture = architectureOf(sizes.instanceType);
    const forwardPorts = matrix(communications)
      .filter(({ from, to, via }) => from === "bastion" && via === undefined && to !== "s3")
      .flatMap(({ ports }) => ports)
      .filter((port, index, all) => port !== 443 && all.indexOf(port) === index);
    return pulumi
      .all([secretArn, logs, proxy.url, this.maintenance(published)])
      .apply(([hostKeySecretArn, logGroup, proxyUrl, maintenance]) => {
        const base = { region, partition, architecture, logGroup, proxyUrl };
        const bastion = bastionMachine({ region, hostKeySecretArn, forwardPorts });
        if (maintenance === undefined) return renderCloudConfig(machine(base, bastion));
        const { artifactSource, administration } = maintenance;
        const part = joinParts(bastion, maintenanceTools(administration));
        return renderCloudConfig(machine({ ...base, artifactSource }, part));
      });
  }
}
