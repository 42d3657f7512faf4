import assert from "node:assert/strict";
import { unmodelledKinds } from "../../../policies/reachability/unmodelled-kinds";
import type { Stack } from "../stack";
import {
  type Added,
  ask,
  bothWays,
  everything,
  group,
  type Inputs,
  instance,
  toInternet,
  twoSubnets,
  when,
} from "./asking";

const world = { cidrBlocks: ["0.0.0.0/0"] };
const open = { ingress: [{ ...everything, ...world }], egress: [{ ...everything, ...world }] };
const tcp = (port: number) => ({ protocol: "tcp", fromPort: port, toPort: port });

interface World {
  readonly stack: Stack;
  readonly subnets: readonly [Added, Added];
  /** Lets in tcp/2049, tcp/5432 and tcp/443 from the client's group, and nothing out. */
  readonly door: Added;
  readonly vpc: Added;
}

/** A client whose group may send anything, and what `plant` adds. */
function beside(plant: (world: World) => void, subnetInputs: Inputs = {}): Stack {
  return twoSubnets(({ stack, vpc, a, b }) => {
    const caller = group(stack, vpc, "caller", { egress: [{ ...everything, ...world }] });
    const stranger = group(stack, vpc, "stranger", { egress: [{ ...everything, ...world }] });
    instance(stack, "client", a, { vpcSecurityGroupIds: [caller.id] });
    instance(stack, "other", a, { vpcSecurityGroupIds: [stranger.id] });
    const ingress = [2049, 5432, 443].map((port) => ({ ...tcp(port), securityGroups: [caller.id] }));
    plant({ stack, vpc, subnets: [a, b], door: group(stack, vpc, "door", { ingress }) });
  }, subnetInputs);
}

const idsOf = (subnets: readonly Added[]) => subnets.map(({ id }) => id);

describe("a mount target of a file system (M1)", () => {
  for (const deployed of bothWays) {
    it(`is reached by its groups, or the VPC's default one, ${when(deployed)}`, () => {
      const target = (own: boolean) =>
        beside(({ stack, subnets: [, b], door }) => {
          const inputs = { subnetId: b.id, fileSystemId: "fs-1", ...(own ? { securityGroups: [door.id] } : {}) };
          stack.add("aws:efs/mountTarget:MountTarget", "store", inputs);
        }).resources(deployed);
      const asked = { to: "store", dstPort: 2049 };
      assert.equal(ask(target(true), { ...asked, from: "client" }), "reachable");
      assert.equal(ask(target(true), { ...asked, from: "other" }), "blocked");
      assert.equal(ask(target(false), { ...asked, from: "client" }), "blocked");
      assert.equal(ask(target(true), { from: "internet", ...asked }), "blocked");
    });
  }
});

describe("a database (M1)", () => {
  const group = (stack: Stack, type: string, subnets: readonly Added[]) =>
    stack.add(type, "data", { name: "data", subnetIds: idsOf(subnets) });
  const asked = { to: "data", dstPort: 5432 };

  for (const deployed of bothWays) {
    for (const [type, groupType, property] of [
      ["aws:rds/instance:Instance", "aws:rds/subnetGroup:SubnetGroup", "dbSubnetGroupName"],
      ["aws:rds/cluster:Cluster", "aws:rds/subnetGroup:SubnetGroup", "dbSubnetGroupName"],
      ["aws:docdb/cluster:Cluster", "aws:docdb/subnetGroup:SubnetGroup", "dbSubnetGroupName"],
      ["aws:neptune/cluster:Cluster", "aws:neptune/subnetGroup:SubnetGroup", "neptuneSubnetGroupName"],
    ] as const) {
      it(`is reached by its groups in its subnet group: ${type}, ${when(deployed)}`, () => {
        const database = (own: boolean) =>
          beside(({ stack, subnets, door }) => {
            const made = group(stack, groupType, subnets);
            const inputs = { [property]: made.of("name"), ...(own ? { vpcSecurityGroupIds: [door.id] } : {}) };
            stack.add(type, "data", inputs);
          }).resources(deployed);
        assert.equal(ask(database(true), { ...asked, from: "client" }), "reachable");
        assert.equal(ask(database(true), { ...asked, from: "client", dstPort: 22 }), "blocked");
        assert.equal(ask(database(true), { ...asked, from: "other" }), "blocked");
        assert.equal(ask(database(false), { ...asked, from: "client" }), "blocked", "the default group");
      });
    }

    it(`is reached from the internet only where it is public and routed, ${when(deployed)}`, () => {
      const database = (publiclyAccessible: boolean, routed: boolean) =>
        beside(({ stack, vpc, subnets }) => {
          const made = group(stack, "aws:rds/subnetGroup:SubnetGroup", subnets);
          const wide = stack.add("aws:ec2/securityGroup:SecurityGroup", "wide", { vpcId: vpc.id, ...open });
          const inputs = { dbSubnetGroupName: made.of("name"), vpcSecurityGroupIds: [wide.id], publiclyAccessible };
          stack.add("aws:rds/instance:Instance", "data", inputs);
          if (routed) toInternet(stack, vpc, ...subnets);
        }).resources(deployed);
      assert.equal(ask(database(true, true), { ...asked, from: "internet" }), "reachable");
      assert.equal(ask(database(false, true), { ...asked, from: "internet" }), "blocked");
      assert.equal(ask(database(true, false), { ...asked, from: "internet" }), "blocked");
    });

    it(`of a cluster has the cluster's groups, and makes it public, ${when(deployed)}`, () => {
      const machine = (publiclyAccessible: boolean) =>
        beside(({ stack, vpc, subnets }) => {
          const made = group(stack, "aws:rds/subnetGroup:SubnetGroup", subnets);
          const wide = stack.add("aws:ec2/securityGroup:SecurityGroup", "wide", { vpcId: vpc.id, ...open });
          const inputs = { dbSubnetGroupName: made.of("name"), vpcSecurityGroupIds: [wide.id] };
          const cluster = stack.add("aws:rds/cluster:Cluster", "data", inputs);
          const own = { clusterIdentifier: cluster.id, publiclyAccessible };
          stack.add("aws:rds/clusterInstance:ClusterInstance", "writer", own);
          toInternet(stack, vpc, ...subnets);
        }).resources(deployed);
      for (const to of ["data", "writer"]) {
        assert.equal(ask(machine(true), { from: "internet", to, dstPort: 5432 }), "reachable", to);
        assert.equal(ask(machine(false), { from: "internet", to, dstPort: 5432 }), "blocked", to);
        assert.equal(ask(machine(false), { from: "client", to, dstPort: 5432 }), "reachable", to);
      }
    });
  }

  it("without a subnet group is in one of AWS's, so that nothing is certain", () => {
    const resources = beside(({ stack, door }) => {
      stack.add("aws:rds/instance:Instance", "data", { vpcSecurityGroupIds: [door.id] });
    }).resources(true);
    assert.equal(ask(resources, { ...asked, from: "client" }), "undetermined");
  });
});

