import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { smtpPassword } from "../../../infra/ses/smtp-password";
import { SmtpUser, type SmtpUserArgs } from "../../../infra/ses/smtp-user";
import { lineage, record, resolved, theOne, type Answers, type Recorded } from "../mocks";

const SELF = "dejima:ses:SmtpUser main-smtp";

const ANSWERS: Answers = {
  "aws:iam/user:User": () => ({ name: "smtp-user" }),
  "aws:iam/userPolicy:UserPolicy": () => ({}),
  "aws:iam/accessKey:AccessKey": () => ({ secret: "secret-key" }),
  "aws:secretsmanager/secret:Secret": () => ({ arn: "arn:aws:secret" }),
  "aws:secretsmanager/secretVersion:SecretVersion": () => ({ secretArn: "arn:aws:secret" }),
};

const ARGS: SmtpUserArgs = {
  region: "ap-northeast-1",
  identityArn: "arn:identity",
  configurationSetArn: "arn:configuration-set",
  vpcEndpointId: "vpce-1",
};

function policyIn(resources: readonly Recorded[]): unknown {
  return JSON.parse(String(theOne(resources, "aws:iam/userPolicy:UserPolicy").inputs["policy"]));
}

describe("SmtpUser (M6)", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await record(ANSWERS, async () => {
      const user = new SmtpUser("main-smtp", ARGS);
      assert.equal(await resolved(user.secretArn), "arn:aws:secret");
    });
  });

  it("is a user with a policy and a key of its own, and the secret that the relays read", () => {
    assert.deepEqual(lineage(resources), [
      `aws:iam/accessKey:AccessKey main-smtp < ${SELF}`,
      `aws:iam/user:User main-smtp < ${SELF}`,
      `aws:iam/userPolicy:UserPolicy main-smtp < ${SELF}`,
      `aws:secretsmanager/secret:Secret main-smtp < ${SELF}`,
      `aws:secretsmanager/secretVersion:SecretVersion main-smtp < ${SELF}`,
      SELF,
    ]);
  });

  it("may send from one identity, through the VPC endpoint only (M7), and nothing else", () => {
    assert.deepEqual(policyIn(resources), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "SendFromOneIdentity",
          Effect: "Allow",
          Action: ["ses:SendRawEmail"],
          Resource: ["arn:identity", "arn:configuration-set"],
          Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } },
        },
      ],
    });
  });

  it("isn't bound to an endpoint where the setting says so", async () => {
    const made = await record(ANSWERS, () => new SmtpUser("main-smtp", { ...ARGS, vpcEndpointId: undefined }));
    assert.doesNotMatch(JSON.stringify(policyIn(made)), /Condition/);
  });

  it("keeps its derived password as a secret only", () => {
    const version = theOne(resources, "aws:secretsmanager/secretVersion:SecretVersion");
    const { secretString } = version.inputs as { secretString: { value?: string } };
    assert.ok(pulumi.runtime.isRpcSecret(secretString));
    assert.deepEqual(JSON.parse(String(secretString.value)), {
      username: "main-smtp-id",
      password: smtpPassword("secret-key", "ap-northeast-1"),
    });
    assert.ok(version.additionalSecretOutputs.includes("secretString"));
    const others = resources.filter((one) => one !== version);
    assert.doesNotMatch(JSON.stringify(others), new RegExp(smtpPassword("secret-key", "ap-northeast-1").slice(0, 20)));
  });
});
