import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { readAccounts, type AccountsAccess } from "../database/accounts-access";
import { architectureOf } from "../instances/architecture";
import type { ArtifactStore, Published } from "../instances/artifact-store";
import { machine, type RolePart } from "../instances/base-machine";
import { renderCloudConfig } from "../instances/cloud-config";
import { InstanceGroup } from "../instances/instance-group";
import type { MachineSettings } from "../instances/machine-settings";
import type { Statement } from "../instances/permissions";
import type { Az } from "../network/zones";
import type { Vpc } from "../network/vpc";
import type { Proxy } from "../proxy/proxy";
import { mailTlsStatement, type TlsSource } from "../tls/mail-tls";
import { DRAIN_HOOK, DRAIN_SECONDS } from "./drain";
import { HeldMailAlarm } from "./held-mail-alarm";
import { relayMachine, type RelayMachineArgs } from "./relay-machine";
import { FIND_SPOOL, handOver, ownMachines, ownSpools, sesLogin } from "./relay-permissions";
import { SPOOL_TAG } from "./spool";

/** The mailboxes' port for LMTP. */
const LMTP_PORT = 24;

export interface RelayArgs extends MachineSettings {
  readonly vpc: Pick<Vpc, "cidrBlock" | "azs" | "ready" | "subnetIds" | "securityGroupId">;
  readonly proxy: Proxy;
  readonly artifacts: ArtifactStore;
  readonly instanceType: string;
  /** Room for each zone's queue. It may grow later; AWS makes no volume smaller. */
  readonly spoolGiB: number;
  /** The name of the MX record and of the certificate. */
  readonly hostname: string;
  /** An account or alias of a served domain: it gets what can't be returned, and what no account of postmaster or abuse takes. */
  readonly postmaster: string;
  readonly accounts: pulumi.Input<AccountsAccess>;
  /** SES's identity, whom mail is from: a domain, or one address. */
  readonly sender: string;
  /** Where mail leaves to. */
  readonly smtp: { readonly host: string; readonly port: number };
  /** A secret with JSON `{"username","password"}`. */
  readonly smtpSecretArn: pulumi.Input<string>;
  readonly tls: pulumi.Input<TlsSource>;
  /** The balancer before the mailboxes. */
  readonly mailStoreHost: pulumi.Input<string>;
  /** Of 25, 465 and 587, in front of all zones' machines. */
  readonly targetGroupArns: pulumi.Input<string>[];
  /** Where people are told that SES refuses mail; its key admits CloudWatch. */
  readonly alarmTopicArn: pulumi.Input<string>;
  /** What else must be there before a machine boots, such as the values of its secrets. */
  readonly bootsAfter: readonly pulumi.Resource[];
}

/**
 * Postfix, one machine a zone, each with a queue that outlives it (M2, M3). A machine lost, another one of its zone takes the queue over;
 * a zone lost, the others take the mail, and the zone's queue waits for it. One group holds them all, so that a change exchanges one
 * machine after the other; it starts none in another zone than its own.
 *
 * A stack that is destroyed leaves a snapshot of every queue, so that mail that still waited isn't lost: to send it, make a volume of the
 * snapshot in a zone of another stack, with the tags of that one's; to be rid of it, delete the snapshot.
 */
export class Relay extends pulumi.ComponentResource {
  private readonly identity: string;

  public constructor(
    private readonly name: string,
    private readonly args: RelayArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:relay:Relay", name, {}, opts);
    this.identity = `${pulumi.getProject()}-${pulumi.getStack()}-${name}`;
    const part = this.part();
    const published = this.publish(part);
    const spools = args.vpc.azs.map((az) => this.spool(az));
    const { logGroupName } = this.machines(spools, part, published);
    new HeldMailAlarm(
      `${name}-held-mail`,
      { identity: this.identity, logGroupName, topicArn: args.alarmTopicArn },
      { parent: this },
    );
    this.registerOutputs();
  }

