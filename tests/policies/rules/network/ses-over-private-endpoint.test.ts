import assert from "node:assert/strict";
import { sesOverPrivateEndpoint } from "../../../../policies/rules/network/ses-over-private-endpoint";
import { report } from "../../../../policies/verdict";
import { hideOne, places } from "../../hidden-values";
import { findingsOf, type Input, Stack } from "../../stack";
import { type Answer, answerOf } from "../planted";

type Props = Record<string, Input>;

/** What a test changes; all else is as it should be. */
interface Change {
  /** undefined: there is none. */
  readonly endpoint?: Props | "none";
  readonly endpointZones?: readonly string[];
  readonly endpointIngress?: readonly Props[];
  readonly relayEgress?: readonly Props[];
  readonly relayTags?: Props;
  readonly zoneIds?: Readonly<Record<string, string>>;
  readonly nat?: true;
  readonly identity?: "v1" | "none";
}

const anywhere = "0.0.0.0/0";
const tcp = (port: number, more: Props): Props => ({ protocol: "tcp", fromPort: port, toPort: port, ...more });

/** Relays and a web server in private subnets of two zones, and SES's interface endpoint in both. */
function mailStack(change: Change = {}): Stack {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "mail", { cidrBlock: "10.0.0.0/16" });
  const zoneIds = change.zoneIds ?? { a: "euw1-az1", b: "euw1-az2" };
  const tier = (name: string, third: number) =>
    Object.entries(zoneIds).map(([zone, id], at) => ({
      zone,
      subnet: stack.add(
        "aws:ec2/subnet:Subnet",
        `${name}-${zone}`,
        { vpcId: vpc.id, cidrBlock: `10.0.${third + at}.0/24`, availabilityZone: `eu-west-1${zone}` },
        { availabilityZoneId: id },
      ),
    }));
  const [edge, dmz, service] = [tier("edge", 0), tier("dmz", 10), tier("service", 20)];
  const table = stack.add("aws:ec2/routeTable:RouteTable", "dmz", { vpcId: vpc.id });
  dmz.forEach(({ zone, subnet }) => {
    stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", zone, {
      subnetId: subnet.id,
      routeTableId: table.id,
    });
  });
  if (change.nat === true) plantNat(stack, vpc.id, table.id, edge[0]?.subnet.id ?? "");
  const group = (name: string, ingress: readonly Props[], egress: readonly Props[]) =>
    stack.add("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: vpc.id, ingress, egress });
  const relay = group("relay", [], change.relayEgress ?? [tcp(587, { cidrBlocks: ["10.0.20.0/23"] })]);
  const web = group("web", [], [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/16"] }]);
  const ses = group("ses", change.endpointIngress ?? [tcp(587, { securityGroups: [relay.id] })], []);
  if (change.endpoint !== "none")
    stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "ses", {
      vpcId: vpc.id,
      serviceName: "com.amazonaws.eu-west-1.email-smtp",
      vpcEndpointType: "Interface",
      subnetIds: service
        .filter(({ zone }) => (change.endpointZones ?? ["a", "b"]).includes(zone))
        .map(({ subnet }) => subnet.id),
      securityGroupIds: [ses.id],
      privateDnsEnabled: true,
      ...change.endpoint,
    });
  const template = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "relay", { vpcSecurityGroupIds: [relay.id] });
  stack.add("aws:autoscaling/group:Group", "mta", {
    launchTemplate: { id: template.id, version: "1" },
    vpcZoneIdentifiers: dmz.map(({ subnet }) => subnet.id),
    minSize: 2,
    tags: [{ key: "Role", propagateAtLaunch: true, ...(change.relayTags ?? { value: "relay" }) }],
  });
  stack.add("aws:ec2/instance:Instance", "web", {
    subnetId: dmz[0]?.subnet.id ?? "",
    vpcSecurityGroupIds: [web.id],
    associatePublicIpAddress: false,
    tags: { Role: "web" },
  });
  if (change.identity === "v1") stack.add("aws:ses/domainIdentity:DomainIdentity", "mail", { domain: "example.com" });
  else if (change.identity !== "none")
    stack.add("aws:sesv2/emailIdentity:EmailIdentity", "mail", { emailIdentity: "example.com" });
  return stack;
}

function plantNat(stack: Stack, vpcId: Input, routeTableId: Input, subnetId: Input): void {
  const gateway = stack.add("aws:ec2/internetGateway:InternetGateway", "mail", { vpcId });
  const edge = stack.add("aws:ec2/routeTable:RouteTable", "edge", { vpcId });
  stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", "edge", { subnetId, routeTableId: edge.id });
  const route = { destinationCidrBlock: anywhere };
  stack.add("aws:ec2/route:Route", "edge", { ...route, routeTableId: edge.id, gatewayId: gateway.id });
  const nat = stack.add("aws:ec2/natGateway:NatGateway", "mail", { subnetId, allocationId: "eipalloc-1" });
  stack.add("aws:ec2/route:Route", "out", { ...route, routeTableId, natGatewayId: nat.id });
}

