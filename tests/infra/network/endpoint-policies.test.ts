import assert from "node:assert/strict";
import { INTERFACE_ENDPOINTS } from "../../../infra/communications";
import { interfacePolicy, s3Policy } from "../../../infra/network/endpoint-policies";

const CHINA = { region: "cn-north-1", accountId: "123456789012", partition: "aws-cn" };
const OWN = { StringEquals: { "aws:PrincipalAccount": "123456789012" } };

function statements(policy: string | undefined): Record<string, unknown>[] {
  return (JSON.parse(policy ?? "") as { Statement: Record<string, unknown>[] }).Statement;
}

describe("endpoint policies", () => {
  it("let pass what the machines do to the account's own resources, by its own credentials", () => {
    assert.deepEqual(statements(interfacePolicy("ec2", CHINA)), [
      {
        Effect: "Allow",
        Principal: "*",
        Action: ["ec2:AttachVolume", "ec2:DetachVolume"],
        Resource: [
          "arn:aws-cn:ec2:cn-north-1:123456789012:instance/*",
          "arn:aws-cn:ec2:cn-north-1:123456789012:volume/*",
        ],
        Condition: OWN,
      },
      { Effect: "Allow", Principal: "*", Action: ["ec2:DescribeVolumes"], Resource: "*", Condition: OWN },
    ]);
  });

  it("leave no statement without this account as its condition, but for SES, whose endpoint takes no policy", () => {
    for (const service of INTERFACE_ENDPOINTS) {
      if (service === "email-smtp") assert.equal(interfacePolicy(service, CHINA), undefined);
      else for (const { Condition } of statements(interfacePolicy(service, CHINA))) assert.deepEqual(Condition, OWN);
    }
  });

  it("open S3 for reading the artifacts, and the agent's packages in the partition's Region", () => {
    assert.deepEqual(
      statements(s3Policy(CHINA, "arn:aws-cn:s3:::artifacts")).map(({ Action, Resource, Condition }) => ({
        Action,
        Resource,
        Condition,
      })),
      [
        { Action: "s3:GetObject", Resource: "arn:aws-cn:s3:::artifacts/*", Condition: OWN },
        {
          Action: "s3:GetObject",
          Resource: "arn:aws-cn:s3:::amazon-ssm-cn-north-1/latest/debian_*",
          Condition: undefined,
        },
      ],
    );
  });
});