describe("an Auto Scaling group (M11)", () => {
  const spellings: Readonly<Record<string, (door: Added) => Inputs>> = {
    "at the top": (door) => ({ vpcSecurityGroupIds: [door.id] }),
    "by interface": (door) => ({ networkInterfaces: [{ deviceIndex: 0, securityGroups: [door.id] }] }),
  };
  for (const deployed of bothWays) {
    for (const [where, inputs] of Object.entries(spellings)) {
      it(`has the groups that its launch template gives ${where}, in each of its subnets, ${when(deployed)}`, () => {
        const resources = beside(({ stack, subnets, door }) => {
          const { id } = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "web", inputs(door));
          const group = { vpcZoneIdentifiers: idsOf(subnets), launchTemplate: { id, version: "1" } };
          stack.add("aws:autoscaling/group:Group", "web", group);
        }).resources(deployed);
        assert.equal(ask(resources, { from: "client", to: "web" }), "reachable");
        assert.equal(ask(resources, { from: "client", to: "web", dstPort: 22 }), "blocked");
        assert.equal(ask(resources, { from: "other", to: "web" }), "blocked");
        assert.equal(ask(resources, { from: "web", to: "internet" }), "blocked");
      });
    }

    it(`is answered certainly only where all of its subnets fare alike, ${when(deployed)}`, () => {
      const resources = beside(
        ({ stack, vpc, subnets }) => {
          const wide = stack.add("aws:ec2/securityGroup:SecurityGroup", "wide", { vpcId: vpc.id, ...open });
          const template = { vpcSecurityGroupIds: [wide.id] };
          const { id } = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "web", template);
          const group = { vpcZoneIdentifiers: idsOf(subnets), launchTemplate: { id, version: "1" } };
          stack.add("aws:autoscaling/group:Group", "web", group);
          toInternet(stack, vpc, subnets[0]);
        },
        { mapPublicIpOnLaunch: true },
      ).resources(deployed);
      assert.equal(ask(resources, { from: "web", to: "internet" }), "undetermined");
      assert.equal(ask(resources, { from: "client", to: "web" }), "reachable");
    });
  }
});

describe("what this model doesn't follow", () => {
  for (const [type, [property, key]] of Object.entries(unmodelledKinds)) {
    it(`is never answered certainly, and leaves others alone: ${type}`, () => {
      for (const deployed of bothWays) {
        const resources = beside(({ stack, subnets, door }) => {
          const ids = idsOf(subnets);
          stack.add(type, "managed", { [property]: key === undefined ? ids : [{ [key]: ids }] });
          const inputs = { subnetId: subnets[1].id, vpcSecurityGroupIds: [door.id] };
          stack.add("aws:ec2/instance:Instance", "server", inputs);
        }).resources(deployed);
        assert.equal(ask(resources, { from: "client", to: "managed" }), "undetermined");
        assert.equal(ask(resources, { from: "managed", to: "internet" }), "undetermined");
        assert.equal(ask(resources, { from: "client", to: "server" }), "reachable");
        assert.equal(ask(resources, { from: "other", to: "server" }), "blocked");
      }
    });
  }

  it("isn't certain of a Gateway Load Balancer's endpoint either, nor of what is sent through one", () => {
    const resources = beside(({ stack, vpc, subnets }) => {
      const inputs = { vpcId: vpc.id, vpcEndpointType: "GatewayLoadBalancer", subnetIds: [subnets[1].id] };
      const { id } = stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "inspection", inputs);
      const routes = [{ cidrBlock: "0.0.0.0/0", vpcEndpointId: id }];
      const table = stack.add("aws:ec2/routeTable:RouteTable", "inspected", { vpcId: vpc.id, routes });
      const association = { subnetId: subnets[0].id, routeTableId: table.id };
      stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", "inspected", association);
    });
    for (const deployed of bothWays) {
      const read = resources.resources(deployed);
      assert.equal(ask(read, { from: "client", to: "inspection" }), "undetermined");
      assert.equal(ask(read, { from: "client", to: "internet" }), "undetermined");
      assert.equal(ask(read, { from: "client", to: "other" }), "blocked");
    }
  });
});