const said = (change: Change, config: object = {}) =>
  findingsOf(sesOverPrivateEndpoint, mailStack(change).resources(true), config)
    .flatMap(({ verdict }) => report(verdict) ?? [])
    .join("\n");

const everywhereOut = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [anywhere] }];

describe("ses-over-private-endpoint (M7)", () => {
  const cases: Record<string, readonly [Change, Answer, RegExp]> = {
    "as it should be": [{}, "proved", /^$/],
    "an identity of the classic API": [{ identity: "v1" }, "proved", /^$/],
    "no private DNS": [
      { endpoint: { privateDnsEnabled: false } },
      "violated",
      /has no private DNS.*\nFix: set privateDns/,
    ],
    "no endpoint": [
      { endpoint: "none" },
      "violated",
      /relay .* has no endpoint of SES.*\nFix: add an interface endpoint/,
    ],
    "no endpoint, nothing sends": [{ endpoint: "none", identity: "none" }, "notApplicable", /^$/],
    "no endpoint, no relay": [{ endpoint: "none", relayTags: { value: "worker" } }, "notApplicable", /^$/],
    "an endpoint of another service": [
      { endpoint: { serviceName: "com.amazonaws.eu-west-1.email" } },
      "violated",
      /has no endpoint of SES/,
    ],
    "an endpoint in one zone": [
      { endpointZones: ["a"] },
      "violated",
      /isn't in zone euw1-az2, where relays are .*\nFix: add a subnet of zone euw1-az2/,
    ],
    "an endpoint in the only zone that offers it": [
      { endpointZones: ["a"], zoneIds: { a: "use1-az1", b: "use1-az3" } },
      "proved",
      /^$/,
    ],
    "an endpoint that is open on 443 only, as modules make it": [
      { endpointIngress: [tcp(443, { cidrBlocks: ["10.0.0.0/16"] })] },
      "violated",
      /relay .* doesn't reach the endpoint of SES: .*no rule of security group/,
    ],
    "an endpoint for the whole VPC": [
      { endpointIngress: [tcp(587, { cidrBlocks: ["10.0.0.0/16"] })] },
      "violated",
      /web, which is no relay, gets to endpoint .*tcp\/587/,
    ],
    "an endpoint for more than mail": [
      {
        endpointIngress: [tcp(587, { cidrBlocks: ["10.0.10.0/23"] }), tcp(443, { securityGroups: ["sg-of-nobody"] })],
        relayEgress: [tcp(25, { cidrBlocks: ["10.0.20.0/23"] })],
      },
      "violated",
      /doesn't reach the endpoint of SES/,
    ],
    "a relay that reaches the endpoint on another port of SES": [
      {
        endpointIngress: [tcp(2587, { cidrBlocks: ["10.0.10.0/23"] })],
        relayEgress: [tcp(2587, { cidrBlocks: ["10.0.20.0/23"] })],
      },
      "violated",
      /web, which is no relay/,
    ],
    "a relay with NAT and everything out": [
      { nat: true, relayEgress: everywhereOut },
      "violated",
      /relay .* has a way to SES's public endpoint:\n.*\nFix: remove its way to the internet/s,
    ],
    "a relay with NAT for packages only": [
      { nat: true, relayEgress: [tcp(587, { cidrBlocks: ["10.0.20.0/23"] }), tcp(443, { cidrBlocks: [anywhere] })] },
      "proved",
      /^$/,
    ],
    "everything out, but no route": [{ relayEgress: everywhereOut }, "proved", /^$/],
  };
  for (const [name, [change, answer, words]] of Object.entries(cases)) {
    it(`${name}: ${answer}`, () => {
      assert.equal(answerOf(sesOverPrivateEndpoint, mailStack(change).resources(true)), answer, said(change));
      assert.match(said(change), words);
    });
  }

  it("says nothing in the first preview", () => {
    const zoned = mailStack().resources(false);
    const found = findingsOf(sesOverPrivateEndpoint, zoned).flatMap(({ verdict }) => report(verdict) ?? []);
    assert.deepEqual(found, []);
  });

  it("finds the relays that a setting names", () => {
    const untagged: Change = { relayTags: { value: "worker" } };
    assert.match(said(untagged), /mta.*, which is no relay, gets to endpoint/);
    assert.equal(said(untagged, { relays: ["mta"] }), "");
  });

  it("never turns round when something isn't known", () => {
    const shown = [
      [mailStack().resources(true), "violated"],
      [mailStack({ endpoint: { privateDnsEnabled: false } }).resources(true), "proved"],
      [mailStack({ nat: true, relayEgress: everywhereOut }).resources(true), "proved"],
    ] as const;
    for (const [resources, opposite] of shown)
      resources.forEach(({ props, name, type }, at) => {
        for (const path of places(props)) {
          const got = answerOf(sesOverPrivateEndpoint, hideOne(resources, at, path));
          assert.notEqual(got, opposite, `${type} ${name} ${path.join(".")}`);
        }
      });
  });
});
