import assert from "node:assert/strict";
import { smtpPassword } from "../../../../infra/ses/smtp-password";
import type { Resource } from "../../../../policies/reachability/resources";
import { smtpCredentialsPrivate } from "../../../../policies/rules/mail/smtp-credentials-private";
import { ACCOUNT, REGION } from "../../mail-stack";
import { findingsOf, type Input, jsonOf, Stack } from "../../stack";
import { answerOf, describePlanted } from "../planted";

type Inputs = Record<string, Input>;
type Added = ReturnType<Stack["add"]>;

const arn = (resource: string) => `arn:aws:ses:${REGION}:${ACCOUNT}:${resource}`;
const identity = arn("identity/example.com");
const send: Inputs = { Effect: "Allow", Action: "ses:SendRawEmail", Resource: identity };
const policyOf = (...statements: Input[]) => jsonOf({ Version: "2012-10-17", Statement: statements });
const PASSWORD = smtpPassword("an example key", REGION);

/** A user with an access key, and what gives it leave to send. */
function smtpUser(grant: (stack: Stack, user: Added) => void): Stack {
  const stack = new Stack();
  const user = stack.add("aws:iam/user:User", "smtp", {}, { name: "user-smtp" });
  stack.add("aws:iam/accessKey:AccessKey", "smtp", { user: user.of("id") });
  grant(stack, user);
  return stack;
}

const inline =
  (...statements: Input[]) =>
  () =>
    smtpUser((stack, user) => {
      stack.add("aws:iam/userPolicy:UserPolicy", "send", { user: user.of("id"), policy: policyOf(...statements) });
    });
const statement = (more: Inputs) => inline({ ...send, ...more });
const managed = (policyArn: string) => () =>
  smtpUser((stack, user) => {
    stack.add("aws:iam/userPolicyAttachment:UserPolicyAttachment", "send", { user: user.of("id"), policyArn });
  });
const ofStack = (action: string, attach: (stack: Stack, user: Added, policy: Added) => void) => () =>
  smtpUser((stack, user) => {
    const policyArn = `arn:aws:iam::${ACCOUNT}:policy/send`;
    const policy = stack.add(
      "aws:iam/policy:Policy",
      "send",
      { policy: policyOf({ ...send, Action: action }) },
      { id: policyArn, arn: policyArn },
    );
    attach(stack, user, policy);
  });

const attachments: Record<string, (stack: Stack, user: Added, policy: Added) => void> = {
  "attached to the user": (stack, user, policy) => {
    stack.add("aws:iam/userPolicyAttachment:UserPolicyAttachment", "a", {
      user: user.of("id"),
      policyArn: policy.of("arn"),
    });
  },
  "attached to users": (stack, user, policy) => {
    stack.add("aws:iam/policyAttachment:PolicyAttachment", "a", {
      users: [user.of("id")],
      policyArn: policy.of("arn"),
    });
  },
  "attached to a group that the user is in": (stack, user, policy) => {
    const group = stack.add("aws:iam/group:Group", "g", {});
    stack.add("aws:iam/userGroupMembership:UserGroupMembership", "m", {
      user: user.of("id"),
      groups: [group.of("id")],
    });
    stack.add("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "a", {
      group: group.of("id"),
      policyArn: policy.of("arn"),
    });
  },
  "attached to a group that has the user": (stack, user, policy) => {
    const group = stack.add("aws:iam/group:Group", "g", {});
    stack.add("aws:iam/groupMembership:GroupMembership", "m", { group: group.of("id"), users: [user.of("id")] });
    stack.add("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "a", {
      group: group.of("id"),
      policyArn: policy.of("arn"),
    });
  },
};

