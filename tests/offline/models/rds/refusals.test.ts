import { strict as assert } from "node:assert";
import type { Props } from "../../../../offline/model";
import { Account, refusal } from "../account";
import { testRefusals, type Table } from "../refusal-tables";

const DATABASE = {
  ...{ allocatedStorage: 20, engine: "postgres", engineVersion: "16.4", instanceClass: "db.t4g.micro" },
  ...{ password: "correct-horse-1", skipFinalSnapshot: true, storageType: "gp3", username: "app" },
};

const tables: Table[] = [
  {
    type: "aws:rds/instance:Instance",
    accepted: DATABASE,
    alsoAccepted: [
      { engine: "Postgres", engineVersion: "17" },
      { dbName: "mail_store", username: "postgres" },
      { storageType: undefined, allocatedStorage: 10 },
      { allocatedStorage: 400, iops: 12000, storageThroughput: 500 },
      { storageEncrypted: true, kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/1" },
      { performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 465, databaseInsightsMode: "advanced" },
      { licenseModel: "postgresql-license", caCertIdentifier: "rds-ca-rsa4096-g1", availabilityZone: "us-east-1a" },
      { instanceClass: "db.r6gd.16xlarge", iamDatabaseAuthenticationEnabled: true },
      { engine: "sqlserver-se", engineVersion: "15.00.4236.7.v1", timezone: "UTC", characterSetName: "X", port: 1500 },
      { manageMasterUserPassword: true, password: undefined, masterUserSecretKmsKeyId: "alias/x" },
      { finalSnapshotIdentifier: "last-1" },
      {
        ...{ engine: undefined, engineVersion: undefined, username: undefined, password: undefined },
        restoreToPointInTime: { sourceDbInstanceIdentifier: "x", restoreTime: "2026-01-02T03:04:05Z" },
      },
    ],
    refused: [
      [{ username: "my-user" }, "InvalidParameterValue"],
      [{ username: "u".repeat(64) }, "InvalidParameterValue"],
      [{ engine: "mysql", engineVersion: "8.0.40", username: "u".repeat(17) }, "InvalidParameterValue"],
      [{ engine: "mysql", engineVersion: "8.0.40", dbName: "mysql" }, "InvalidParameterValue"],
      [{ dbName: "rdsadmin" }, "InvalidParameterValue"],
      [{ instanceClass: "db.foo" }, "InvalidParameterValue"],
      [{ engineVersion: "99.9" }, "InvalidParameterCombination"],
      [{ allocatedStorage: 19 }, "InvalidParameterValue"],
      [{ storageType: undefined, allocatedStorage: 4 }, "InvalidParameterValue"],
      [{ storageType: "gp2", storageThroughput: 200 }, "InvalidParameterCombination"],
      [{ storageType: "io1", allocatedStorage: 100, iops: 5001 }, "InvalidParameterCombination"],
      [{ kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/1" }, "InvalidParameterCombination"],
      [{ instanceClass: "db.t2.micro", storageEncrypted: true }, "InvalidParameterCombination"],
      [{ performanceInsightsRetentionPeriod: 7 }, "InvalidParameterCombination"],
      [{ databaseInsightsMode: "advanced" }, "InvalidParameterCombination"],
      [{ performanceInsightsEnabled: true, databaseInsightsMode: "advanced" }, "InvalidParameterCombination"],
      [{ licenseModel: "general-public-license" }, "InvalidParameterValue"],
      [{ characterSetName: "UTF8" }, "InvalidParameterCombination"],
      [{ timezone: "UTC" }, "InvalidParameterCombination"],
      [{ replicaMode: "mounted" }, "InvalidParameterCombination"],
      [{ engine: "oracle-se2", iamDatabaseAuthenticationEnabled: true }, "InvalidParameterCombination"],
      [{ engine: "sqlserver-se", engineVersion: undefined, port: 3389 }, "InvalidParameterValue"],
      [{ caCertIdentifier: "my-ca" }, "CertificateNotFound"],
      [{ availabilityZone: "us-east-1z" }, "InvalidParameterValue"],
      [{ masterUserSecretKmsKeyId: "alias/x" }, "InvalidParameterCombination"],
      [{ domain: "d-1234567890" }, "InvalidParameterCombination"],
      [{ domainIamRoleName: "r", domainFqdn: "a.example" }, "InvalidParameterCombination", "check"],
      [{ finalSnapshotIdentifier: "1last" }, "InvalidParameterValue", "check"],
      [{ customIamInstanceProfile: "mine" }, "InvalidParameterValue", "check"],
      [{ replicateSourceDb: "p", dbName: "d" }, "InvalidParameterCombination", "check"],
      [{ replicateSourceDb: "p" }, "InvalidParameterCombination", "check"],
      [{ restoreToPointInTime: { restoreTime: "yesterday" } }, "InvalidParameterValue", "check"],
      [
        { restoreToPointInTime: { restoreTime: "2026-01-02T03:04:05Z", useLatestRestorableTime: true } },
        "InvalidParameterCombination",
        "check",
      ],
      [{ restoreToPointInTime: {}, snapshotIdentifier: "s" }, "InvalidParameterCombination", "check"],
      [{ engine: "postgresql" }, "InvalidParameterValue"],
      [{ instanceClass: "t4g.micro" }, "InvalidParameterValue"],
      [{ dbName: "1mail" }, "InvalidParameterValue"],
      [{ dbName: "mail-store" }, "InvalidParameterValue"],
      [{ username: "admin" }, "InvalidParameterValue"],
      [{ username: "1app" }, "InvalidParameterValue"],
      [{ iops: 4000 }, "InvalidParameterCombination"],
      [{ storageThroughput: 200 }, "InvalidParameterCombination"],
      [{ performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 8 }, "InvalidParameterValue", "check"],
      [{ backupRetentionPeriod: 36 }, "InvalidParameterValue", "check"],
    ],
  },
  {
    type: "aws:rds/parameterGroup:ParameterGroup",
    accepted: { family: "postgres16", parameters: [{ name: "rds.force_ssl", value: "1" }] },
    alsoAccepted: [{ parameters: [{ name: "max_connections", value: "9", applyMethod: "pending-reboot" }] }],
    refused: [[{ parameters: [{ name: "max_connections", value: "9" }] }, "InvalidParameterCombination"]],
  },
];

describe("changes that RDS and EBS refuse", () => {
  const changes: [what: string, type: string, inputs: Props, change: Props, code: string][] = [
    [
      "a volume never shrinks",
      "aws:ebs/volume:Volume",
      { availabilityZone: "us-east-1a", size: 100 },
      { size: 99 },
      "InvalidParameterValue",
    ],
    [
      "a database never shrinks",
      "aws:rds/instance:Instance",
      DATABASE,
      { allocatedStorage: 19 },
      "InvalidParameterCombination",
    ],
    [
      "a new major version must be allowed",
      "aws:rds/instance:Instance",
      DATABASE,
      { engineVersion: "17.2" },
      "InvalidParameterCombination",
    ],
    [
      "an older minor version is never allowed",
      "aws:rds/instance:Instance",
      DATABASE,
      { engineVersion: "16.3" },
      "InvalidParameterCombination",
    ],
    [
      "an older major version is never allowed",
      "aws:rds/instance:Instance",
      DATABASE,
      { engineVersion: "15.8", allowMajorVersionUpgrade: true },
      "InvalidParameterCombination",
    ],
  ];
  for (const [what, type, inputs, change, code] of changes) {
    it(what, async () => {
      const account = new Account();
      await account.create(type, "it", inputs);
      assert.equal((await refusal(account.update("it", { ...inputs, ...change }))).code, code);
    });
  }

  it("a minor version, or a major one that is allowed, is taken", async () => {
    const account = new Account();
    await account.create("aws:rds/instance:Instance", "it", DATABASE);
    await account.update("it", { ...DATABASE, engineVersion: "16.6" });
    await account.update("it", { ...DATABASE, engineVersion: "17.2", allowMajorVersionUpgrade: true });
  });
});

describe("what RDS refuses beside the ground truth", () => {
  testRefusals(tables);

  it("a database is public only in a VPC with names and an internet gateway", async () => {
    const open = { ...DATABASE, publiclyAccessible: true, dbSubnetGroupName: "${group.name}" };
    const attempt = async (names: boolean, gateway: boolean): Promise<string> => {
      const account = new Account();
      await account.create("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: names });
      for (const zone of ["a", "b"]) {
        const cidrBlock = zone === "a" ? "10.0.0.0/24" : "10.0.1.0/24";
        const place = { cidrBlock, availabilityZone: `us-east-1${zone}` };
        await account.create("aws:ec2/subnet:Subnet", zone, { vpcId: "${vpc.id}", ...place });
      }
      if (gateway) await account.create("aws:ec2/internetGateway:InternetGateway", "gateway", { vpcId: "${vpc.id}" });
      await account.create("aws:rds/subnetGroup:SubnetGroup", "group", { subnetIds: ["${a.id}", "${b.id}"] });
      const step = account.create("aws:rds/instance:Instance", "it", open);
      if (names && gateway) return (await step).id === "" ? "no id" : "accepted";
      return (await refusal(step)).code;
    };
    assert.equal(await attempt(true, true), "accepted");
    assert.equal(await attempt(false, true), "InvalidVPCNetworkStateFault");
    assert.equal(await attempt(true, false), "InvalidVPCNetworkStateFault");
  });
});
