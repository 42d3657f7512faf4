import assert from "node:assert/strict";
import type { Recorded } from "../mocks";
import { childrenOf, lines, resourcesOf, typed } from "./vpc-resources";

describe("FlowLogs", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await resourcesOf();
  });

  it("is a log, its group, and a role with one permission", () => {
    assert.deepEqual(childrenOf(resources, "FlowLogs main-flow"), [
      "LogGroup main-flow",
      "FlowLog main-flow",
      "Role main-flow",
      "RolePolicy main-flow",
    ]);
    assert.ok(typed(resources, "FlowLog")[0]?.dependencies.includes("aws:iam/rolePolicy:RolePolicy main-flow"));
  });

  it("logs every flow by a role that only this account's flow logs can use, for one log group", () => {
    const trust: unknown = JSON.parse(String(typed(resources, "Role")[0]?.inputs["assumeRolePolicy"]));
    assert.deepEqual(trust, {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws:ec2:ap-northeast-1:123456789012:vpc-flow-log/*" },
          },
        },
      ],
    });
    const policy = JSON.parse(String(typed(resources, "RolePolicy")[0]?.inputs["policy"])) as {
      Statement: { Resource: string[] }[];
    };
    assert.deepEqual(
      policy.Statement.map(({ Resource }) => Resource),
      [["arn:aws:logs:main-flow", "arn:aws:logs:main-flow:*"]],
    );
    assert.deepEqual(lines(resources, "LogGroup", "retentionInDays"), ["main-flow 90"]);
    assert.deepEqual(lines(resources, "FlowLog", "vpcId", "trafficType", "logDestination"), [
      "main-flow main-id ALL arn:aws:logs:main-flow",
    ]);
  });
});
