import assert from "node:assert/strict";
import { ConfigurationError } from "../../../infra/config/problem";
import { lookUpRegion, type RegionFacts } from "../../../infra/network/region-facts";
import { record, type Calls } from "../mocks";

const ASKED: unknown[] = [];

const CALLS: Calls = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": (inputs) => {
    ASKED.push(inputs);
    return { names: ["ap-northeast-1a", "ap-northeast-1c"], zoneIds: ["apne1-az4", "apne1-az1"] };
  },
  "aws:ec2/getVpcEndpointService:getVpcEndpointService": () => ({ availabilityZones: ["ap-northeast-1c"] }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "123456789012" }),
  "aws:index/getPartition:getPartition": () => ({ partition: "aws" }),
};

describe("lookUpRegion", () => {
  it("asks for zones that are open to every account, and where SES's endpoint is offered", async () => {
    let facts: RegionFacts | undefined;
    await record({}, async () => (facts = await lookUpRegion("ap-northeast-1", {})), CALLS);
    assert.deepEqual(facts, {
      region: "ap-northeast-1",
      accountId: "123456789012",
      partition: "aws",
      zones: [
        { name: "ap-northeast-1a", id: "apne1-az4" },
        { name: "ap-northeast-1c", id: "apne1-az1" },
      ],
      smtpZones: ["ap-northeast-1c"],
    });
    assert.deepEqual(ASKED, [
      { state: "available", filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }] },
    ]);
  });

  const refusing = (message: string): Calls => ({
    ...CALLS,
    "aws:ec2/getVpcEndpointService:getVpcEndpointService": () => {
      // What the engine's answer looks like to the SDK: gRPC puts the text into `details`.
      throw Object.assign(new Error(message), { details: message });
    },
  });

  it("reports a Region without SES's endpoint as a problem of the configuration (M7)", async () => {
    const calls = refusing("no matching EC2 VPC Endpoint Service found");
    await record({}, () => assert.rejects(lookUpRegion("ap-northeast-3", {}), ConfigurationError), calls);
  });

  it("passes on any other failure as it is", async () => {
    const denied = (error: unknown) =>
      !(error instanceof ConfigurationError) && /UnauthorizedOperation/.test(String(error));
    await record({}, () => assert.rejects(lookUpRegion("us-east-1", {}), denied), refusing("UnauthorizedOperation"));
  });
});
