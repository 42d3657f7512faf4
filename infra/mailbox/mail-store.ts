import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Vpc } from "../network/vpc";
import { mailStorePolicy } from "./mail-store-policy";

export interface MailStoreArgs {
  readonly vpc: Pick<Vpc, "azs" | "subnetIds" | "securityGroupId">;
  /** With it, Pulumi refuses to delete the mail, or to replace the file system that holds it. EFS has no such lock of its own. */
  readonly deletionProtection: boolean;
}

/**
 * Every user's mail (EFS) in the tier `internal`: a mount target in each zone, encrypted with a key of its own, backed up daily, its
 * throughput as the load is. What nobody read for 30 days is kept at the cheaper rate until it's read again.
 */
export class MailStore extends pulumi.ComponentResource {
  /** Where machines mount it, port 2049: a DNS name for the address in their own zone. */
  public readonly host: pulumi.Output<string>;

  public constructor(
    private readonly name: string,
    private readonly args: MailStoreArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:mailbox:MailStore", name, {}, opts);
    const fileSystem = this.fileSystem(this.key());
    const policy = this.policy(fileSystem);
    new aws.efs.BackupPolicy(
      name,
      { fileSystemId: fileSystem.id, backupPolicy: { status: "ENABLED" } },
      { parent: this },
    );
    this.mountTargets(fileSystem, policy);
    this.host = fileSystem.dnsName;
    this.registerOutputs({ host: this.host });
  }

  private key(): aws.kms.Key {
    return new aws.kms.Key(
      this.name,
      {
        description: `${this.name}: every user's mail`,
        enableKeyRotation: true,
        // The longest time to notice that a key is still needed: without it the mail is lost.
        deletionWindowInDays: 30,
        tags: this.tags(),
      },
      { parent: this },
    );
  }

  private fileSystem(key: aws.kms.Key): aws.efs.FileSystem {
    return new aws.efs.FileSystem(
      this.name,
      {
        encrypted: true,
        kmsKeyId: key.arn,
        performanceMode: "generalPurpose",
        throughputMode: "elastic",
        lifecyclePolicies: [{ transitionToIa: "AFTER_30_DAYS" }, { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" }],
        tags: this.tags(),
      },
      { parent: this, protect: this.args.deletionProtection },
    );
  }

  private policy(fileSystem: aws.efs.FileSystem): aws.efs.FileSystemPolicy {
    return new aws.efs.FileSystemPolicy(
      this.name,
      { fileSystemId: fileSystem.id, policy: fileSystem.arn.apply(mailStorePolicy) },
      { parent: this },
    );
  }

  private mountTargets(fileSystem: aws.efs.FileSystem, policy: aws.efs.FileSystemPolicy): void {
    const { vpc } = this.args;
    const subnetIds = vpc.subnetIds("internal");
    vpc.azs.forEach(({ id }, index) => {
      const subnetId = subnetIds[index];
      if (subnetId === undefined) throw new RangeError(`the tier internal has no subnet in ${id}`);
      new aws.efs.MountTarget(
        `${this.name}-${id}`,
        {
          fileSystemId: fileSystem.id,
          subnetId,
          securityGroups: [vpc.securityGroupId("mailstore")],
        },
        // Until its policy is there, the file system takes anybody who reaches it, without TLS too.
        { parent: this, dependsOn: policy },
      );
    });
  }

  private tags(): { Name: string; Role: string } {
    return { Name: this.name, Role: "mailstore" };
  }
}
