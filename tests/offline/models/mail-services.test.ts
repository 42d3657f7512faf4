import { strict as assert } from "node:assert";
import type { Props } from "../../../offline/model";
import { Account, refused } from "./account";

const trust = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

/** As `new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset(text) })` arrives. */
const archive = (text: string): Props => ({
  "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7",
  assets: { "index.js": { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text } },
});

describe("mail store on EFS", () => {
  const MOUNT = "aws:efs/mountTarget:MountTarget";
  let account: Account;
  beforeEach(async () => {
    account = new Account();
    await account.create("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
    for (const [name, zone, third] of [
      ["a", "a", 0],
      ["a2", "a", 1],
      ["b", "b", 2],
    ] as const)
      await account.create("aws:ec2/subnet:Subnet", name, {
        vpcId: "${vpc.id}",
        cidrBlock: `10.0.${third}.0/24`,
        availabilityZone: `us-east-1${zone}`,
      });
    await account.create("aws:ec2/securityGroup:SecurityGroup", "group", { vpcId: "${vpc.id}" });
    await account.create("aws:efs/fileSystem:FileSystem", "store", { encrypted: true, tags: { Name: "mail" } });
  });

  const mount = (name: string, subnet: string, more: Props = {}): Promise<unknown> =>
    account.create(MOUNT, name, { fileSystemId: "${store.id}", subnetId: subnet, ...more });

  it("has one mount target a zone, with an address of its subnet and the file system's name", async () => {
    await mount("one", "${a.id}", { securityGroups: ["${group.id}"] });
    const { outputs } = account.state("one");
    assert.match(String(outputs["ipAddress"]), /^10\.0\.0\.\d+$/);
    assert.equal(outputs["dnsName"], `${account.state("store").id}.efs.us-east-1.amazonaws.com`);
    assert.equal(outputs["mountTargetDnsName"], `us-east-1a.${account.state("store").id}.efs.us-east-1.amazonaws.com`);
    await refused(mount("two", "${a2.id}"), "MountTargetConflict", /already exists in this AZ/);
    await mount("other", "${b.id}");
    assert.deepEqual(account.state("other").outputs["securityGroups"], [
      account.state("vpc").outputs["defaultSecurityGroupId"],
    ]);
  });

  it("stays while it is mounted, and its mount targets hold subnets and groups", async () => {
    await mount("one", "${a.id}", { securityGroups: ["${group.id}"] });
    await assert.rejects(account.delete("store"), { code: "FileSystemInUse" });
    for (const name of ["a", "group"]) await assert.rejects(account.delete(name), { code: "DependencyViolation" });
    await account.delete("one");
    for (const name of ["store", "a", "group"]) await account.delete(name);
  });

  it("takes addresses of the subnet only, each once", async () => {
    await refused(mount("one", "${a.id}", { ipAddress: "10.0.9.9" }), "BadRequest");
    await refused(mount("one", "${a.id}", { ipAddress: "10.0.0.2" }), "BadRequest");
    await mount("one", "${a.id}", { ipAddress: "10.0.0.9" });
    await account.create("aws:efs/fileSystem:FileSystem", "second", {});
    const taken = { fileSystemId: "${second.id}", ipAddress: "10.0.0.9" };
    await refused(mount("two", "${a.id}", taken), "IpAddressInUse");
  });

  it("refuses settings that don't go together, and what dangles", async () => {
    const make = (inputs: Props): Promise<unknown> => account.create("aws:efs/fileSystem:FileSystem", "x", inputs);
    await refused(make({ performanceMode: "maxIO", throughputMode: "elastic" }), "BadRequest");
    const early = [{ transitionToArchive: "AFTER_30_DAYS" }, { transitionToIa: "AFTER_60_DAYS" }];
    await refused(make({ lifecyclePolicies: early }), "BadRequest", /later/);
    const both = { transitionToIa: "AFTER_7_DAYS", transitionToPrimaryStorageClass: "AFTER_1_ACCESS" };
    await refused(make({ lifecyclePolicies: [both] }), "BadRequest", /single transition/);
    const none = { fileSystemId: "fs-00000000000000000" };
    await refused(
      account.create("aws:efs/backupPolicy:BackupPolicy", "x", { ...none, backupPolicy: { status: "ENABLED" } }),
      "FileSystemNotFound",
    );
    await refused(account.create("aws:efs/accessPoint:AccessPoint", "x", none), "FileSystemNotFound");
  });
});

describe("functions and what calls them", () => {
  const FUNCTION = "aws:lambda/function:Function";
  let account: Account;
  beforeEach(async () => {
    account = new Account();
    await account.create("aws:iam/role:Role", "role", { assumeRolePolicy: trust("lambda.amazonaws.com") });
    await account.create(FUNCTION, "pause", { role: "${role.arn}", ...code("exports.handler = 1") });
  });
  const code = (text: string): Props => ({ runtime: "nodejs22.x", handler: "index.handler", code: archive(text) });

  it("keep their inline code, and its hash only while it stays the same", async () => {
    const before = account.state("pause").outputs;
    assert.deepEqual(before["code"], archive("exports.handler = 1"));
    assert.match(String(before["sourceCodeHash"]), /^[A-Za-z0-9+/]{43}=$/);
    const input = { role: "${role.arn}", timeout: 9 };
    const same = await account.update("pause", { ...input, ...code("exports.handler = 1") });
    assert.equal(same.outputs["sourceCodeHash"], before["sourceCodeHash"]);
    const other = await account.update("pause", { ...input, ...code("exports.handler = 2") });
    assert.notEqual(other.outputs["sourceCodeHash"], before["sourceCodeHash"]);
  });

  it("need a role that Lambda may assume", async () => {
    await account.create("aws:iam/role:Role", "ec2", { assumeRolePolicy: trust("ec2.amazonaws.com") });
    const make = account.create(FUNCTION, "x", { role: "${ec2.arn}", ...code("1") });
    await refused(make, "InvalidParameterValueException", /cannot be assumed by Lambda/);
  });

  it("keep Lambda's own variables alone", () =>
    refused(
      account.create(FUNCTION, "x", {
        role: "${role.arn}",
        ...code("1"),
        environment: { variables: { AWS_REGION: "eu-west-1" } },
      }),
      "InvalidParameterValueException",
      /reserved keys/,
    ));

  it("let others in by statements with names of their own", async () => {
    const type = "aws:lambda/permission:Permission";
    const sns = { action: "lambda:InvokeFunction", principal: "sns.amazonaws.com", statementId: "sns" };
    await account.create(type, "one", { ...sns, function: "${pause.name}" });
    await refused(account.create(type, "two", { ...sns, function: "${pause.arn}" }), "ResourceConflictException");
    await refused(account.create(type, "x", { ...sns, function: "none" }), "ResourceNotFoundException");
  });

  it("are called by rules, which stay while they have targets", async () => {
    const [RULE, TARGET] = ["aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"];
    await refused(account.create(RULE, "x", { scheduleExpression: "rate(1 days)" }), "ValidationException");
    await account.create(RULE, "rule", { name: "daily", scheduleExpression: "rate(1 day)" });
    await account.create(TARGET, "target", { rule: "${rule.name}", arn: "${pause.arn}", targetId: "pause" });
    assert.equal(account.state("target").id, "daily-pause");
    await assert.rejects(account.delete("rule"), { code: "ValidationException" });
    await account.delete("target");
    await account.delete("rule");
  });
});

describe("objects in buckets", () => {
  const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
  let account: Account;
  beforeEach(async () => {
    account = new Account();
    await account.create("aws:s3/bucket:Bucket", "bucket", { bucket: "mail-artifacts" });
  });

  it("have their content's MD5 as etag, and a new version for new content where the bucket keeps versions", async () => {
    await account.create("aws:s3/bucketVersioning:BucketVersioning", "versions", {
      bucket: "${bucket.id}",
      versioningConfiguration: { status: "Enabled" },
    });
    await account.create(OBJECT, "o", { bucket: "${bucket.id}", key: "a/b", content: "hello" });
    const before = account.state("o");
    assert.equal(before.id, "mail-artifacts/a/b");
    assert.equal(before.outputs["arn"], "arn:aws:s3:::mail-artifacts/a/b");
    assert.equal(before.outputs["etag"], "5d41402abc4b2a76b9719d911017c592");
    const after = await account.update("o", { bucket: "${bucket.id}", key: "a/b", content: "bye" });
    assert.notEqual(after.outputs["versionId"], before.outputs["versionId"]);
  });

  it("take their key from the resource's name, and dangle in no bucket", async () => {
    await account.create(OBJECT, "o", { bucket: "${bucket.id}", content: "x" });
    assert.equal(account.state("o").outputs["key"], "o");
    await refused(account.create(OBJECT, "x", { bucket: "none", key: "k", content: "x" }), "NoSuchBucket");
    await assert.rejects(account.delete("bucket"), { code: "BucketNotEmpty" });
  });

  it("go with a bucket that is destroyed by force, those too that Pulumi has let go of", async () => {
    await account.create("aws:s3/bucket:Bucket", "forced", { bucket: "mail-artifacts-2", forceDestroy: true });
    await account.create(OBJECT, "kept", { bucket: "${bucket.id}", key: "k", content: "x" });
    await account.create(OBJECT, "gone", { bucket: "${forced.id}", key: "k", content: "x" });
    await account.delete("forced");
    assert.deepEqual(
      account.aws.things(OBJECT).map(({ id }) => id),
      ["mail-artifacts/k"],
    );
  });

  it("expire after they moved on", async () => {
    const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    const rules = (transition: Props, days: number): Props => ({
      bucket: "${bucket.id}",
      rules: [{ id: "r", status: "Enabled", transitions: [transition], expiration: { days } }],
    });
    await refused(
      account.create(type, "l", rules({ days: 7, storageClass: "STANDARD_IA" }, 90)),
      "InvalidArgument",
      /30/,
    );
    await refused(
      account.create(type, "l", rules({ days: 90, storageClass: "GLACIER" }, 90)),
      "InvalidArgument",
      /greater/,
    );
    await account.create(type, "l", rules({ days: 30, storageClass: "STANDARD_IA" }, 90));
  });
});

describe("documents of Systems Manager", () => {
  const TYPE = "aws:ssm/document:Document";
  const content = { schemaVersion: "2.2", description: "d", parameters: { p: { type: "String", default: "x" } } };
  const inputs = { name: "Mail-Doc", documentType: "Command", content: JSON.stringify({ ...content, mainSteps: [] }) };

  it("count their versions by their content", async () => {
    const account = new Account();
    await account.create(TYPE, "d", inputs);
    assert.deepEqual(account.state("d").outputs["parameters"], [
      { defaultValue: "x", description: "", name: "p", type: "String" },
    ]);
    await account.update("d", { ...inputs, tags: { a: "b" } });
    assert.equal(account.state("d").outputs["latestVersion"], "1");
    await account.update("d", { ...inputs, content: JSON.stringify({ ...content, mainSteps: [{}] }) });
    assert.equal(account.state("d").outputs["latestVersion"], "2");
  });

  it("want JSON of a schema version that their kind knows", async () => {
    const account = new Account();
    await refused(account.create(TYPE, "d", { ...inputs, content: "{" }), "InvalidDocumentContent");
    const session = { ...inputs, documentType: "Session" };
    await refused(account.create(TYPE, "d", session), "InvalidDocumentSchemaVersion");
    await refused(account.create(TYPE, "d", { ...inputs, name: "AWS-Mine" }), "ValidationException", /reserved prefix/);
  });
});