describe("smtp-credentials-private (M6)", () => {
  describe("what the user may do", () => {
    describePlanted(smtpCredentialsPrivate, {
      "send from one identity": { stack: inline(send), answer: "proved" },
      "send from one identity by a configuration set": {
        stack: statement({
          Action: ["ses:SendRawEmail", "ses:SendEmail"],
          Resource: [identity, arn("configuration-set/mail")],
        }),
        answer: "proved",
      },
      "send from the addresses of one domain": {
        stack: statement({ Resource: arn("identity/*@example.com") }),
        answer: "proved",
      },
      "send from every identity": {
        stack: statement({ Resource: "*" }),
        answer: "violated",
        words:
          /statement 1 of policy "send" allows to send from every identity of the account: \*\nFix: allow ses:SendRawEmail on/,
      },
      "send from every identity of the account, in full": {
        stack: statement({ Resource: arn("identity/*") }),
        answer: "violated",
      },
      "send from every identity, but from one address": {
        stack: statement({ Resource: "*", Condition: { StringEquals: { "ses:FromAddress": "me@example.com" } } }),
        answer: "proved",
      },
      "send from every identity, from any address": {
        stack: statement({ Resource: "*", Condition: { StringLike: { "ses:FromAddress": "*" } } }),
        answer: "violated",
      },
      "send from all but one identity": {
        stack: inline({ Effect: "Allow", Action: "ses:SendRawEmail", NotResource: identity }),
        answer: "violated",
      },
      "do everything with SES": {
        stack: statement({ Action: "ses:*" }),
        answer: "violated",
        words: /allows more than to send: ses:\*/,
      },
      "send any kind of mail": { stack: statement({ Action: "ses:Send*" }), answer: "violated" },
      "send, and everything else": {
        stack: inline(send, { Effect: "Allow", Action: "*", Resource: "*" }),
        answer: "violated",
      },
      "send, and all but a little": {
        stack: inline(send, { Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
        answer: "violated",
      },
      "send, and read a bucket": {
        stack: inline(send, { Effect: "Allow", Action: "s3:GetObject", Resource: "*" }),
        answer: "proved",
      },
      "send, and never more": {
        stack: inline(send, { Effect: "Deny", Action: "ses:*", Resource: "*" }),
        answer: "proved",
      },
      "by a policy of AWS": {
        stack: managed("arn:aws:iam::aws:policy/AmazonSESFullAccess"),
        answer: "violated",
        words: /AmazonSESFullAccess allows everything of SES/,
      },
      "by a policy of another stack": {
        stack: managed(`arn:aws:iam::${ACCOUNT}:policy/theirs`),
        answer: "undetermined",
      },
      "an administrator with an access key, where no mail is sent": {
        stack: inline({ Effect: "Allow", Action: "*", Resource: "*" }),
        answer: "notApplicable",
      },
      "an administrator with an access key, where mail is sent": {
        stack: () => {
          const stack = inline({ Effect: "Allow", Action: "*", Resource: "*" })();
          stack.add("aws:sesv2/emailIdentity:EmailIdentity", "own", { emailIdentity: "example.com" });
          return stack;
        },
        answer: "violated",
        words: /allows more than to send: \*/,
      },
      "nothing with SES": {
        stack: inline({ Effect: "Allow", Action: "s3:*", Resource: "*" }),
        answer: "notApplicable",
      },
      "no user": { stack: () => new Stack(), answer: "notApplicable" },
    });

    for (const [name, attach] of Object.entries(attachments)) {
      describePlanted(smtpCredentialsPrivate, {
        [`only send, by a policy ${name}`]: { stack: ofStack("ses:SendRawEmail", attach), answer: "proved" },
        [`do everything, by a policy ${name}`]: { stack: ofStack("ses:*", attach), answer: "violated" },
      });
    }
  });

  describe("where the credentials lie", () => {
    const places: Record<string, (stack: Stack, value: Input) => void> = {
      "an environment of a function": (stack, value) => {
        stack.add("aws:lambda/function:Function", "f", { environment: { variables: { SMTP: value } } });
      },
      "a container": (stack, value) => {
        const containerDefinitions = jsonOf([{ name: "x", environment: [{ name: "SMTP", value }] }]);
        stack.add("aws:ecs/taskDefinition:TaskDefinition", "t", { containerDefinitions });
      },
      "a parameter that isn't encrypted": (stack, value) => {
        stack.add("aws:ssm/parameter:Parameter", "p", { type: "String", value });
      },
      "user data": (stack, value) => {
        stack.add("aws:ec2/instance:Instance", "i", { userData: jsonOf(value) });
      },
    };
    const keyed = (
      put: (stack: Stack, password: Input) => void,
      password = PASSWORD,
      inline: Input = policyOf(send),
    ) => {
      const stack = new Stack();
      const user = stack.add("aws:iam/user:User", "smtp", {});
      const key = stack.add(
        "aws:iam/accessKey:AccessKey",
        "smtp",
        { user: user.of("id") },
        { secret: "k".repeat(40), sesSmtpPasswordV4: password },
      );
      stack.add("aws:iam/userPolicy:UserPolicy", "send", { user: user.of("id"), policy: inline });
      put(stack, key.of("sesSmtpPasswordV4"));
      return stack;
    };
    for (const [name, put] of Object.entries(places)) {
      it(`isn't ${name}`, () => {
        const stack = keyed(put);
        assert.equal(answerOf(smtpCredentialsPrivate, stack.resources(true)), "violated");
        assert.equal(answerOf(smtpCredentialsPrivate, stack.resources(false)), "undetermined");
        const sound = keyed((other) => {
          put(other, "something else");
        });
        assert.equal(answerOf(smtpCredentialsPrivate, sound.resources(true)), "proved");
        assert.equal(answerOf(smtpCredentialsPrivate, sound.resources(false)), "proved");
      });

      it(`isn't ${name}, derived by the program itself`, () => {
        const stack = keyed((other) => {
          put(other, PASSWORD);
        }, "another password");
        assert.equal(answerOf(smtpCredentialsPrivate, stack.resources(true)), "violated");
      });
    }

    it("is a secret, or an encrypted parameter", () => {
      const stack = keyed((other, password) => {
        other.add("aws:ssm/parameter:Parameter", "p", { type: "SecureString", value: password });
        other.add("aws:secretsmanager/secretVersion:SecretVersion", "s", { secretString: password });
      });
      assert.equal(answerOf(smtpCredentialsPrivate, stack.resources(true)), "proved");
      assert.equal(answerOf(smtpCredentialsPrivate, stack.resources(false)), "proved");
    });

    describe("among the outputs of the stack", () => {
      const withOutputs = (props: Resource["props"], more: Partial<Resource> = {}): readonly Resource[] => [
        ...smtpUser((stack, user) => {
          stack.add("aws:iam/userPolicy:UserPolicy", "send", { user: user.of("id"), policy: policyOf(send) });
        }).resources(true),
        { type: "pulumi:pulumi:Stack", name: "s", urn: "urn:pulumi:s", props, propertyDependencies: {}, ...more },
      ];

      it("is violated where a state shows the password in clear", () => {
        const [finding] = findingsOf(smtpCredentialsPrivate, withOutputs({ mail: { password: PASSWORD } }));
        assert.equal(finding?.verdict.kind, "violated");
        assert.match(finding.verdict.witness, /stack output mail shows an SMTP password of SES/);
        assert.doesNotMatch(finding.verdict.witness, new RegExp(PASSWORD.slice(0, 12).replace("+", "\\+")));
      });

      it("is proved where the state keeps the output as a secret", () => {
        const resources = withOutputs({ mail: PASSWORD }, { secrets: new Set(["mail"]) });
        assert.equal(answerOf(smtpCredentialsPrivate, resources), "proved");
      });

      it("is undetermined where the engine hands over the password, for it doesn't say whether it is a secret", () => {
        const engine = keyed(() => undefined).resources(true);
        const stack: Resource = {
          type: "pulumi:pulumi:Stack",
          name: "s",
          urn: "urn:pulumi:s",
          props: { mail: PASSWORD },
          propertyDependencies: {},
        };
        assert.equal(answerOf(smtpCredentialsPrivate, [...engine, stack]), "undetermined");
        assert.equal(
          answerOf(smtpCredentialsPrivate, [...engine, { ...stack, props: { mail: "mail.example.com" } }]),
          "proved",
        );
      });
    });
  });
});
