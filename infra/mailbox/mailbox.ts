import * as pulumi from "@pulumi/pulumi";
import { accountsAccess, accountsPassfile, readAccounts, type AccountsAccess } from "../database/accounts-access";
import { RDS_CA_FILE, rdsCaFile } from "../database/ca-bundle";
import { architectureOf } from "../instances/architecture";
import type { ArtifactStore, Published } from "../instances/artifact-store";
import { machine } from "../instances/base-machine";
import { renderCloudConfig } from "../instances/cloud-config";
import { debianImage } from "../instances/image";
import { InstanceGroup } from "../instances/instance-group";
import { joinParts } from "../instances/join-parts";
import { tierBlock } from "../network/cidr-plan";
import type { Vpc } from "../network/vpc";
import type { Proxy } from "../proxy/proxy";
import { mailTls, mailTlsStatement, type TlsSource } from "../tls/mail-tls";
import type { DovecotArgs } from "./dovecot-conf";
import type { MailStore } from "./mail-store";
import { ACCOUNTS_READER, DOVECOT, mailboxArtifacts, mailboxMachine } from "./mailbox-machine";

export interface MailboxArgs {
  readonly vpc: Pick<Vpc, "cidrBlock" | "ready" | "subnetIds" | "securityGroupId">;
  readonly proxy: Pick<Proxy, "url"> & pulumi.Resource;
  readonly artifacts: ArtifactStore;
  readonly region: string;
  readonly partition: string;
  readonly release: string;
  /** The image to boot. Default: Debian's newest. */
  readonly ami?: string | undefined;
  readonly sizes: { readonly instanceType: string; readonly min: number; readonly desired: number };
  /** What the servers call themselves; a name in their certificate. */
  readonly hostname: string;
  readonly postmaster: string;
  readonly accounts: pulumi.Input<AccountsAccess>;
  readonly tls: pulumi.Input<TlsSource>;
  readonly mailStore: MailStore;
  /** Of ports 24, 993 and 995. */
  readonly targetGroupArns: pulumi.Input<string>[];
  /** What the machines need besides network, proxy and mail store: load balancers and database. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * The servers that users' mail is delivered to and read from (M2), in every zone, all on one mail store. Any of them serves any user; a
 * user stays with one by the load balancers' doing, so that what it keeps about the mail on its own disk is of use.
 */
export class Mailbox extends pulumi.ComponentResource {
  public constructor(
    private readonly name: string,
    private readonly args: MailboxArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:mailbox:Mailbox", name, {}, opts);
    const { vpc, proxy, mailStore, sizes, release, ami, accounts, tls } = args;
    const published = this.publish();
    new InstanceGroup(
      name,
      {
        role: "mailbox",
        ...sizes,
        imageId: ami ?? debianImage(release, architectureOf(sizes.instanceType), { parent: this }),
        subnetIds: vpc.subnetIds("dmz"),
        securityGroupId: vpc.securityGroupId("mailbox"),
        targetGroupArns: args.targetGroupArns,
        userData: (logGroup) => this.userData(logGroup, published),
        statements: [
          pulumi.output(accounts).apply(({ secretArn }) => readAccounts(secretArn)),
          pulumi.output(tls).apply(mailTlsStatement),
          ...published.statements,
        ],
        bootsAfter: [...vpc.ready, proxy, mailStore, ...published.objects, ...args.after],
      },
      { parent: this },
    );
    this.registerOutputs();
  }

  private publish(): Published {
    const files = [rdsCaFile(this.args.region), ...mailboxArtifacts(this.dovecot())];
    return this.args.artifacts.publish(this.name, files, { parent: this });
  }

  private dovecot(): DovecotArgs {
    const { hostname, postmaster, vpc } = this.args;
    return { hostname, postmaster, webmailCidr: tierBlock(vpc.cidrBlock, "dmz") };
  }

  private userData(logs: pulumi.Output<string>, published: Published): pulumi.Output<string> {
    const { region, partition, sizes, proxy, mailStore } = this.args;
    const architecture = architectureOf(sizes.instanceType);
    return pulumi
      .all([logs, published.source, proxy.url, mailStore.host, this.args.accounts, this.args.tls])
      .apply(([logGroup, artifactSource, proxyUrl, mailStoreHost, accounts, tls]) => {
        const sql = { ...accounts, caFile: RDS_CA_FILE, passFile: accountsPassfile(ACCOUNTS_READER) };
        const part = joinParts(
          accountsAccess(accounts, [ACCOUNTS_READER]),
          mailTls({ region, source: tls, proxyUrl, services: [DOVECOT] }),
          mailboxMachine({ ...this.dovecot(), mailStoreHost, sql }),
        );
        return renderCloudConfig(
          machine({ region, partition, architecture, logGroup, proxyUrl, artifactSource }, part),
        );
      });
  }
}
