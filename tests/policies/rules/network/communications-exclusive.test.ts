import assert from "node:assert/strict";
import fc from "fast-check";
import { communicationsExclusive } from "../../../../policies/rules/network/communications-exclusive";
import { report } from "../../../../policies/verdict";
import { hide, hideOne, places } from "../../hidden-values";
import { type Change, shopRows, shopStack } from "../../matrix-stack";
import { findingsOf, Stack } from "../../stack";
import { type Answer, answerOf } from "../planted";

const anywhere = "0.0.0.0/0";
const tcp = (port: number, more: Record<string, string | boolean | readonly string[]>) => ({
  protocol: "tcp",
  fromPort: port,
  toPort: port,
  ...more,
});
const webEgress = [tcp(443, { cidrBlocks: [anywhere] }), tcp(5432, { cidrBlocks: ["10.0.20.0/23"] })];
const without = (...names: string[]) => shopRows.filter(({ to }) => typeof to === "string" && !names.includes(to));

/** A machine in the tier app that nobody declared. */
const spy: Change["plant"] = (stack, { vpc, appSubnets: [subnet] }) => {
  const group = stack.add("aws:ec2/securityGroup:SecurityGroup", "spy", {
    vpcId: vpc.id,
    ingress: [],
    egress: [tcp(5432, { cidrBlocks: ["10.0.20.0/23"] })],
  });
  stack.add("aws:ec2/instance:Instance", "spy", {
    subnetId: subnet?.id ?? "",
    vpcSecurityGroupIds: [group.id],
    associatePublicIpAddress: false,
    tags: { Name: "spy" },
  });
};

const said = (change: Change) =>
  findingsOf(communicationsExclusive, shopStack(change).resources(true))
    .flatMap(({ verdict }) => report(verdict) ?? [])
    .join("\n");

describe("communications-exclusive (M4)", () => {
  it("says nothing where exactly the matrix works, in the first preview too", () => {
    assert.equal(answerOf(communicationsExclusive, shopStack().resources(true)), "proved", said({}));
    assert.equal(answerOf(communicationsExclusive, shopStack().resources(false)), "proved");
    assert.deepEqual(findingsOf(communicationsExclusive, new Stack().resources(true)), []);
  });

  it("never takes what isn't known for an open way, or for none", () => {
    const open = shopStack({ plant: spy, databaseIngress: [tcp(5432, { cidrBlocks: ["10.0.0.0/16"] })] });
    const shown = [
      [shopStack().resources(true), "violated"],
      [open.resources(true), "proved"],
    ] as const;
    const everyPlace = shown.flatMap(([resources, opposite]) =>
      resources.flatMap(({ props }, at) => places(props).map((path) => ({ resources, opposite, at, path }))),
    );
    fc.assert(
      fc.property(fc.constantFrom(...everyPlace), ({ resources, opposite, at, path }) => {
        assert.notEqual(answerOf(communicationsExclusive, hideOne(resources, at, path)), opposite, path.join("."));
      }),
      { numRuns: 40 },
    );
  });

  const cases: Record<string, readonly [Change, Answer, RegExp]> = {
    "a port more out": [
      { webEgress: [...webEgress, tcp(22, { cidrBlocks: [anywhere] })] },
      "violated",
      /web .* → the internet, tcp\/22: .*security group .* lets it out/,
    ],
    "everything out": [
      { webEgress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [anywhere] }] },
      "violated",
      /web .* → the internet/,
    ],
    "datagrams out, answered or not": [
      {
        webEgress: [...webEgress, { protocol: "udp", fromPort: 53, toPort: 53, cidrBlocks: [anywhere] }],
        acl: [{ ruleNo: 100, action: "allow", protocol: "tcp", cidrBlock: anywhere, fromPort: 0, toPort: 65535 }],
      },
      "violated",
      /the internet, udp\/53: /,
    ],
    "a rule that nobody can use": [
      { webIngress: [tcp(8443, { cidrBlocks: ["10.0.0.0/23"] }), tcp(22, { cidrBlocks: [anywhere] })] },
      "proved",
      /^$/,
    ],
    "web servers among themselves": [
      {
        webIngress: [tcp(8443, { cidrBlocks: ["10.0.0.0/23"] }), tcp(9000, { self: true })],
        webEgress: [...webEgress, tcp(9000, { self: true })],
      },
      "violated",
      /web .* → web .*, tcp\/9000: /,
    ],
    "a machine that nobody declared": [
      { plant: spy, databaseIngress: [tcp(5432, { cidrBlocks: ["10.0.0.0/16"] })] },
      "violated",
      /spy .* → data .*, tcp\/5432: .*\nFix: declare it as a row/,
    ],
    "a machine that nobody declared, and that reaches nothing": [{ plant: spy }, "proved", /^$/],
    "S3 without a row": [
      { rows: without("s3", "internet"), webEgress: [...webEgress.slice(1), tcp(443, { prefixListIds: ["pl-s3"] })] },
      "violated",
      /web .* → s3, tcp\/443: .*gateway endpoint/,
    ],
    "S3 by the row to the internet": [{ rows: without("s3") }, "proved", /^$/],
    "a way in without a row": [{ rows: without("web") }, "violated", /the internet → (web|front) .*, tcp\/443: /],
    "a health check of another port": [
      {
        targets: { healthCheck: { port: "8443", protocol: "TCP" } },
        webIngress: [tcp(8443, { cidrBlocks: ["10.0.0.0/23"] })],
      },
      "proved",
      /^$/,
    ],
    "more than the declared part of the internet": [
      { more: { outsiders: { internet: ["93.0.0.0/8"] } } },
      "violated",
      /the internet → (web|front) .*, tcp\/443/,
    ],
  };
  for (const [name, [change, answer, words]] of Object.entries(cases)) {
    it(`${name}: ${answer}`, () => {
      assert.equal(answerOf(communicationsExclusive, shopStack(change).resources(true)), answer, said(change));
      assert.match(said(change), words);
    });
  }

  it("names the resource that is reached, or that reaches what is outside", () => {
    const findings = findingsOf(
      communicationsExclusive,
      shopStack({ rows: without("web", "internet", "s3") }).resources(true),
    );
    const subjects = findings.map(({ urn }) => urn?.split("::").slice(2).join(" "));
    assert.deepEqual(subjects.sort(), ["aws:autoscaling/group:Group web", "aws:lb/loadBalancer:LoadBalancer front"]);
  });

  it("leaves open what a party may be, and what a rule may say", () => {
    const open = shopStack({ plant: spy, databaseIngress: [tcp(5432, { cidrBlocks: ["10.0.0.0/16"] })] }).resources(
      true,
    );
    const answerWithout = (type: string, key: string) =>
      answerOf(
        communicationsExclusive,
        open.map((each) => (each.type === type && each.name === "spy" ? hide(each, [key]) : each)),
      );
    assert.equal(answerWithout("aws:ec2/instance:Instance", "tags"), "undetermined");
    assert.equal(answerWithout("aws:ec2/securityGroup:SecurityGroup", "egress"), "undetermined");
  });
});
