import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Vpc } from "../network/vpc";
import { ACCOUNTS_DATABASE, ACCOUNTS_USER, type AccountsAccess } from "./accounts-access";
import { AccountsReader } from "./accounts-reader";
import type { DatabaseAdministration } from "./maintenance-tools";
import { MasterPassword } from "./master-password";

export interface DatabaseArgs {
  readonly vpc: Pick<Vpc, "subnetIds" | "securityGroupId">;
  readonly region: string;
  readonly instanceClass: string;
  /** GiB. */
  readonly allocatedStorage: number;
  readonly backupRetentionDays: number;
  /** With it, nobody deletes the database by mistake, and what is deleted after all leaves a snapshot. */
  readonly deletionProtection: boolean;
  /** A standby in another zone that takes over within a minute or two. */
  readonly multiAz: boolean;
}

const MAJOR_VERSION = "16";
const USERNAME = "dejima_admin";

/** PostgreSQL on RDS in the tier `internal`: no way out, no public address, TLS only, encrypted with a key of its own. */
export class Database extends pulumi.ComponentResource {
  /** `host:port`. */
  public readonly endpoint: pulumi.Output<string>;
  public readonly secretArn: pulumi.Output<string>;
  /** What relay and mailbox need; known once the instance is there. */
  public readonly accounts: pulumi.Output<AccountsAccess>;
  /** What the bastions need during maintenance; known once the instance is there. */
  public readonly administration: pulumi.Output<DatabaseAdministration>;

  public constructor(
    private readonly name: string,
    private readonly args: DatabaseArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:database:Database", name, {}, opts);
    const key = this.key();
    const password = new MasterPassword(`${name}-master`, { username: USERNAME, kmsKeyId: key.arn }, { parent: this });
    const instance = this.instance(key, password, this.subnets(), this.parameters());
    const reader = new AccountsReader(`${name}-accounts`, { parent: this });
    this.endpoint = instance.endpoint;
    this.secretArn = password.secretArn;
    const place = { region: args.region, host: instance.address, port: instance.port };
    this.accounts = pulumi.output({
      ...place,
      database: ACCOUNTS_DATABASE,
      user: ACCOUNTS_USER,
      secretArn: reader.secretArn,
    } as const);
    this.administration = pulumi.output({
      ...place,
      masterSecretArn: password.secretArn,
      keyArn: key.arn,
      readerSecretArn: reader.secretArn,
    });
    this.registerOutputs({ endpoint: this.endpoint, secretArn: this.secretArn });
  }

  private key(): aws.kms.Key {
    return new aws.kms.Key(
      this.name,
      {
        description: `${this.name}: storage, snapshots and the master password`,
        enableKeyRotation: true,
        // The longest time to notice that a key is still needed: without it every backup is lost.
        deletionWindowInDays: 30,
        tags: this.tags(),
      },
      { parent: this },
    );
  }

  private subnets(): aws.rds.SubnetGroup {
    return new aws.rds.SubnetGroup(
      this.name,
      { subnetIds: this.args.vpc.subnetIds("internal"), tags: { ...this.tags(), Tier: "internal" } },
      { parent: this },
    );
  }

  private parameters(): aws.rds.ParameterGroup {
    return new aws.rds.ParameterGroup(
      this.name,
      {
        family: `postgres${MAJOR_VERSION}`,
        parameters: [
          { name: "rds.force_ssl", value: "1" },
          { name: "log_connections", value: "1" },
          { name: "log_disconnections", value: "1" },
        ],
        tags: this.tags(),
      },
      { parent: this },
    );
  }

  private instance(
    key: aws.kms.Key,
    password: MasterPassword,
    subnets: aws.rds.SubnetGroup,
    parameters: aws.rds.ParameterGroup,
  ): aws.rds.Instance {
    const { vpc, deletionProtection, ...sizes } = this.args;
    return new aws.rds.Instance(
      this.name,
      {
        engine: "postgres",
        engineVersion: MAJOR_VERSION,
        autoMinorVersionUpgrade: true,
        instanceClass: sizes.instanceClass,
        allocatedStorage: sizes.allocatedStorage,
        storageType: "gp3",
        storageEncrypted: true,
        kmsKeyId: key.arn,
        multiAz: sizes.multiAz,
        dbName: ACCOUNTS_DATABASE,
        username: USERNAME,
        password: password.value,
        dbSubnetGroupName: subnets.name,
        parameterGroupName: parameters.name,
        vpcSecurityGroupIds: [vpc.securityGroupId("database")],
        publiclyAccessible: false,
        caCertIdentifier: "rds-ca-rsa2048-g1",
        backupRetentionPeriod: sizes.backupRetentionDays,
        // In UTC: three to five in the morning in Tokyo and Osaka.
        backupWindow: "18:00-19:00",
        maintenanceWindow: "sun:19:00-sun:20:00",
        copyTagsToSnapshot: true,
        deletionProtection,
        // A stack that may be thrown away is made and thrown away again: a second snapshot of the same name would stop that.
        ...(deletionProtection ? { finalSnapshotIdentifier: `${this.name}-final` } : { skipFinalSnapshot: true }),
        enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
        tags: this.tags(),
      },
      { parent: this },
    );
  }

  private tags(): { Name: string; Role: string } {
    return { Name: this.name, Role: "database" };
  }
}
