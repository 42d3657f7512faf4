import assert from "node:assert/strict";
import { AccountsReader } from "../../../infra/database/accounts-reader";
import { DATABASE_ANSWERS, passwordCalls } from "../answers";
import { lineage, record, resolved, theOne, type Recorded } from "../mocks";

const SELF = "dejima:database:AccountsReader main-accounts";
const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

describe("AccountsReader", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await record(
      DATABASE_ANSWERS,
      async () => {
        const { secretArn } = new AccountsReader("main-accounts");
        assert.equal(await resolved(secretArn), "arn:aws:secret:main-accounts");
      },
      passwordCalls("drawn"),
    );
  });

  it("is a secret under Secrets Manager's own key, and its first version", () => {
    assert.deepEqual(lineage(resources), [
      `aws:secretsmanager/secret:Secret main-accounts < ${SELF}`,
      `${VERSION} main-accounts < ${SELF}`,
      SELF,
    ]);
    assert.deepEqual(theOne(resources, "aws:secretsmanager/secret:Secret").inputs, {
      description: "Reader of the mail accounts: relay and mailbox",
      tags: { Name: "main-accounts" },
    });
  });

  it("names the mail servers' user and keeps its first password, encrypted", () => {
    const version = theOne(resources, VERSION);
    assert.deepEqual(version.ignoreChanges, ["secretString"]);
    assert.deepEqual(
      (version.inputs["secretString"] as { value: unknown }).value,
      '{"username":"dejima_accounts","password":"drawn"}',
    );
  });
});
