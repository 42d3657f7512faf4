import assert from "node:assert/strict";

import type { Props } from "../../../offline/model";
import { UNKNOWN } from "../../../offline/unknown";
import { embeddedAws } from "../harness";
import { QUEUE, testModel } from "./models";

const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

function problems(type: string, inputs: Props): string[] {
  const { problems: found } = embeddedAws({ modelOf: testModel }).check(type, "x", inputs);
  return found.map(({ property, error }) => `${property}: ${error.code}: ${error.message}`);
}

describe("the schema check", () => {
  it("names an unknown property, its type, and the nearest one there is", () => {
    assert.deepEqual(problems(SUBNET, { vpcId: "vpc-1", cidrBlok: "10.0.0.0/24" }), [
      `cidrBlok: ProviderCheck: unknown property \`cidrBlok\` of ${SUBNET}; did you mean \`cidrBlock\`?`,
    ]);
  });

  it("names the path of an unknown property inside a list", () => {
    const ingress = [{ protocol: "tcp", fromPort: 1, toPort: 1, foo: 1 }];
    assert.deepEqual(problems(GROUP, { ingress }), [
      `ingress[0].foo: ProviderCheck: unknown property \`ingress[0].foo\` of ${GROUP}`,
    ]);
  });

  it("names what is missing, at any depth", () => {
    assert.deepEqual(problems(SUBNET, {}), [`vpcId: ProviderCheck: missing required property \`vpcId\` of ${SUBNET}`]);
    assert.deepEqual(problems(GROUP, { ingress: [{ protocol: "tcp", toPort: 1 }] }), [
      `ingress[0].fromPort: ProviderCheck: missing required property \`ingress[0].fromPort\` of ${GROUP}`,
    ]);
  });

  it("takes numbers and booleans as text, as Terraform does, but nothing else", () => {
    assert.deepEqual(problems(QUEUE, { delaySeconds: "5", fifoQueue: "true" }), []);
    assert.deepEqual(problems(QUEUE, { delaySeconds: "five", fifoQueue: [] }), [
      `delaySeconds: ProviderCheck: \`delaySeconds\` of ${QUEUE} must be a number, but is "five"`,
      `fifoQueue: ProviderCheck: \`fifoQueue\` of ${QUEUE} must be true or false, but is a list`,
    ]);
  });

  it("takes unknown values for right", () => {
    assert.deepEqual(problems(SUBNET, { vpcId: UNKNOWN, tags: UNKNOWN }), []);
    assert.deepEqual(problems(GROUP, { ingress: [UNKNOWN] }), []);
  });

  it("holds for every type, with or without a model", () => {
    assert.match(problems("aws:quicksight/dashboard:Dashboard", {})[0] ?? "", /missing required property/);
    assert.throws(
      () => problems("aws:ec2/sbnet:Sbnet", {}),
      /has no resource type .*did you mean aws:ec2\/subnet:Subnet/,
    );
  });
});

describe("what Check fills in", () => {
  it("is noted in __defaults at the top and in objects, but not in maps", () => {
    const inputs = { instanceType: "t3.micro", metadataOptions: { httpTokens: "required" }, tags: { a: "b" } };
    assert.deepEqual(
      embeddedAws({ modelOf: testModel }).check("aws:ec2/launchTemplate:LaunchTemplate", "x", { ...inputs, name: "x" })
        .inputs,
      {
        __defaults: [],
        ...inputs,
        name: "x",
        metadataOptions: { __defaults: [], httpTokens: "required" },
        tagsAll: { a: "b" },
      },
    );
    assert.deepEqual(embeddedAws({ modelOf: testModel }).check(QUEUE, "x", {}).inputs["__defaults"], [
      "delaySeconds",
      "name",
    ]);
  });

  it("stands in objects that are given, and brings none", () => {
    const rule = { protocol: "tcp", fromPort: 1, toPort: 1 };
    const { inputs } = embeddedAws().check(GROUP, "x", { ingress: [rule, { ...rule, self: true }] });
    assert.deepEqual(inputs["ingress"], [
      { __defaults: ["self"], ...rule, self: false },
      { __defaults: [], ...rule, self: true },
    ]);
    assert.equal("egress" in inputs, false);
  });

  it("is JSON text where a policy document is given as an object", () => {
    const policy = { Version: "2012-10-17", Statement: [] };
    const { inputs } = embeddedAws().check("aws:iam/role:Role", "x", { assumeRolePolicy: policy });
    assert.equal(inputs["assumeRolePolicy"], JSON.stringify(policy));
  });
});
