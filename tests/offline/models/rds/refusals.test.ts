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
    refused: [
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
});
