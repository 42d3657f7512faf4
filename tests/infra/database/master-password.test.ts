import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { MasterPassword } from "../../../infra/database/master-password";
import { DATABASE_ANSWERS, passwordCalls } from "../answers";
import { lineage, record, resolved, theOne, type Recorded } from "../mocks";

const SELF = "dejima:database:MasterPassword main-master";
const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

const made = (use: (password: MasterPassword) => unknown, answers = DATABASE_ANSWERS, asked: unknown[] = []) =>
  record(
    answers,
    () => use(new MasterPassword("main-master", { username: "dejima_admin", kmsKeyId: "key-arn" })),
    passwordCalls("drawn", asked),
  );

describe("MasterPassword", () => {
  let resources: Recorded[];
  const asked: unknown[] = [];
  before(async () => {
    resources = await made(
      async ({ value, secretArn }) => {
        assert.equal(await resolved(value), "drawn");
        assert.equal(await resolved(secretArn), "arn:aws:secret:main-master");
      },
      DATABASE_ANSWERS,
      asked,
    );
  });

  it("is a secret under the database's own key, and its first version", () => {
    assert.deepEqual(lineage(resources), [
      `aws:secretsmanager/secret:Secret main-master < ${SELF}`,
      `${VERSION} main-master < ${SELF}`,
      SELF,
    ]);
    assert.deepEqual(theOne(resources, "aws:secretsmanager/secret:Secret").inputs, {
      description: "Master user of the database",
      kmsKeyId: "key-arn",
      tags: { Name: "main-master" },
    });
  });

  it("draws 40 letters and digits, which need no escaping and which RDS takes", () => {
    assert.deepEqual(asked, [{ passwordLength: 40, excludePunctuation: true }]);
  });

  it("keeps the first password, though every run draws another one", async () => {
    assert.deepEqual(theOne(resources, VERSION).ignoreChanges, ["secretString"]);
    const stored = { ...DATABASE_ANSWERS, [VERSION]: () => ({ secretString: '{"password":"the first"}' }) };
    await made(async ({ value }) => {
      assert.equal(await resolved(value), "the first");
    }, stored);
  });

  it("is a secret output even where AWS's answer isn't marked as one", async () => {
    const unmarked = { ...DATABASE_ANSWERS, [VERSION]: () => ({ secretString: '{"password":"drawn"}' }) };
    await made(async ({ value }) => {
      assert.equal(await resolved(value), "drawn");
      assert.equal(await pulumi.isSecret(value), true);
    }, unmarked);
  });
});
