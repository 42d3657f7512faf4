import assert from "node:assert/strict";
import { smtpPassword } from "../../../../infra/ses/smtp-password";
import { hasSmtpPassword, secretsIn } from "../../../../policies/rules/secrets/recognised";

/** Put together here, so that no scanner takes this file for a leak. */
const accessKeyId = `AKIA${"IOSFODNN7EXAMPLE".replace("1", "I").slice(0, 16)}`;
const privateKey = (kind: string) => `-----BEGIN ${kind}PRIVATE KEY-----\nMIIB\n`;

const secret: Record<string, readonly [string, string]> = {
  "an access key": [`aws_access_key_id = ${accessKeyId}`, "an AWS access key"],
  "the key of an access key": [`AWS_SECRET_ACCESS_KEY=${"aB3/".repeat(10)}`, "the key of an AWS access key"],
  "a private key": [privateKey(""), "a private key"],
  "a private key of OpenSSH": [privateKey("OPENSSH "), "a private key"],
  "an encrypted private key": [privateKey("ENCRYPTED "), "a private key"],
  "a token of GitHub": [`git clone https://ghp_${"a1B2".repeat(9)}@github.com/x/y`, "a token of GitHub"],
  "a password in a URL": ["DATABASE_URL=postgres://app:hunter22@db.example.com/app", "a password in a URL"],
  "a password in a shell": ["export DB_PASSWORD=correct-horse", "a password"],
  "a password in quotes": [`DATABASE_PASSWORD="SomeSortOfPassword"`, "a password"],
  "a password on a command line": ["mysql --password=correct-horse -e x", "a password"],
  "a password in cloud-config": ["#cloud-config\npassword: correct-horse\n", "a password"],
  "a plain password of a user": ["users:\n  - name: x\n    plain_text_passwd: 'correct-horse'\n", "a password"],
  "a password in JSON": ['{"password": "correct-horse"}', "a password"],
};

const harmless: Record<string, string> = {
  "a variable": "export DB_PASSWORD=$PASSWORD; X_PASSWORD=${Y}; PASSWORD='$1'",
  "a command": "PASSWORD=$(aws secretsmanager get-secret-value --secret-id x)\nPGPASSWORD=`cat /run/x`",
  "an ARN": "DB_PASSWORD=arn:aws:secretsmanager:eu-west-1:111122223333:secret:x",
  "a file": "password = /run/secrets/password\nsmtp_sasl_password_maps = texthash:/etc/postfix/sasl",
  "a switch": "lock_passwd: true\nssh_pwauth: false\nPasswordAuthentication no\nexpire_password: disabled",
  "a hash": "passwd: $6$rounds=4096$abcdefgh",
  "a placeholder": "password: <changed at boot>\npassword={{ lookup }}",
  "a query": "password_query = SELECT password FROM users WHERE name = '%u'",
  "a public key":
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 ops\n-----BEGIN PUBLIC KEY-----\n-----BEGIN CERTIFICATE-----",
  "a URL with a port": "http_proxy: http://proxy.example.com:3128 # ask ops@example.com",
};

describe("secrets in a text", () => {
  for (const [name, [text, what]] of Object.entries(secret)) {
    it(`${name} is recognised, packed too, and not repeated`, () => {
      assert.deepEqual(secretsIn(text, []), [what]);
      assert.deepEqual(secretsIn(Buffer.from(`${text}\n# padding`).toString("base64"), []), [what]);
    });
  }

  for (const [name, text] of Object.entries(harmless)) {
    it(`${name} is none`, () => {
      assert.deepEqual(secretsIn(text, []), []);
    });
  }

  it("are named by what they are where the stack knows them, wherever they stand", () => {
    const owner = { type: "aws:x/y:Z", name: "x", urn: "urn:x", props: {}, propertyDependencies: {} };
    const known = [{ owner, what: "the password of x", value: "correct-horse" }];
    assert.deepEqual(secretsIn("echo correct-horse >x", known), ["the password of x"]);
    assert.deepEqual(secretsIn("PASSWORD=correct-horse", known), ["the password of x"]);
    assert.deepEqual(secretsIn("echo wrong-horse", known), []);
  });
});

describe("an SMTP password of SES (M6)", () => {
  it("is recognised by its form, packed too", () => {
    for (const region of ["ap-northeast-1", "eu-west-1", "us-east-1"]) {
      const password = smtpPassword("an example key", region);
      assert.ok(hasSmtpPassword(`user:${password}`), password);
      assert.ok(hasSmtpPassword(Buffer.from(`{"password":"${password}"}`).toString("base64")));
    }
  });

  it("isn't any other text in Base64", () => {
    for (const text of [`C${"A".repeat(43)}`, `B${"Z".repeat(43)}`, `BA${"A".repeat(43)}`, `BA${"A".repeat(41)}`]) {
      assert.ok(!hasSmtpPassword(text), text);
    }
  });
});
