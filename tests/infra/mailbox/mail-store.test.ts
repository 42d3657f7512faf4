import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { MailStore } from "../../../infra/mailbox/mail-store";
import { lineage, record, resolved, theOne, type Answers, type Recorded } from "../mocks";
import { vpcStub, STUB_ANSWERS } from "../network/vpc-stub";
import { MAIL_STORE_ANSWERS } from "./mail-store-answers";

const SELF = "dejima:mailbox:MailStore main-mail";
const ANSWERS: Answers = { ...MAIL_STORE_ANSWERS, ...STUB_ANSWERS };
const TAGS = { Name: "main-mail", Role: "mailstore" };

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Condition: unknown;
}

describe("MailStore", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await record(ANSWERS, async () => {
      const store = new MailStore("main-mail", { vpc: vpcStub(), deletionProtection: true });
      assert.equal(await resolved(store.host), "main-mail.efs.example");
    });
  });

  it("is a file system with its key, policy and backups, and a mount target in every zone", () => {
    assert.deepEqual(
      lineage(resources).filter((line) => !line.endsWith("way-out")),
      [
        `aws:efs/backupPolicy:BackupPolicy main-mail < ${SELF}`,
        `aws:efs/fileSystem:FileSystem main-mail < ${SELF}`,
        `aws:efs/fileSystemPolicy:FileSystemPolicy main-mail < ${SELF}`,
        `aws:efs/mountTarget:MountTarget main-mail-apne1-az1 < ${SELF}`,
        `aws:efs/mountTarget:MountTarget main-mail-apne1-az2 < ${SELF}`,
        `aws:kms/key:Key main-mail < ${SELF}`,
        SELF,
      ],
    );
  });

  it("is encrypted with a key of its own, takes what load there is, keeps old mail cheaper, and is backed up", () => {
    assert.deepEqual(theOne(resources, "aws:efs/fileSystem:FileSystem").inputs, {
      encrypted: true,
      kmsKeyId: "arn:aws:kms:main-mail",
      performanceMode: "generalPurpose",
      throughputMode: "elastic",
      lifecyclePolicies: [{ transitionToIa: "AFTER_30_DAYS" }, { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" }],
      tags: TAGS,
    });
    assert.deepEqual(theOne(resources, "aws:kms/key:Key").inputs, {
      description: "main-mail: every user's mail",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: TAGS,
    });
    assert.deepEqual(theOne(resources, "aws:efs/backupPolicy:BackupPolicy").inputs, {
      fileSystemId: "main-mail-id",
      backupPolicy: { status: "ENABLED" },
    });
  });

  it("is met in the tier internal only, under its own firewall, and not before its policy stands (M1)", () => {
    const targets = resources.filter(({ type }) => type === "aws:efs/mountTarget:MountTarget");
    assert.deepEqual(
      targets.map(({ inputs }) => inputs),
      ["subnet-internal-1", "subnet-internal-2"].map((subnetId) => ({
        fileSystemId: "main-mail-id",
        subnetId,
        securityGroups: ["sg-mailstore"],
      })),
    );
    for (const { dependencies } of targets) {
      assert.ok(dependencies.includes("aws:efs/fileSystemPolicy:FileSystemPolicy main-mail"));
    }
  });

  it("lets in who comes through a mount target over TLS, and refuses all else whatever another policy says", () => {
    const { policy } = theOne(resources, "aws:efs/fileSystemPolicy:FileSystemPolicy").inputs;
    const { Statement } = JSON.parse(String(policy)) as { Statement: (Statement & Record<string, unknown>)[] };
    const clients = ["ClientMount", "ClientWrite", "ClientRootAccess"].map((action) => `elasticfilesystem:${action}`);
    const everybody = { Principal: { AWS: "*" }, Resource: "arn:aws:efs:main-mail" };
    assert.deepEqual(Statement, [
      {
        Sid: "ThroughMountTargets",
        Effect: "Allow",
        Action: clients,
        Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true", "aws:SecureTransport": "true" } },
        ...everybody,
      },
      {
        Sid: "NeverWithoutTls",
        Effect: "Deny",
        Action: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
        ...everybody,
      },
      {
        Sid: "NeverAnotherWay",
        Effect: "Deny",
        Action: clients,
        Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "false" } },
        ...everybody,
      },
    ]);
  });

  it("is kept from being deleted unless the setting says otherwise", async () => {
    const kept = (all: readonly Recorded[]) => theOne(all, "aws:efs/fileSystem:FileSystem").protect;
    assert.equal(kept(resources), true);
    const deletionProtection = false;
    const loose = await record(ANSWERS, () => new MailStore("main-mail", { vpc: vpcStub(), deletionProtection }));
    assert.equal(kept(loose), false);
  });

  it("needs a subnet in every zone", async () => {
    await record(ANSWERS, () => {
      const vpc = { ...vpcStub(), subnetIds: () => [pulumi.output("subnet-1")] };
      assert.throws(() => new MailStore("main-mail", { vpc, deletionProtection: true }), {
        name: "RangeError",
        message: "the tier internal has no subnet in apne1-az2",
      });
    });
  });
});