  private machines(
    spools: readonly aws.ebs.Volume[],
    part: pulumi.Output<RolePart>,
    published: Published,
  ): InstanceGroup {
    const { vpc, proxy, instanceType, targetGroupArns, bootsAfter } = this.args;
    return new InstanceGroup(
      this.name,
      {
        role: "relay",
        instanceType,
        min: spools.length,
        desired: spools.length,
        machines: this.args,
        subnetIds: vpc.subnetIds("dmz"),
        securityGroupId: vpc.securityGroupId("relay"),
        targetGroupArns,
        userData: (logGroup) => this.userData(part, logGroup, published),
        statements: [...this.statements(spools), ...published.statements],
        bootsAfter: [...vpc.ready, ...bootsAfter, proxy, ...spools, ...published.objects],
        handover: { groupName: this.identity, hookName: DRAIN_HOOK, seconds: DRAIN_SECONDS },
      },
      { parent: this },
    );
  }

  private spool(az: Az): aws.ebs.Volume {
    const name = `${this.name}-spool-${az.id}`;
    return new aws.ebs.Volume(
      name,
      {
        availabilityZone: az.name,
        size: this.args.spoolGiB,
        type: "gp3",
        encrypted: true,
        finalSnapshot: true,
        tags: { Name: name, [SPOOL_TAG]: this.identity },
      },
      { parent: this },
    );
  }

  /** What is known from the beginning; the rest is known when balancers, database and secrets are there. */
  private known(): Omit<RelayMachineArgs, "mailStore" | "proxyUrl" | "tls" | "accounts" | "smtpSecretArn"> {
    const { hostname, postmaster, sender, smtp, region, vpc } = this.args;
    return { hostname, postmaster, sender, smtp, region, vpcCidr: vpc.cidrBlock, identity: this.identity };
  }

  private part(): pulumi.Output<RolePart> {
    const { mailStoreHost, proxy, tls, accounts, smtpSecretArn } = this.args;
    const known = this.known();
    return pulumi
      .all([mailStoreHost, proxy.url, tls, accounts, smtpSecretArn])
      .apply(([host, proxyUrl, source, access, secretArn]) =>
        relayMachine({
          ...known,
          mailStore: { host, port: LMTP_PORT },
          proxyUrl,
          tls: source,
          accounts: access,
          smtpSecretArn: secretArn,
        }),
      );
  }

  /** Every zone's machines have the same files; which ones, nothing decides that comes later. */
  private publish(part: pulumi.Output<RolePart>): Published {
    const { region, artifacts } = this.args;
    const blank = relayMachine({
      ...this.known(),
      mailStore: { host: "", port: LMTP_PORT },
      proxyUrl: "",
      tls: { kind: "secret", secretArn: "" },
      accounts: { region, host: "", port: 0, database: "dejima", user: "dejima_accounts", secretArn: "" },
      smtpSecretArn: "",
    });
    const files = blank.artifacts.map(({ path }) => ({
      path,
      content: part.apply(({ artifacts: all = [] }) => all.find((file) => file.path === path)?.content ?? ""),
    }));
    return artifacts.publish(this.name, files, { parent: this });
  }

  private userData(
    part: pulumi.Output<RolePart>,
    logs: pulumi.Output<string>,
    { source }: Published,
  ): pulumi.Output<string> {
    const { region, partition, instanceType, proxy } = this.args;
    const architecture = architectureOf(instanceType);
    return pulumi
      .all([part, logs, proxy.url, source])
      .apply(([role, logGroup, proxyUrl, artifactSource]) =>
        renderCloudConfig(machine({ region, partition, architecture, logGroup, proxyUrl, artifactSource }, role)),
      );
  }

  private statements(spools: readonly aws.ebs.Volume[]): pulumi.Input<Statement>[] {
    const { tls, accounts, smtpSecretArn } = this.args;
    const volumes = pulumi.all(spools.map(({ arn }) => arn));
    return [
      FIND_SPOOL,
      volumes.apply((arns) => ownSpools(arns, this.identity)),
      volumes.apply(([arn]) => ownMachines(arn ?? "", this.name)),
      volumes.apply(([arn]) => handOver(arn ?? "", this.identity)),
      pulumi.output(smtpSecretArn).apply(sesLogin),
      pulumi.output(accounts).apply(({ secretArn }) => readAccounts(secretArn)),
      pulumi.output(tls).apply(mailTlsStatement),
    ];
  }
}
