import * as pulumi from "@pulumi/pulumi";
import { readAccounts, type AccountsAccess } from "../database/accounts-access";
import { architectureOf } from "../instances/architecture";
import type { Published } from "../instances/artifact-store";
import { machine } from "../instances/base-machine";
import { renderCloudConfig } from "../instances/cloud-config";
import { InstanceGroup } from "../instances/instance-group";
import type { MachineGroupArgs } from "../instances/machine-group-args";
import { tierBlock } from "../network/cidr-plan";
import { mailTlsStatement, type TlsSource } from "../tls/mail-tls";
import type { MailStore } from "./mail-store";
import { mailboxArtifacts, mailboxMachine, type MailboxSettings } from "./mailbox-machine";

export interface MailboxArgs extends MachineGroupArgs {
  /** What the servers call themselves; a name in their certificate. */
  readonly hostname: string;
  readonly postmaster: string;
  readonly accounts: pulumi.Input<AccountsAccess>;
  readonly tls: pulumi.Input<TlsSource>;
  readonly mailStore: MailStore;
  /** Of ports 24, 993 and 995. */
  readonly targetGroupArns: pulumi.Input<string>[];
}

/**
 * The servers that users' mail is delivered to and read from (M2), in every zone, all on one mail store. Any of them serves any user; a
 * user stays with one by the load balancers' doing, so that what it keeps about the mail on its own disk is of use.
 */
export class Mailbox extends pulumi.ComponentResource {
  public constructor(
    name: string,
    private readonly args: MailboxArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:mailbox:Mailbox", name, {}, opts);
    const { vpc, proxy, artifacts, mailStore, sizes, accounts, tls, bootsAfter } = args;
    const published = artifacts.publish(name, mailboxArtifacts(this.settings()), { parent: this });
    new InstanceGroup(
      name,
      {
        role: "mailbox",
        ...sizes,
        machines: args,
        subnetIds: vpc.subnetIds("dmz"),
        securityGroupId: vpc.securityGroupId("mailbox"),
        targetGroupArns: args.targetGroupArns,
        userData: (logGroup) => this.userData(logGroup, published),
        statements: [
          pulumi.output(accounts).apply(({ secretArn }) => readAccounts(secretArn)),
          pulumi.output(tls).apply(mailTlsStatement),
          ...published.statements,
        ],
        bootsAfter: [...vpc.ready, ...bootsAfter, proxy, mailStore, ...published.objects],
      },
      { parent: this },
    );
    this.registerOutputs();
  }

  private settings(): MailboxSettings {
    const { hostname, postmaster, region, vpc } = this.args;
    return { hostname, postmaster, region, webmailCidr: tierBlock(vpc.cidrBlock, "dmz") };
  }

  private userData(logs: pulumi.Output<string>, published: Published): pulumi.Output<string> {
    const { region, partition, sizes, proxy, mailStore } = this.args;
    const architecture = architectureOf(sizes.instanceType);
    return pulumi
      .all([logs, published.source, proxy.url, mailStore.host, this.args.accounts, this.args.tls])
      .apply(([logGroup, artifactSource, proxyUrl, mailStoreHost, accounts, tls]) =>
        renderCloudConfig(
          machine(
            { region, partition, architecture, logGroup, proxyUrl, artifactSource },
            mailboxMachine({ ...this.settings(), accounts, tls, proxyUrl, mailStoreHost }),
          ),
        ),
      );
  }
}
