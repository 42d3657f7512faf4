import assert from "node:assert/strict";
import { MachineRole } from "../../../infra/instances/machine-role";
import { keepSecret } from "../../../infra/instances/permissions";
import { MACHINE_ANSWERS } from "../answers";
import { lineage, record, resolved, theOne, type Recorded } from "../mocks";

const SELF = "dejima:instances:MachineRole main-bastion";
const document = (text: unknown): unknown => JSON.parse(String(text));

describe("MachineRole", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await record(MACHINE_ANSWERS, async () => {
      const statements = [keepSecret("arn:aws:secret")];
      const role = new MachineRole("main-bastion", { logGroupArn: "arn:aws:logs:main-bastion", statements });
      assert.equal(await resolved(role.profileArn), "arn:aws:profile:main-bastion");
    });
  });

  it("is a role, its permissions and the profile that hands it to machines, and nothing attached besides", () => {
    assert.deepEqual(lineage(resources), [
      `aws:iam/instanceProfile:InstanceProfile main-bastion < ${SELF}`,
      `aws:iam/role:Role main-bastion < ${SELF}`,
      `aws:iam/rolePolicy:RolePolicy main-bastion < ${SELF}`,
      SELF,
    ]);
    assert.deepEqual(theOne(resources, "aws:iam/instanceProfile:InstanceProfile").inputs, {
      role: "main-bastion-role",
      tags: { Name: "main-bastion" },
    });
  });

  it("can be taken by EC2 only", () => {
    const { assumeRolePolicy, ...others } = theOne(resources, "aws:iam/role:Role").inputs;
    assert.deepEqual(others, { tags: { Name: "main-bastion" } });
    assert.deepEqual(document(assumeRolePolicy), {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
  });

  it("may answer Session Manager, write its own logs, and what its statements say: no more", () => {
    const { role, policy } = theOne(resources, "aws:iam/rolePolicy:RolePolicy").inputs;
    assert.equal(role, "main-bastion-id");
    assert.deepEqual(document(policy), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "SessionManager",
          Effect: "Allow",
          Action: [
            "ssm:UpdateInstanceInformation",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
          ],
          Resource: "*",
        },
        {
          Sid: "OwnLogs",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: "arn:aws:logs:main-bastion:*",
        },
        {
          Sid: "OwnSecret",
          Effect: "Allow",
          Action: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
          Resource: "arn:aws:secret",
        },
      ],
    });
  });

  it("is handed out with its permissions only, so that no machine boots without them", () => {
    const { dependencies } = theOne(resources, "aws:iam/instanceProfile:InstanceProfile");
    assert.deepEqual(dependencies, ["aws:iam/role:Role main-bastion", "aws:iam/rolePolicy:RolePolicy main-bastion"]);
  });
});
