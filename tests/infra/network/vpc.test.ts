import assert from "node:assert/strict";
import { ConfigurationError } from "../../../infra/config/problem";
import type { NatMode } from "../../../infra/network/nat";
import type { RegionFacts } from "../../../infra/network/region-facts";
import { TIERS } from "../../../infra/network/tiers";
import { Vpc, type VpcArgs } from "../../../infra/network/vpc";
import { record, resolved, type Answers, type Recorded } from "../mocks";

const AZS = [
  { name: "ap-northeast-1c", id: "apne1-az1" },
  { name: "ap-northeast-1d", id: "apne1-az2" },
  { name: "ap-northeast-1a", id: "apne1-az4" },
];

const FACTS: RegionFacts = {
  region: "ap-northeast-1",
  accountId: "123456789012",
  partition: "aws",
  zones: AZS,
  smtpZones: AZS.map(({ name }) => name),
};

const arn =
  (service: string) =>
  ({ name }: { name: string }) => ({ arn: `arn:aws:${service}:${name}` });
const nothing = () => ({});

const ANSWERS: Answers = {
  "aws:ec2/vpc:Vpc": () => ({ defaultNetworkAclId: "acl-default", defaultRouteTableId: "rtb-default" }),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": nothing,
  "aws:ec2/defaultRouteTable:DefaultRouteTable": nothing,
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": nothing,
  "aws:ec2/subnet:Subnet": nothing,
  "aws:ec2/routeTable:RouteTable": nothing,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": nothing,
  "aws:ec2/internetGateway:InternetGateway": nothing,
  "aws:ec2/route:Route": nothing,
  "aws:ec2/eip:Eip": ({ name }) => ({ allocationId: `${name}-allocation` }),
  "aws:ec2/natGateway:NatGateway": nothing,
  "aws:ec2/vpcEndpoint:VpcEndpoint": ({ name }) => ({ prefixListId: `${name}-prefixes` }),
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": nothing,
  "aws:ec2/securityGroup:SecurityGroup": nothing,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": nothing,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": nothing,
  "aws:ec2/networkAcl:NetworkAcl": nothing,
  "aws:ec2/networkAclRule:NetworkAclRule": nothing,
  "aws:ec2/networkAclAssociation:NetworkAclAssociation": nothing,
  "aws:ec2/flowLog:FlowLog": nothing,
  "aws:cloudwatch/logGroup:LogGroup": arn("logs"),
  "aws:iam/role:Role": arn("iam"),
  "aws:iam/rolePolicy:RolePolicy": nothing,
};

function argsOf(more: Partial<VpcArgs> = {}): VpcArgs {
  return {
    cidrBlock: "10.0.0.0/16",
    azs: AZS.slice(0, 2),
    nat: "per-az",
    communications: { maintenance: false, operators: ["198.51.100.7/32"] },
    facts: FACTS,
    flowLogRetentionDays: 90,
    ...more,
  };
}

async function resourcesOf(more: Partial<VpcArgs> = {}): Promise<Recorded[]> {
  const all = await record(ANSWERS, () => new Vpc("main", argsOf(more)));
  return all.filter(({ type }) => type.startsWith("aws:"));
}

function typed(resources: readonly Recorded[], type: string): Recorded[] {
  return resources.filter((resource) => resource.type.endsWith(`:${type}`));
}

/** The named properties of every resource of a type, one line a resource. */
function lines(resources: readonly Recorded[], type: string, ...properties: string[]): string[] {
  return typed(resources, type).map(({ name, inputs }) => {
    const values = properties.map((property) => JSON.stringify(inputs[property] ?? null).replaceAll('"', ""));
    return [name, ...values].join(" ");
  });
}

function counts(resources: readonly Recorded[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const { type } of resources) {
    const short = type.split(":").at(-1) ?? type;
    result[short] = (result[short] ?? 0) + 1;
  }
  return result;
}

