import assert from "node:assert/strict";
import { isRpcSecret } from "@pulumi/pulumi/runtime";
import { smtpPassword } from "../../infra/ses/smtp-password";
import { ACCESS_KEY, deployed, OSAKA, type Deployment } from "./deployment";
import { theOne, type Recorded } from "./mocks";

/** As it was given, what Base64 hides in it too: user data is nothing else. */
function textsOf(inputs: Recorded["inputs"]): string {
  const text = JSON.stringify(inputs);
  const hidden = text.match(/[A-Za-z0-9+/=]{64,}/g) ?? [];
  return [text, ...hidden.map((part) => Buffer.from(part, "base64").toString())].join("\n");
}

/** Where `secret` stands: `type name property`. */
function placesOf(secret: string, resources: readonly Recorded[]): string[] {
  return resources.flatMap(({ type, name, inputs }) =>
    Object.keys(inputs)
      .filter((key) => textsOf({ [key]: inputs[key] }).includes(secret))
      .map((key) => `${type} ${name} ${key}`),
  );
}

for (const maintenance of [false, true]) {
  describe(`planted secrets ${maintenance ? "during" : "outside of"} maintenance`, () => {
    let stack: Deployment;
    before(async function () {
      this.timeout(60_000);
      stack = await deployed({ ...OSAKA, maintenance });
    });

    const passwordIn = (name: string) => {
      const version = theOne(stack.resources, "aws:secretsmanager/secretVersion:SecretVersion", name);
      const { value } = version.inputs["secretString"] as { value: string };
      return (JSON.parse(value) as { password: string }).password;
    };
    const planted = () => ({
      master: passwordIn("osaka-database-master"),
      reader: passwordIn("osaka-database-accounts"),
      smtp: passwordIn("osaka-ses-smtp"),
      accessKey: ACCESS_KEY,
    });

    it("are four, none like another", () => {
      assert.equal(new Set(Object.values(planted())).size, 4);
      assert.equal(planted().smtp, smtpPassword(ACCESS_KEY, OSAKA.region));
    });

    it("stand in their own secrets, the master's at the database too, and nowhere else", () => {
      const { master, reader, smtp, accessKey } = planted();
      const kept = (name: string) => `aws:secretsmanager/secretVersion:SecretVersion ${name} secretString`;
      assert.deepEqual(placesOf(master, stack.resources), [
        "aws:rds/instance:Instance osaka-database password",
        kept("osaka-database-master"),
      ]);
      assert.deepEqual(placesOf(reader, stack.resources), [kept("osaka-database-accounts")]);
      assert.deepEqual(placesOf(smtp, stack.resources), [kept("osaka-ses-smtp")]);
      assert.deepEqual(placesOf(accessKey, stack.resources), []);
    });

    it("are encrypted in the state wherever they stand", () => {
      for (const secret of Object.values(planted())) {
        for (const place of placesOf(secret, stack.resources)) {
          const [type = "", name = "", property = ""] = place.split(" ");
          assert.ok(isRpcSecret(theOne(stack.resources, type, name).inputs[property]), place);
        }
      }
    });

    it("are in no output, neither a component's nor the stack's", () => {
      const outputs = [stack.outputs, ...stack.resources.map((one) => one.outputs)];
      for (const secret of Object.values(planted())) {
        for (const some of outputs) assert.ok(!textsOf(some).includes(secret));
      }
    });

    it("would be found in user data, artifacts and policies, which are there to be searched", () => {
      const searched = (type: string) => stack.resources.filter((one) => one.type === type).length;
      assert.equal(searched("aws:ec2/launchTemplate:LaunchTemplate"), 5);
      assert.ok(searched("aws:s3/bucketObjectv2:BucketObjectv2") > 10);
      assert.ok(searched("aws:iam/rolePolicy:RolePolicy") > 5);
      const template = theOne(stack.resources, "aws:ec2/launchTemplate:LaunchTemplate", "osaka-bastion");
      const userData = Buffer.from(`#cloud-config\n# ${"x".repeat(100)}${planted().smtp}\n`).toString("base64");
      assert.equal(placesOf(planted().smtp, [{ ...template, inputs: { userData } }]).length, 1);
    });
  });
}
