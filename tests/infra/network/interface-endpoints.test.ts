import assert from "node:assert/strict";
import { ConfigurationError } from "../../../infra/config/problem";
import type { Recorded } from "../mocks";
import { AZS, FACTS, childrenOf, lines, resourcesOf, typed } from "./vpc-resources";

describe("InterfaceEndpoints", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await resourcesOf();
  });

  it("is an endpoint for each service, and nothing else (M7)", () => {
    assert.deepEqual(
      childrenOf(resources, "InterfaceEndpoints main"),
      ["autoscaling", "ec2", "email-smtp", "logs", "secretsmanager", "ssm", "ssmmessages"].map(
        (service) => `VpcEndpoint main-${service}`,
      ),
    );
  });

  it("has every endpoint in the service tier, under its own group and its usual name (M7)", () => {
    const both = "[main-service-apne1-az1-id,main-service-apne1-az2-id]";
    assert.deepEqual(
      lines(
        resources,
        "VpcEndpoint",
        "serviceName",
        "vpcEndpointType",
        "privateDnsEnabled",
        "subnetIds",
        "securityGroupIds",
      ),
      [
        ...["autoscaling", "ec2", "email-smtp", "logs"].map(
          (service) =>
            `main-${service} com.amazonaws.ap-northeast-1.${service} Interface true ${both} [main-${service}-id]`,
        ),
        "main-s3 com.amazonaws.ap-northeast-1.s3 Gateway null null null",
        ...["secretsmanager", "ssm", "ssmmessages"].map(
          (service) =>
            `main-${service} com.amazonaws.ap-northeast-1.${service} Interface true ${both} [main-${service}-id]`,
        ),
      ],
    );
  });

  it("limits every endpoint that takes a policy to this account", () => {
    for (const { name, inputs } of typed(resources, "VpcEndpoint")) {
      if (name === "main-email-smtp") assert.equal(inputs["policy"], undefined);
      else assert.match(String(inputs["policy"]), /"aws:PrincipalAccount":"123456789012"/, name);
    }
  });

  it("puts SES's endpoint only where AWS offers it, and refuses to rest on one zone (M7)", async () => {
    const smtpZones = ["ap-northeast-1d", "ap-northeast-1a"];
    const made = await resourcesOf({ azs: AZS, facts: { ...FACTS, smtpZones } });
    assert.deepEqual(typed(made, "VpcEndpoint").find(({ name }) => name === "main-email-smtp")?.inputs["subnetIds"], [
      "main-service-apne1-az2-id",
      "main-service-apne1-az4-id",
    ]);
    for (const [offered, advice] of [
      [
        ["ap-northeast-1d", "ap-northeast-1a"],
        /one of these zones has it.* Name zones in vpcs\[0\].azs.*\["apne1-az2","apne1-az4"\]/,
      ],
      [["ap-northeast-1a"], /none of these zones has it.* Choose a Region/],
    ] as const) {
      const facts = { ...FACTS, smtpZones: [...offered] };
      await assert.rejects(resourcesOf({ azs: AZS.slice(0, 2), facts }), (error) => {
        assert.ok(error instanceof ConfigurationError);
        assert.match(error.message, advice);
        return true;
      });
    }
  });
});
