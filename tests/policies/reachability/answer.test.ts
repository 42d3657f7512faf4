import assert from "node:assert/strict";
import { readBareList } from "../../../policies/stack-source/bare-list";
import { answer } from "../../../policies/reachability/answer";
import { readNetwork } from "../../../policies/reachability/network";
import { listParties } from "../../../policies/reachability/party-list";

const raw = (type: string, name: string, props: Record<string, unknown>) => ({
  type,
  name,
  urn: `urn:pulumi:test::net::${type}::${name}`,
  id: `${name}-id`,
  props,
});

const https = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] };
const all = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

const resources = readBareList([
  raw("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" }),
  raw("aws:ec2/subnet:Subnet", "a", { vpcId: "main-id", cidrBlock: "10.0.0.0/24" }),
  raw("aws:ec2/subnet:Subnet", "b", { vpcId: "main-id", cidrBlock: "10.0.1.0/24" }),
  raw("aws:ec2/securityGroup:SecurityGroup", "out", { vpcId: "main-id", egress: [all] }),
  raw("aws:ec2/securityGroup:SecurityGroup", "in", { vpcId: "main-id", ingress: [https] }),
  raw("aws:ec2/instance:Instance", "client", {
    subnetId: "a-id",
    vpcSecurityGroupIds: ["out-id"],
    privateIp: "10.0.0.10",
    tags: { Role: "relay" },
  }),
  raw("aws:ec2/instance:Instance", "server", {
    subnetId: "b-id",
    vpcSecurityGroupIds: ["in-id"],
    privateIp: "10.0.1.10",
  }),
]);
const network = readNetwork(resources);
const party = (name: string) => ({
  kind: "party" as const,
  urn: `urn:pulumi:test::net::aws:ec2/instance:Instance::${name}`,
});

describe("an answer to a question (M4)", () => {
  it("says that a request arrives and the reply gets back", () => {
    const { request, connection, unknowns } = answer(network, {
      from: party("client"),
      to: party("server"),
      protocol: "tcp",
      dstPort: 443,
    });
    assert.deepEqual([request, connection, unknowns], ["reachable", "reachable", undefined]);
  });

  it("says that a request is blocked", () => {
    const { request, connection } = answer(network, {
      from: party("client"),
      to: party("server"),
      protocol: "tcp",
      dstPort: 22,
    });
    assert.deepEqual([request, connection], ["blocked", "blocked"]);
  });

  it("refuses a party that isn't there, and an address that is none", () => {
    const question = { from: party("client"), to: party("nobody"), protocol: "tcp" as const };
    assert.throws(() => answer(network, question), /no party urn:.*nobody/u);
    assert.throws(() => answer(network, { ...question, to: party("server"), toIp: "10.0.0.300" }), /10\.0\.0\.300/u);
  });
});

describe("the parties of a network", () => {
  it("are listed with what a question may call them", () => {
    assert.deepEqual(listParties(network)[0], {
      urn: party("client").urn,
      type: "aws:ec2/instance:Instance",
      name: "client",
      id: "client-id",
      role: "relay",
    });
  });
});
