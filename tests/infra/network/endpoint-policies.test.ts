import assert from "node:assert/strict";
import { ownAccountPolicy, s3Policy } from "../../../infra/network/endpoint-policies";

const CHINA = { region: "cn-north-1", accountId: "123456789012", partition: "aws-cn" };

function statements(policy: string): { Action: string; Resource: string; Condition?: unknown }[] {
  return (JSON.parse(policy) as { Statement: { Action: string; Resource: string; Condition?: unknown }[] }).Statement;
}

describe("endpoint policies", () => {
  it("leave no statement without this account as its condition, where the service checks credentials", () => {
    assert.deepEqual(
      statements(ownAccountPolicy(CHINA)).map(({ Condition }) => Condition),
      [{ StringEquals: { "aws:PrincipalAccount": "123456789012" } }],
    );
  });

  it("open S3 for the account's own buckets, and for reading the agent's packages in the partition's Region", () => {
    assert.deepEqual(
      statements(s3Policy(CHINA)).map(({ Action, Resource, Condition }) => ({ Action, Resource, Condition })),
      [
        {
          Action: "s3:*",
          Resource: "*",
          Condition: {
            StringEquals: { "aws:PrincipalAccount": "123456789012", "aws:ResourceAccount": "123456789012" },
          },
        },
        { Action: "s3:GetObject", Resource: "arn:aws-cn:s3:::amazon-ssm-cn-north-1/*", Condition: undefined },
      ],
    );
  });
});
