import assert from "node:assert/strict";
import { isRpcSecret } from "@pulumi/pulumi/runtime";
import { Database } from "../../../infra/database/database";
import { DATABASE_ANSWERS, passwordCalls } from "../answers";
import { lineage, record, resolved, theOne, type Recorded } from "../mocks";
import { STUB_ANSWERS, vpcStub } from "../network/vpc-stub";

const SELF = "dejima:database:Database main-database";
const INSTANCE = "aws:rds/instance:Instance";
const DRAWN = "drawn0by0secrets0manager";
const TAGS = { Name: "main-database", Role: "database" };

const sizes = { instanceClass: "db.t4g.small", allocatedStorage: 20, backupRetentionDays: 7, multiAz: true };

const made = (deletionProtection: boolean) =>
  record(
    { ...DATABASE_ANSWERS, ...STUB_ANSWERS },
    async () => {
      const args = { vpc: vpcStub(), region: "ap-northeast-1", ...sizes, deletionProtection };
      const database = new Database("main-database", args);
      assert.equal(await resolved(database.endpoint), "db:5432");
      assert.equal(await resolved(database.secretArn), "arn:aws:secret:main-database-master");
      const place = { region: "ap-northeast-1", host: "db", port: 5432 };
      assert.deepEqual(await resolved(database.accounts), {
        ...place,
        database: "dejima",
        user: "dejima_accounts",
        secretArn: "arn:aws:secret:main-database-accounts",
      });
      assert.deepEqual(await resolved(database.administration), {
        ...place,
        masterSecretArn: "arn:aws:secret:main-database-master",
        keyArn: "key-arn",
        readerSecretArn: "arn:aws:secret:main-database-accounts",
      });
    },
    passwordCalls(DRAWN),
  );

/** The properties that are encrypted in the state, and all the others as text. */
function state(resources: readonly Recorded[]): { secret: string[]; plain: string } {
  const properties = resources.flatMap(({ type, name, inputs, outputs }) =>
    Object.entries({ ...inputs, ...outputs }).map(([key, value]) => ({ path: `${type} ${name} ${key}`, value })),
  );
  return {
    secret: properties.filter(({ value }) => isRpcSecret(value)).map(({ path }) => path),
    plain: JSON.stringify(properties.filter(({ value }) => !isRpcSecret(value))),
  };
}

describe("Database", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await made(true);
  });

  it("is an instance with its key, its subnets, its parameters and two users' passwords, and nothing else", () => {
    const password = "dejima:database:MasterPassword main-database-master";
    const reader = "dejima:database:AccountsReader main-database-accounts";
    const other = ["aws:ec2/internetGateway:InternetGateway way-out"];
    assert.deepEqual(
      lineage(resources).filter((line) => !other.includes(line)),
      [
        `aws:kms/key:Key main-database < ${SELF}`,
        `${INSTANCE} main-database < ${SELF}`,
        `aws:rds/parameterGroup:ParameterGroup main-database < ${SELF}`,
        `aws:rds/subnetGroup:SubnetGroup main-database < ${SELF}`,
        `aws:secretsmanager/secret:Secret main-database-accounts < ${reader}`,
        `aws:secretsmanager/secret:Secret main-database-master < ${password}`,
        `aws:secretsmanager/secretVersion:SecretVersion main-database-accounts < ${reader}`,
        `aws:secretsmanager/secretVersion:SecretVersion main-database-master < ${password}`,
        `${reader} < ${SELF}`,
        SELF,
        `${password} < ${SELF}`,
      ],
    );
  });

  it("stands in internal, encrypted, backed up, in two zones, with no public address (M1, M10)", () => {
    const { password, ...inputs } = theOne(resources, INSTANCE).inputs;
    assert.ok(isRpcSecret(password));
    assert.deepEqual(inputs, {
      engine: "postgres",
      engineVersion: "16",
      autoMinorVersionUpgrade: true,
      instanceClass: "db.t4g.small",
      allocatedStorage: 20,
      storageType: "gp3",
      storageEncrypted: true,
      kmsKeyId: "key-arn",
      multiAz: true,
      dbName: "dejima",
      username: "dejima_admin",
      dbSubnetGroupName: "subnets",
      parameterGroupName: "parameters",
      vpcSecurityGroupIds: ["sg-database"],
      publiclyAccessible: false,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      backupRetentionPeriod: 7,
      backupWindow: "18:00-19:00",
      maintenanceWindow: "sun:19:00-sun:20:00",
      copyTagsToSnapshot: true,
      deletionProtection: true,
      finalSnapshotIdentifier: "main-database-final",
      enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
      tags: TAGS,
    });
    assert.deepEqual(theOne(resources, "aws:rds/subnetGroup:SubnetGroup").inputs, {
      description: "Managed by Pulumi",
      subnetIds: ["subnet-internal-1", "subnet-internal-2"],
      tags: { ...TAGS, Tier: "internal" },
    });
  });

  it("takes TLS only and logs who comes and goes (M1)", () => {
    assert.deepEqual(theOne(resources, "aws:rds/parameterGroup:ParameterGroup").inputs, {
      description: "Managed by Pulumi",
      family: "postgres16",
      parameters: [
        { name: "rds.force_ssl", value: "1" },
        { name: "log_connections", value: "1" },
        { name: "log_disconnections", value: "1" },
      ],
      tags: TAGS,
    });
  });

  it("is encrypted, with its snapshots and its password, under a key of its own that turns and can't be lost in a day", () => {
    assert.deepEqual(theOne(resources, "aws:kms/key:Key").inputs, {
      description: "main-database: storage, snapshots and the master password",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: TAGS,
    });
    const secret = theOne(resources, "aws:secretsmanager/secret:Secret", "main-database-master");
    assert.equal(secret.inputs["kmsKeyId"], "key-arn");
  });

  it("has its passwords encrypted everywhere in the state, and nowhere in plain", () => {
    const { secret, plain } = state(resources);
    assert.deepEqual(secret, [
      `${INSTANCE} main-database password`,
      "aws:secretsmanager/secretVersion:SecretVersion main-database-accounts secretString",
      "aws:secretsmanager/secretVersion:SecretVersion main-database-master secretString",
    ]);
    assert.ok(!plain.includes(DRAWN));
    // What AWS answers on refresh and import isn't marked by the inputs: these are encrypted by name.
    const versions = resources.filter(({ type }) => type === "aws:secretsmanager/secretVersion:SecretVersion");
    assert.ok(versions.every(({ additionalSecretOutputs }) => additionalSecretOutputs.includes("secretString")));
    assert.ok(theOne(resources, INSTANCE).additionalSecretOutputs.includes("password"));
  });

  it("leaves a snapshot of a stable name when it is protected, and none when it may be thrown away", async () => {
    const { finalSnapshotIdentifier, skipFinalSnapshot, deletionProtection } = theOne(
      await made(false),
      INSTANCE,
    ).inputs;
    assert.deepEqual(
      { finalSnapshotIdentifier, skipFinalSnapshot, deletionProtection },
      { finalSnapshotIdentifier: undefined, skipFinalSnapshot: true, deletionProtection: false },
    );
  });
});
