import assert from "node:assert/strict";
import type { Recorded } from "../mocks";
import { lines, resourcesOf, typed } from "./vpc-resources";

describe("SecurityGroups", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await resourcesOf();
  });

  it("writes no rule into a group or an ACL itself: every rule is a resource", () => {
    for (const { inputs } of [...typed(resources, "SecurityGroup"), ...typed(resources, "NetworkAcl")]) {
      assert.deepEqual(
        Object.keys(inputs).filter((key) => ["ingress", "egress", "subnetIds"].includes(key)),
        [],
      );
    }
  });

  it("admits to the database's group exactly relay and mailbox, by their groups (M1)", () => {
    const rules = [...typed(resources, "SecurityGroupIngressRule"), ...typed(resources, "SecurityGroupEgressRule")];
    assert.deepEqual(
      rules
        .filter(({ inputs }) => inputs["securityGroupId"] === "main-database-id")
        .map(({ name, inputs }) => ({ name, ...inputs })),
      ["mailbox", "relay"].map((from) => ({
        name: `main-database-in-tcp-5432-from-${from}`,
        securityGroupId: "main-database-id",
        referencedSecurityGroupId: `main-${from}-id`,
        ipProtocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
        description: from === "relay" ? "recipients and sender ownership, read-only" : "accounts, read-only",
        tags: { Name: `main-database-in-tcp-5432-from-${from}` },
      })),
    );
  });

  it("is a group for everyone in the matrix, tagged with the role by which the policies find it (M4, M13)", () => {
    assert.deepEqual(
      typed(resources, "SecurityGroup").map(({ name, inputs }) => ({ name, ...inputs })),
      [
        ...["autoscaling", "bastion", "bastion-nlb", "database", "ec2", "email-smtp", "internal-mail-nlb", "logs"],
        ...["mail-nlb", "mailbox", "mailstore", "proxy", "proxy-nlb", "relay", "secretsmanager", "ssm", "ssmmessages"],
        ...["web", "web-alb"],
      ].map((holder) => ({
        name: `main-${holder}`,
        vpcId: "main-id",
        description: `What the communications matrix allows ${holder}`,
        tags: { Name: `main-${holder}`, Role: holder },
      })),
    );
  });

  it("lets the bastions' balancer be met by the operators only, and meet the bastions only, on port 22 (M12)", () => {
    const own = (type: string, ...properties: string[]) =>
      lines(resources, type, "securityGroupId", "fromPort", "toPort", ...properties).filter((line) =>
        line.startsWith("main-bastion-nlb-"),
      );
    assert.deepEqual(own("SecurityGroupIngressRule", "cidrIpv4"), [
      "main-bastion-nlb-in-tcp-22-from-operators-198.51.100.7-32 main-bastion-nlb-id 22 22 198.51.100.7/32",
    ]);
    assert.deepEqual(own("SecurityGroupEgressRule", "referencedSecurityGroupId"), [
      "main-bastion-nlb-out-tcp-22-to-bastion main-bastion-nlb-id 22 22 main-bastion-id",
    ]);
  });
});