describe("Vpc", () => {
  let resources: Recorded[];
  before(async function () {
    this.timeout(60_000);
    resources = await resourcesOf();
  });

  it("has a subnet of every tier in every zone, each with its table (M1)", () => {
    assert.deepEqual(lines(resources, "Subnet", "cidrBlock", "availabilityZone", "mapPublicIpOnLaunch"), [
      "main-dmz-apne1-az1 10.0.0.0/21 ap-northeast-1c false",
      "main-dmz-apne1-az2 10.0.8.0/21 ap-northeast-1d false",
      "main-edge-apne1-az1 10.0.64.0/22 ap-northeast-1c false",
      "main-edge-apne1-az2 10.0.68.0/22 ap-northeast-1d false",
      "main-internal-apne1-az1 10.0.192.0/22 ap-northeast-1c false",
      "main-internal-apne1-az2 10.0.196.0/22 ap-northeast-1d false",
      "main-proxy-apne1-az1 10.0.96.0/22 ap-northeast-1c false",
      "main-proxy-apne1-az2 10.0.100.0/22 ap-northeast-1d false",
      "main-service-apne1-az1 10.0.160.0/22 ap-northeast-1c false",
      "main-service-apne1-az2 10.0.164.0/22 ap-northeast-1d false",
    ]);
    assert.deepEqual(lines(resources, "RouteTableAssociation", "subnetId", "routeTableId"), [
      "main-dmz-apne1-az1 main-dmz-apne1-az1-id main-dmz-id",
      "main-dmz-apne1-az2 main-dmz-apne1-az2-id main-dmz-id",
      "main-edge-apne1-az1 main-edge-apne1-az1-id main-edge-id",
      "main-edge-apne1-az2 main-edge-apne1-az2-id main-edge-id",
      "main-internal-apne1-az1 main-internal-apne1-az1-id main-internal-id",
      "main-internal-apne1-az2 main-internal-apne1-az2-id main-internal-id",
      "main-proxy-apne1-az1 main-proxy-apne1-az1-id main-proxy-apne1-az1-id",
      "main-proxy-apne1-az2 main-proxy-apne1-az2-id main-proxy-apne1-az2-id",
      "main-service-apne1-az1 main-service-apne1-az1-id main-service-id",
      "main-service-apne1-az2 main-service-apne1-az2-id main-service-id",
    ]);
    assert.ok(
      typed(resources, "Subnet").every(({ name, inputs }) => {
        const tier = (inputs["tags"] as Record<string, string>)["Tier"];
        return name.startsWith(`main-${tier ?? "?"}-`);
      }),
    );
  });

  const EDGE = "main-edge main-edge-id main-id null";
  const GATEWAYS: Record<NatMode, (zones: string[]) => { nats: string[]; eips: string[]; routes: string[] }> = {
    "per-az": (zones) => ({
      nats: zones.map((zone) => `main-nat-${zone} null main-edge-${zone}-id main-nat-${zone}-allocation`),
      eips: zones.map((zone) => `main-nat-${zone} vpc`),
      routes: zones.map((zone) => `main-nat-${zone} main-proxy-${zone}-id null main-nat-${zone}-id`),
    }),
    single: (zones) => ({
      nats: ["main-nat-apne1-az1 null main-edge-apne1-az1-id main-nat-apne1-az1-allocation"],
      eips: ["main-nat-apne1-az1 vpc"],
      routes: zones.map((zone) => `main-nat-${zone} main-proxy-${zone}-id null main-nat-apne1-az1-id`),
    }),
    regional: (zones) => ({
      nats: ["main-nat-regional regional null null"],
      eips: [],
      routes: zones.map((zone) => `main-nat-${zone} main-proxy-${zone}-id null main-nat-regional-id`),
    }),
  };

  for (const nat of ["per-az", "single", "regional"] as const) {
    for (const zones of [2, 3]) {
      it(`gives edge the only way in and proxy the only way out: ${nat}, ${zones} zones (M1, M5)`, async () => {
        const made = await resourcesOf({ nat, azs: AZS.slice(0, zones) });
        const expected = GATEWAYS[nat](AZS.slice(0, zones).map(({ id }) => id));
        assert.deepEqual(lines(made, "NatGateway", "availabilityMode", "subnetId", "allocationId"), expected.nats);
        assert.deepEqual(lines(made, "Eip", "domain"), expected.eips);
        assert.deepEqual(lines(made, "Route", "routeTableId", "gatewayId", "natGatewayId"), [EDGE, ...expected.routes]);
        assert.ok(typed(made, "Route").every(({ inputs }) => inputs["destinationCidrBlock"] === "0.0.0.0/0"));
      });
    }
  }

  it("costs each zone the same resources, and no more", async () => {
    const [two, three] = [counts(resources), counts(await resourcesOf({ azs: AZS }))];
    const grown: Record<string, number> = {};
    for (const [type, count] of Object.entries(three)) {
      if (count !== two[type]) grown[type] = count - (two[type] ?? 0);
    }
    assert.deepEqual(grown, {
      Eip: 1,
      NatGateway: 1,
      NetworkAclAssociation: TIERS.length,
      Route: 1,
      RouteTable: 1,
      RouteTableAssociation: TIERS.length,
      Subnet: TIERS.length,
      VpcEndpointRouteTableAssociation: 1,
    });
    assert.deepEqual(two, {
      DefaultNetworkAcl: 1,
      DefaultRouteTable: 1,
      DefaultSecurityGroup: 1,
      Eip: 2,
      FlowLog: 1,
      InternetGateway: 1,
      LogGroup: 1,
      NatGateway: 2,
      NetworkAcl: 5,
      NetworkAclAssociation: 10,
      NetworkAclRule: 70,
      Role: 1,
      RolePolicy: 1,
      Route: 3,
      RouteTable: 6,
      RouteTableAssociation: 10,
      SecurityGroup: 19,
      SecurityGroupEgressRule: 63,
      SecurityGroupIngressRule: 64,
      Subnet: 10,
      Vpc: 1,
      VpcEndpoint: 8,
      VpcEndpointRouteTableAssociation: 3,
    });
  });

  it("empties what AWS opens by default (M13)", () => {
    const empty = { ingress: [], egress: [], tags: { Name: "main-default" } };
    assert.deepEqual(typed(resources, "DefaultSecurityGroup")[0]?.inputs, { vpcId: "main-id", ...empty });
    assert.deepEqual(typed(resources, "DefaultNetworkAcl")[0]?.inputs, {
      defaultNetworkAclId: "acl-default",
      ...empty,
    });
    assert.deepEqual(typed(resources, "DefaultRouteTable")[0]?.inputs, {
      defaultRouteTableId: "rtb-default",
      routes: [],
      tags: { Name: "main-default" },
    });
  });

  it("writes no rule into a group or an ACL itself: every rule is a resource", () => {
    for (const { inputs } of [...typed(resources, "SecurityGroup"), ...typed(resources, "NetworkAcl")]) {
      assert.deepEqual(
        Object.keys(inputs).filter((key) => ["ingress", "egress", "subnetIds"].includes(key)),
        [],
      );
    }
  });

  it("admits to the database's group exactly relay and mailbox, by their groups (M1)", () => {
    const rules = [...typed(resources, "SecurityGroupIngressRule"), ...typed(resources, "SecurityGroupEgressRule")];
    assert.deepEqual(
      rules
        .filter(({ inputs }) => inputs["securityGroupId"] === "main-database-id")
        .map(({ name, inputs }) => ({ name, ...inputs })),
      ["mailbox", "relay"].map((from) => ({
        name: `main-database-in-tcp-5432-from-${from}`,
        securityGroupId: "main-database-id",
        referencedSecurityGroupId: `main-${from}-id`,
        ipProtocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
        description: from === "relay" ? "recipients and sender ownership, read-only" : "accounts, read-only",
        tags: { Name: `main-database-in-tcp-5432-from-${from}` },
      })),
    );
  });

  it("names S3 by its prefix list, and leads only dmz and proxy there", () => {
    assert.deepEqual(
      typed(resources, "SecurityGroupEgressRule")
        .filter(({ inputs }) => inputs["prefixListId"] === "main-s3-prefixes")
        .map(({ name }) => name),
      ["bastion", "mailbox", "proxy", "relay", "web"].map((role) => `main-${role}-out-tcp-443-to-s3`),
    );
    assert.deepEqual(lines(resources, "VpcEndpointRouteTableAssociation", "vpcEndpointId", "routeTableId"), [
      "main-s3-dmz main-s3-id main-dmz-id",
      "main-s3-proxy-apne1-az1 main-s3-id main-proxy-apne1-az1-id",
      "main-s3-proxy-apne1-az2 main-s3-id main-proxy-apne1-az2-id",
    ]);
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

  it("logs every flow by a role that only this account's flow logs can use, for one log group", () => {
    const trust: unknown = JSON.parse(String(typed(resources, "Role")[0]?.inputs["assumeRolePolicy"]));
    assert.deepEqual(trust, {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
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

  it("gives others its subnets in the order of the zones, and its groups by party", async () => {
    await record(ANSWERS, async () => {
      const vpc = new Vpc("main", argsOf());
      assert.deepEqual(await Promise.all(vpc.subnetIds("internal").map(resolved)), [
        "main-internal-apne1-az1-id",
        "main-internal-apne1-az2-id",
      ]);
      assert.equal(await resolved(vpc.securityGroupId("proxy-nlb")), "main-proxy-nlb-id");
      assert.equal(await resolved(vpc.vpcId), "main-id");
      assert.deepEqual(vpc.subnetIds("outbound"), []);
      assert.ok(vpc.ready.length > 0);
    });
  });
});
