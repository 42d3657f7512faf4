import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { readStateDocument } from "../../../../policies/stack-source/document";
import { noSecretsInUserData } from "../../../../policies/rules/instances/no-secrets-in-user-data";
import { type Input, Stack, violations } from "../../stack";
import { answerOf, describePlanted } from "../planted";

type Inputs = Record<string, Input>;

const one = (type: string, inputs: Inputs) => () => {
  const stack = new Stack();
  stack.add(type, "web", inputs);
  return stack;
};
const instance = "aws:ec2/instance:Instance";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");
const sound = "#!/bin/sh\napt-get install -y nginx\n";
const planted = `${sound}export DB_PASSWORD=correct-horse\n`;
const found = { answer: "violated", words: /has a password in it\nFix: keep the secret in Secrets Manager/ } as const;

describe("no-secrets-in-user-data", () => {
  describePlanted(noSecretsInUserData, {
    "an instance without any": { stack: one(instance, {}), answer: "proved" },
    "an instance with a sound script": { stack: one(instance, { userData: sound }), answer: "proved" },
    "an instance with a password": { stack: one(instance, { userData: planted }), ...found },
    "an instance with a password in Base64": { stack: one(instance, { userDataBase64: base64(planted) }), ...found },
    "a template with a sound script": { stack: one(template, { userData: base64(sound) }), answer: "proved" },
    "a template with a password": { stack: one(template, { userData: base64(planted) }), ...found },
    "a template with a compressed password": {
      stack: one(template, { userData: base64(gzipSync(planted)) }),
      ...found,
    },
    "a launch configuration with a password": {
      stack: one("aws:ec2/launchConfiguration:LaunchConfiguration", { userData: planted }),
      ...found,
    },
    "a spot request with a password": {
      stack: one("aws:ec2/spotInstanceRequest:SpotInstanceRequest", { userData: planted }),
      ...found,
    },
    "a spot fleet with a password": {
      stack: one("aws:ec2/spotFleetRequest:SpotFleetRequest", { launchSpecifications: [{ userData: planted }] }),
      ...found,
    },
    "a Lightsail instance with a password": {
      stack: one("aws:lightsail/instance:Instance", { userData: planted }),
      ...found,
    },
    "a state that has the hash only": {
      stack: one(instance, { userData: "0123456789abcdef0123456789abcdef01234567" }),
      answer: "undetermined",
      words: /of which the state has the hash only/,
    },
    "nothing that starts": { stack: () => new Stack(), answer: "notApplicable" },
  });

  describe("a value that the stack itself keeps secret", () => {
    const secrets: Record<string, readonly [string, Inputs]> = {
      "the password of a database": ["aws:rds/instance:Instance", { password: "tr0ub4dor&3" }],
      "the password of a cluster": ["aws:rds/cluster:Cluster", { masterPassword: "tr0ub4dor&3" }],
      "an SMTP password": ["aws:iam/accessKey:AccessKey", { user: "mail", sesSmtpPasswordV4: "tr0ub4dor&3" }],
      "a secret": ["aws:secretsmanager/secretVersion:SecretVersion", { secretString: "tr0ub4dor&3" }],
      "one of a secret's texts": [
        "aws:secretsmanager/secretVersion:SecretVersion",
        { secretString: '{"username":"nginx-user","password":"tr0ub4dor&3"}' },
      ],
      "a parameter": ["aws:ssm/parameter:Parameter", { type: "SecureString", value: "tr0ub4dor&3" }],
      "the password of a broker": ["aws:mq/broker:Broker", { users: [{ username: "x", password: "tr0ub4dor&3" }] }],
    };
    const withUserData = ([type, inputs]: readonly [string, Inputs], text: string) => {
      const stack = one(template, { userData: base64(text) })();
      stack.add(type, "main", inputs);
      return stack.resources(true);
    };
    for (const [name, planted] of Object.entries(secrets)) {
      it(`${name} is found, and the message doesn't repeat it`, async () => {
        const resources = withUserData(planted, `${sound}echo tr0ub4dor\\&3 'tr0ub4dor&3'\n`);
        const [message = "", ...others] = await violations(noSecretsInUserData, resources);
        assert.deepEqual(others, []);
        assert.match(message, /userData of launch template launchtemplate-web has the \w+ of \w+ \S+ in it/);
        assert.doesNotMatch(message, /tr0ub4dor/);
        assert.equal(answerOf(noSecretsInUserData, withUserData(planted, sound)), "proved");
      });
    }

    it("isn't a secret's user name, host or port", () => {
      const secret = secrets["one of a secret's texts"];
      assert.ok(secret !== undefined);
      assert.equal(answerOf(noSecretsInUserData, withUserData(secret, `${sound}adduser nginx-user\n`)), "proved");
    });

    it("isn't a parameter that is no SecureString", () => {
      const parameter = ["aws:ssm/parameter:Parameter", { type: "String", value: "tr0ub4dor&3" }] as const;
      assert.equal(answerOf(noSecretsInUserData, withUserData(parameter, "echo tr0ub4dor&3")), "proved");
    });
  });

  it("is violated where a state keeps the user data as a secret, for it is made from one", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
    const state = (userData: unknown) => ({
      version: 3,
      deployment: {
        resources: [
          { urn: `urn:pulumi:a::b::${template}::web`, type: template, id: "lt-1", inputs: { userData }, outputs: {} },
        ],
      },
    });
    const read = (userData: unknown) =>
      readStateDocument(JSON.stringify(state(userData)), { option: "--state", name: "x" });
    assert.equal(answerOf(noSecretsInUserData, read(secret)), "violated");
    assert.equal(answerOf(noSecretsInUserData, read(base64(sound))), "proved");
  });
});
