import assert from "node:assert/strict";
import fc from "fast-check";
import {
  endpointName,
  endpointServiceName,
  parseEndpointName,
  type ServiceEndpoint,
} from "../../../infra/network/service-endpoint";

const tokyo = { region: "ap-northeast-1" };
const vpcEndpoint = { id: "vpce-0123456789abcdef0", token: "abcdefgh" };

/** As AWS's pages show them, one of each form and partition. */
const EXAMPLES: readonly [string, ServiceEndpoint][] = [
  ["email-smtp.ap-northeast-1.amazonaws.com", { service: "email-smtp", ...tokyo }],
  ["https://dynamodb.us-west-2.amazonaws.com", { protocol: "https", service: "dynamodb", region: "us-west-2" }],
  ["api.ecr.us-east-1.amazonaws.com", { service: "api.ecr", region: "us-east-1" }],
  ["iam.amazonaws.com", { service: "iam" }],
  ["kms-fips.us-west-2.amazonaws.com", { service: "kms", region: "us-west-2", fips: true }],
  ["https://ec2.us-west-2.api.aws", { protocol: "https", service: "ec2", region: "us-west-2", dualStack: true }],
  ["logs-fips.us-east-1.api.aws", { service: "logs", region: "us-east-1", fips: true, dualStack: true }],
  ["s3.dualstack.ap-northeast-1.amazonaws.com", { service: "s3", ...tokyo, dualStack: true }],
  ["s3-fips.dualstack.us-east-1.amazonaws.com", { service: "s3", region: "us-east-1", fips: true, dualStack: true }],
  ["vpce-0123456789abcdef0-abcdefgh.ec2.ap-northeast-1.vpce.amazonaws.com", { service: "ec2", ...tokyo, vpcEndpoint }],
  [
    "vpce-0123456789abcdef0-abcdefgh-ap-northeast-1a.email-smtp.ap-northeast-1.vpce.amazonaws.com",
    { service: "email-smtp", ...tokyo, vpcEndpoint: { ...vpcEndpoint, zone: "ap-northeast-1a" } },
  ],
  ["sns.cn-north-1.amazonaws.com.cn", { service: "sns", region: "cn-north-1" }],
  ["ec2.cn-north-1.api.amazonwebservices.com.cn", { service: "ec2", region: "cn-north-1", dualStack: true }],
  ["sqs.us-gov-west-1.amazonaws.com", { service: "sqs", region: "us-gov-west-1" }],
  ["ec2.us-iso-east-1.c2s.ic.gov", { service: "ec2", region: "us-iso-east-1" }],
  ["logs.eusc-de-east-1.amazonaws.eu", { service: "logs", region: "eusc-de-east-1" }],
];

describe("the name of a service's endpoint (M8)", () => {
  for (const [name, endpoint] of EXAMPLES) {
    it(`builds and reads ${name}`, () => {
      assert.equal(endpointName(endpoint), name);
      assert.deepEqual(parseEndpointName(name), endpoint);
    });
  }

  it("reads back whatever it builds", () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/);
    const yes = fc.constantFrom<true | undefined>(true, undefined);
    const zone = fc.stringMatching(/^[a-z0-9]{8}$/).map((token) => ({ id: vpcEndpoint.id, token }));
    const endpoint = fc.record({
      protocol: fc.option(fc.constantFrom("https", "http"), { nil: undefined }),
      service: fc.array(label, { minLength: 1, maxLength: 2 }).map((labels) => labels.join(".")),
      region: fc.constantFrom("ap-northeast-1", "ap-northeast-3", "cn-northwest-1", "us-gov-east-1"),
      fips: yes,
      form: fc.oneof(
        fc.constant({}),
        fc.constant({ dualStack: true }),
        zone.map((own) => ({ vpcEndpoint: own })),
      ),
    });
    fc.assert(
      fc.property(endpoint, ({ form, protocol, fips, ...rest }) => {
        const whole = { ...(protocol && { protocol }), ...rest, ...(fips && { fips }), ...form };
        assert.deepEqual(parseEndpointName(endpointName(whole)), whole);
      }),
    );
  });

  for (const text of [
    "",
    "example.com",
    "ec2.ap-northeast-1.example.com",
    "ap-northeast-1.amazonaws.com",
    "sns.cn-north-1.amazonaws.com",
    "EC2.us-west-2.amazonaws.com",
    "vpce-12.ec2.ap-northeast-1.vpce.amazonaws.com",
    "amazonaws.com",
    "https://",
  ]) {
    it(`takes "${text}" for none`, () => {
      assert.equal(parseEndpointName(text), undefined);
    });
  }

  it("refuses what doesn't exist", () => {
    assert.throws(() => endpointName({ service: "iam", fips: true }), /only regional endpoints vary/);
    assert.throws(() => endpointName({ service: "ec2", region: "Tokyo" }), /Tokyo is no AWS Region/);
    assert.throws(() => endpointName({ service: "ec2", ...tokyo, vpcEndpoint, dualStack: true }), RangeError);
  });
});

describe("the name of a service among VPC endpoints (M8)", () => {
  it("is the partition's domain backwards, Region and service", () => {
    assert.equal(endpointServiceName("email-smtp", "ap-northeast-1"), "com.amazonaws.ap-northeast-1.email-smtp");
    assert.equal(endpointServiceName("ec2", "us-gov-west-1"), "com.amazonaws.us-gov-west-1.ec2");
    assert.equal(endpointServiceName("ec2", "cn-north-1"), "cn.com.amazonaws.cn-north-1.ec2");
    assert.equal(endpointServiceName("s3", "cn-north-1"), "com.amazonaws.cn-north-1.s3");
  });
});
