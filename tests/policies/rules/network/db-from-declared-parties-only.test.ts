import assert from "node:assert/strict";
import { stackType } from "../../../../policies/communications/stack-output";
import { type Resource, UNKNOWN, type Value } from "../../../../policies/reachability/resources";
import { dbFromDeclaredPartiesOnly } from "../../../../policies/rules/network/db-from-declared-parties-only";
import { edgeStack, type Made } from "../../edge-stack";
import { findingsOf, Stack } from "../../stack";
import { describePlanted } from "../planted";

const matrix = (to = "database", ports = [5432]) => ({
  communications: {
    rows: [
      { from: "web", to, protocol: "tcp", ports },
      { from: "proxy", to: "database", protocol: "tcp", ports: [5432] },
    ],
    parties: { database: ["main"] },
  },
});

const joined = ({ stack, vpc }: Made): void => {
  const customer = stack.add("aws:ec2/customerGateway:CustomerGateway", "office", { bgpAsn: "65000", type: "ipsec.1" });
  const gateway = stack.add("aws:ec2/vpnGateway:VpnGateway", "office", { vpcId: vpc.id });
  const inputs = { customerGatewayId: customer.id, vpnGatewayId: gateway.id, type: "ipsec.1" };
  stack.add("aws:ec2/vpnConnection:VpnConnection", "office", inputs);
};

describe("db-from-declared-parties-only (M1)", () => {
  describePlanted(dbFromDeclaredPartiesOnly, {
    "nobody says who may": { stack: () => edgeStack(), answer: "notApplicable" },
    "the matrix declares all who can": { stack: () => edgeStack(), config: matrix(), answer: "proved" },
    "the matrix declares them for another port": {
      stack: () => edgeStack(),
      config: matrix("database", [22]),
      answer: "violated",
      words:
        /^instance-web, who isn't declared, reaches database instance-main by tcp\/5432: web \(instance-web\) → .* → main \(instance-main\)\nFix: narrow the rules/u,
    },
    "the settings declare them by role and name": {
      stack: () => edgeStack(),
      config: { clients: ["proxy", "web"] },
      answer: "proved",
    },
    "the settings forget one": { stack: () => edgeStack(), config: { clients: ["web"] }, answer: "violated" },
    "a database whose port the program leaves to its engine": {
      stack: () =>
        edgeStack({
          plant: ({ stack, data }) => {
            const subnetGroup = stack.add("aws:rds/subnetGroup:SubnetGroup", "own", {
              name: "own",
              subnetIds: [data.id],
            });
            stack.add("aws:rds/cluster:Cluster", "own", {
              dbSubnetGroupName: subnetGroup.of("name"),
              vpcSecurityGroupIds: ["securitygroup-database"],
              engine: "aurora-mysql",
            });
          },
        }),
      config: matrix(),
      answer: "proved",
      // Its group is named by its id, which isn't there yet.
      preview: "undetermined",
    },
    "a machine without a tag": {
      stack: () =>
        edgeStack({
          plant: ({ stack, inside, open }) => {
            const inputs = { subnetId: inside.id, vpcSecurityGroupIds: [open.id], associatePublicIpAddress: false };
            stack.add("aws:ec2/instance:Instance", "stray", inputs);
          },
        }),
      config: matrix(),
      answer: "violated",
      words: /instance-stray, who isn't declared/u,
    },
    "the internet reaches it": {
      stack: () => edgeStack({ database: { publiclyAccessible: true } }),
      config: matrix(),
      answer: "violated",
      words: /the internet, who isn't declared, reaches database instance-main by tcp\/5432/u,
    },
    "a VPN joins other networks": {
      stack: () => edgeStack({ plant: joined }),
      config: matrix(),
      answer: "undetermined",
      words: /what lies at another network/u,
    },
    "a VPN joins networks that may": {
      stack: () => edgeStack({ plant: joined }),
      config: { ...matrix(), clientAddresses: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"] },
      answer: "undetermined",
    },
    "a function in the VPC isn't followed": {
      stack: () =>
        edgeStack({
          plant: ({ stack, inside }) => {
            stack.add("aws:lambda/function:Function", "job", { vpcConfig: { subnetIds: [inside.id] } });
          },
        }),
      config: matrix(),
      answer: "undetermined",
      words: /the traffic of function-job/u,
    },
    "a stack without a database": {
      stack: () => new Stack(),
      config: { clients: ["web"] },
      answer: "notApplicable",
    },
  });

  const declaring = (communications: Value): Resource[] => [
    ...edgeStack().resources(true),
    {
      type: stackType,
      name: "stack",
      urn: `urn:pulumi:test::stack::${stackType}::stack`,
      props: { communications },
      propertyDependencies: {},
    },
  ];
  const kinds = (communications: Value, config: object = {}) =>
    findingsOf(dbFromDeclaredPartiesOnly, declaring(communications), config).map(({ verdict }) => verdict.kind);

  it("reads who may from the stack output communications", () => {
    const declared = {
      rows: [{ from: "web", to: "main", protocol: "tcp", ports: [5432] }],
      parties: { main: ["main"] },
    };
    assert.deepEqual(kinds(JSON.stringify(declared)), ["violated"]);
    const both = { ...declared, rows: [...declared.rows, { ...declared.rows[0], from: "proxy" }] };
    assert.deepEqual(kinds(JSON.stringify(both)), ["proved"]);
    assert.deepEqual(kinds(JSON.stringify(declared), { clients: ["proxy"] }), ["proved"]);
  });

  it("is undetermined while that isn't known, and violated where it can't be read", () => {
    assert.deepEqual(kinds(UNKNOWN), ["undetermined"]);
    assert.deepEqual(kinds(UNKNOWN, { clients: ["proxy"] }), ["undetermined"]);
    assert.deepEqual(kinds(UNKNOWN, { clients: ["proxy", "web"] }), ["proved"]);
    assert.deepEqual(kinds("{"), ["violated"]);
  });
});
