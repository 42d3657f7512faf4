import assert from "node:assert/strict";
import { withoutZone } from "../../../policies/communications/zone-loss";
import { zonesOf } from "../../../policies/communications/zones";
import { readBareList } from "../../../policies/stack-source/bare-list";
import { readNetwork } from "../../../policies/reachability/network";

const item = (type: string, name: string, props: Record<string, unknown>) => ({ type, name, id: name, props });
const subnet = (name: string, more: Record<string, unknown>) =>
  item("aws:ec2/subnet:Subnet", name, { vpcId: "vpc", cidrBlock: "10.0.0.0/24", ...more });

const machine = (name: string, subnetId: string) =>
  item("aws:ec2/instance:Instance", name, { subnetId, associatePublicIpAddress: false });
const rds = "aws:rds/instance:Instance";
const cluster = "aws:rds/cluster:Cluster";
const clusterMachine = "aws:rds/clusterInstance:ClusterInstance";

const base = [
  item("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" }),
  subnet("a", { availabilityZone: "eu-west-1a" }),
  subnet("b", { availabilityZone: "eu-west-1b" }),
  item("aws:rds/subnetGroup:SubnetGroup", "data", { name: "data", subnetIds: ["a", "b"] }),
  machine("web-a", "a"),
  machine("web-b", "b"),
];

/** What is left, and what perhaps is, without the first zone. */
function left(more: readonly ReturnType<typeof item>[], isAlone = true) {
  const resources = readBareList([...base, ...more]);
  const [zone] = zonesOf(readNetwork(resources)).zones;
  assert.ok(zone?.name === "eu-west-1a");
  const { network, perhaps } = withoutZone(resources, zone, () => isAlone);
  const names = (parties: typeof perhaps) => parties.map(({ resource }) => resource.name).sort();
  return { left: names(network.parties), perhaps: names(perhaps), subnets: network.subnets.length };
}

const among = (more: readonly ReturnType<typeof item>[], isAlone?: boolean) => {
  const found = left(more, isAlone);
  return { left: found.left.filter((name) => !name.startsWith("web")), perhaps: found.perhaps };
};

describe("a network without a zone (M11)", () => {
  it("is without its subnets and who is in no other", () => {
    assert.deepEqual(left([]), { left: ["web-b"], perhaps: [], subnets: 1 });
  });

  it("keeps groups and load balancers that have another subnet", () => {
    const group = item("aws:autoscaling/group:Group", "group", { vpcZoneIdentifiers: ["a", "b"] });
    const lone = item("aws:autoscaling/group:Group", "lone", { vpcZoneIdentifiers: ["a"] });
    const balancer = item("aws:lb/loadBalancer:LoadBalancer", "front", {
      subnets: ["a", "b"],
      loadBalancerType: "network",
    });
    assert.deepEqual(among([group, lone, balancer]), { left: ["front", "group"], perhaps: [] });
  });

  it("keeps a database with a standby; another goes with the zone that it is in", () => {
    const database = (more: Record<string, unknown>) => [item(rds, "db", { dbSubnetGroupName: "data", ...more })];
    const kept = { left: ["db"], perhaps: [] };
    const gone = { left: [], perhaps: [] };
    assert.deepEqual(among(database({ multiAz: true })), kept);
    assert.deepEqual(among(database({ availabilityZone: "eu-west-1b" })), kept);
    assert.deepEqual(among(database({ availabilityZone: "eu-west-1a" })), gone);
    assert.deepEqual(among(database({})), gone, "alone, it is lost with some zone");
    assert.deepEqual(among(database({}), false), { left: [], perhaps: ["db"] });
  });

  it("keeps a cluster as long as one of its machines", () => {
    const clusterWith = (...zones: readonly (string | undefined)[]) => [
      item(cluster, "db", { dbSubnetGroupName: "data" }),
      ...zones.map((availabilityZone, at) =>
        item(clusterMachine, `web-${at}`, {
          clusterIdentifier: "db",
          ...(availabilityZone === undefined ? {} : { availabilityZone }),
        }),
      ),
    ];
    const fate = (...zones: readonly (string | undefined)[]) => {
      const found = left(clusterWith(...zones), false);
      return found.left.includes("db") ? "kept" : found.perhaps.includes("db") ? "perhaps" : "lost";
    };
    assert.equal(fate("eu-west-1a", "eu-west-1b"), "kept");
    assert.equal(fate("eu-west-1a", "eu-west-1a"), "lost");
    assert.equal(fate(undefined, undefined), "perhaps");
    assert.equal(fate("eu-west-1a", undefined), "perhaps");
    assert.equal(fate("eu-west-1b"), "kept");
    assert.equal(fate(undefined), "lost");
    assert.equal(fate(), "perhaps");
  });
});

describe("the zones of a network", () => {
  const zones = (...subnets: readonly ReturnType<typeof item>[]) => {
    const machines = subnets.map(({ name }) => machine(`web-${name}`, name));
    const found = zonesOf(readNetwork(readBareList([...subnets, ...machines])));
    return [
      found.zones.map((zone) => [zone.name, zone.subnets.size]),
      found.unknown.map(({ resource }) => resource.name),
    ];
  };

  it("are told by name or id, which a subnet that has both ties together", () => {
    assert.deepEqual(
      zones(
        subnet("one", { availabilityZone: "eu-west-1a" }),
        subnet("two", { availabilityZoneId: "euw1-az1" }),
        subnet("three", { availabilityZone: "eu-west-1a", availabilityZoneId: "euw1-az1" }),
        subnet("four", { availabilityZone: "eu-west-1b" }),
      ),
      [
        [
          ["eu-west-1a", 3],
          ["eu-west-1b", 1],
        ],
        [],
      ],
    );
  });

  it("leave out a subnet that doesn't tell, by name", () => {
    assert.deepEqual(zones(subnet("one", { availabilityZone: "eu-west-1a" }), subnet("two", {})), [
      [["eu-west-1a", 1]],
      ["two"],
    ]);
  });
});
