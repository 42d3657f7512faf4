import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Database, type DatabaseArgs } from "../../../infra/database/database";
import { record, resolved, type Recorded } from "../mocks";

const vpc: DatabaseArgs["vpc"] = {
  subnetIds: (tier) => [pulumi.output(`subnet-${tier}-1`), pulumi.output(`subnet-${tier}-2`)],
  securityGroupId: (holder) => pulumi.output(`sg-${holder}`),
};

const sizes = { instanceClass: "db.t4g.small", allocatedStorage: 20, backupRetentionDays: 7, multiAz: true };

async function made(deletionProtection: boolean): Promise<{ resources: Recorded[] }> {
  const resources = await record(
    {
      "dejima:database:Database": () => ({}),
      "dejima:database:MasterPassword": () => ({}),
      "aws:kms/key:Key": () => ({ arn: "key-arn" }),
      "aws:rds/subnetGroup:SubnetGroup": () => ({ name: "subnets" }),
      "aws:rds/parameterGroup:ParameterGroup": () => ({ name: "parameters" }),
      "aws:rds/instance:Instance": () => ({ endpoint: "db:5432" }),
      "aws:secretsmanager/secret:Secret": () => ({ arn: "secret-arn" }),
      "aws:secretsmanager/secretVersion:SecretVersion": () => ({}),
    },
    async () => {
      const database = new Database("main-database", { vpc, ...sizes, deletionProtection });
      assert.equal(await resolved(database.endpoint), "db:5432");
    },
    { "aws:secretsmanager/getRandomPassword:getRandomPassword": () => ({ randomPassword: "drawn" }) },
  );
  return { resources };
}

const inputsOf = (resources: Recorded[], type: string) => resources.find((one) => one.type === type)?.inputs ?? {};

describe("the database", () => {
  it("stands in internal, encrypted, in two zones, with TLS only and no public address (M1, M10)", async () => {
    const { resources } = await made(true);
    const instance = inputsOf(resources, "aws:rds/instance:Instance");
    const { storageEncrypted, kmsKeyId, multiAz, publiclyAccessible, vpcSecurityGroupIds, dbSubnetGroupName } =
      instance;
    assert.deepEqual(
      { storageEncrypted, kmsKeyId, multiAz, publiclyAccessible, vpcSecurityGroupIds, dbSubnetGroupName },
      {
        storageEncrypted: true,
        kmsKeyId: "key-arn",
        multiAz: true,
        publiclyAccessible: false,
        vpcSecurityGroupIds: ["sg-database"],
        dbSubnetGroupName: "subnets",
      },
    );
    assert.deepEqual(inputsOf(resources, "aws:rds/subnetGroup:SubnetGroup")["subnetIds"], [
      "subnet-internal-1",
      "subnet-internal-2",
    ]);
    const parameters = inputsOf(resources, "aws:rds/parameterGroup:ParameterGroup")["parameters"];
    assert.deepEqual((parameters as unknown[])[0], { name: "rds.force_ssl", value: "1" });
  });

  it("leaves a snapshot of a stable name when it is protected, and none when it may be thrown away", async () => {
    const kept = inputsOf((await made(true)).resources, "aws:rds/instance:Instance");
    assert.equal(kept["finalSnapshotIdentifier"], "main-database-final");
    assert.equal(kept["deletionProtection"], true);
    const thrown = inputsOf((await made(false)).resources, "aws:rds/instance:Instance");
    assert.equal(thrown["skipFinalSnapshot"], true);
    assert.equal(thrown["deletionProtection"], false);
  });
});
