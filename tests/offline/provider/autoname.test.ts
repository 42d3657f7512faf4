import assert from "node:assert/strict";

import type { Props } from "../../../offline/model";
import { CheckFailed, embeddedAws } from "../harness";

const aws = embeddedAws();

/** What a resource is called that was given no name, with the random part as `#`. */
function named(type: string, logicalName: string, property: string, inputs: Props = {}): string {
  const name = aws.check(type, logicalName, inputs).inputs[property];
  assert.equal(typeof name, "string");
  return String(name).replace(/[0-9a-f]{7}$/, "#######");
}

describe("automatic names", () => {
  const database = { instanceClass: "db.t4g.small", engine: "postgres" };
  const table: [string, string, string, Props, string][] = [
    ["aws:ec2/securityGroup:SecurityGroup", "Web", "name", {}, "Web-#######"],
    ["aws:iam/role:Role", "Web", "name", {}, "Web-#######"],
    ["aws:kms/alias:Alias", "mail", "name", {}, "alias/mail-#######"],
    ["aws:kms/alias:Alias", "alias/mail", "name", {}, "alias/mail-#######"],
    ["aws:s3/bucket:Bucket", "Logs", "bucket", {}, "logs-#######"],
    ["aws:ec2/keyPair:KeyPair", "me", "keyName", {}, "me-#######"],
    ["aws:rds/instance:Instance", "main-db", "identifier", database, "main-db#######"],
    ["aws:rds/subnetGroup:SubnetGroup", "db", "name", {}, "db-#######"],
  ];
  for (const [type, logicalName, property, inputs, expected] of table) {
    it(`${type} "${logicalName}" gets the ${property} ${expected}`, () => {
      assert.equal(named(type, logicalName, property, inputs), expected);
    });
  }

  it("SQL Server's identifiers have three digits and fit into 15 characters", () => {
    const inputs = { instanceClass: "db.m6i.large", engine: "sqlserver-ex" };
    const { identifier } = aws.check("aws:rds/instance:Instance", "main-db", inputs).inputs;
    assert.match(String(identifier), /^main-db[0-9a-f]{3}$/);
  });

  it("a logical name that is too long is refused, not cut: the name would no longer tell what it is", () => {
    const long = "a".repeat(60);
    assert.throws(
      () => aws.checked("aws:iam/role:Role", long, { assumeRolePolicy: "{}" }),
      (error) =>
        error instanceof CheckFailed &&
        error.message.startsWith(
          `name: ProviderCheck: name '${long}-' plus 7 random chars is longer than maximum length 64`,
        ),
    );
  });

  it("a load balancer's must fit into 32 characters", () => {
    assert.throws(
      () => aws.checked("aws:lb/targetGroup:TargetGroup", "n".repeat(25), { port: 1, protocol: "TCP", vpcId: "vpc-1" }),
      /"name" cannot be longer than 32 characters/,
    );
  });

  it("a name that begins with sg- is refused by hand, and let pass for a group called sg", () => {
    const GROUP = "aws:ec2/securityGroup:SecurityGroup";
    assert.throws(() => aws.checked(GROUP, "web", { name: "sg-web" }), /cannot begin with sg-/);
    assert.match(String(aws.checked(GROUP, "sg", {})["name"]), /^sg-[0-9a-f]{7}$/);
  });
});
