import { spreadOverAzs } from "../../../../policies/rules/availability/spread-over-azs";
import { type Input, Stack } from "../../stack";
import { describePlanted } from "../planted";

type Zone = "a" | "b" | "c";

/** A VPC with a subnet in each of some zones. `named`: by the ids of the zones instead of their names. */
function network(zones: readonly Zone[], named: "availabilityZone" | "availabilityZoneId" = "availabilityZone") {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
  const subnets = zones.map((zone, at) =>
    stack.add("aws:ec2/subnet:Subnet", `net-${at}`, {
      vpcId: vpc.id,
      cidrBlock: `10.0.${at}.0/24`,
      [named]: `ap-northeast-1${zone}`,
    }),
  );
  return { stack, vpc, ids: subnets.map(({ id }) => id) };
}

const spread = (
  zones: readonly Zone[],
  add: (stack: Stack, ids: readonly Input[]) => void,
  named?: "availabilityZone" | "availabilityZoneId",
) => {
  return () => {
    const made = network(zones, named);
    add(made.stack, made.ids);
    return made.stack;
  };
};

const group = (stack: Stack, name: string, subnets: readonly Input[], role?: string, minSize = 2) =>
  stack.add("aws:autoscaling/group:Group", name, {
    minSize,
    vpcZoneIdentifiers: subnets,
    ...(role === undefined ? {} : { tags: [{ key: "Role", value: role, propagateAtLaunch: true }] }),
  });
const groupOver = (zones: readonly Zone[]) =>
  spread(zones, (stack, ids) => {
    group(stack, "web", ids);
  });
const groupOfSize = (minSize: number) =>
  spread(["a", "b"], (stack, ids) => group(stack, "web", ids, undefined, minSize));
const groupOfEach = (zones: readonly Zone[], roles: readonly string[]) =>
  spread(zones, (stack, ids) => {
    ids.forEach((id, at) => {
      group(stack, `relay-${at}`, [id], roles[at], 1);
    });
  });

const balancerOver = (
  zones: readonly Zone[],
  property: "subnets" | "subnetMappings",
  type = "aws:lb/loadBalancer:LoadBalancer",
) =>
  spread(zones, (stack, ids) => {
    stack.add(type, "web", { [property]: property === "subnets" ? ids : ids.map((subnetId) => ({ subnetId })) });
  });

const database = (inputs: Record<string, Input>, zones: readonly Zone[] = ["a", "b"]) =>
  spread(zones, (stack, ids) => {
    const within = stack.add("aws:rds/subnetGroup:SubnetGroup", "db", { subnetIds: ids }, { name: "db-1" });
    stack.add("aws:rds/instance:Instance", "db", {
      engine: "postgres",
      dbSubnetGroupName: within.of("name"),
      ...inputs,
    });
  });

const cluster =
  (engine: string, machines: readonly (Zone | undefined)[], prefix = "aws:rds") =>
  () => {
    const stack = new Stack();
    const made = stack.add(`${prefix}/cluster:Cluster`, "db", { engine });
    machines.forEach((zone, at) => {
      stack.add(`${prefix}/clusterInstance:ClusterInstance`, `db-${at}`, {
        clusterIdentifier: made.id,
        ...(zone === undefined ? {} : { availabilityZone: `ap-northeast-1${zone}` }),
      });
    });
    return stack;
  };

const fileSystem = (zones: readonly Zone[], inputs: Record<string, Input> = {}) =>
  spread(zones, (stack, ids) => {
    const system = stack.add("aws:efs/fileSystem:FileSystem", "mail", { encrypted: true, ...inputs });
    ids.forEach((subnetId, at) => {
      stack.add("aws:efs/mountTarget:MountTarget", `mail-${at}`, { fileSystemId: system.id, subnetId });
    });
  });

const endpoint = (zones: readonly Zone[], kind: string, associated = false) =>
  spread(zones, (stack, ids) => {
    const [own, ...others] = ids;
    const made = stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "logs", {
      serviceName: "com.amazonaws.ap-northeast-1.logs",
      vpcEndpointType: kind,
      ...(kind === "Gateway" ? {} : { subnetIds: associated && own !== undefined ? [own] : ids }),
    });
    if (associated)
      others.forEach((subnetId, at) => {
        stack.add("aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation", `logs-${at}`, {
          vpcEndpointId: made.id,
          subnetId,
        });
      });
  });

const elsewhere =
  (inputs: Record<string, Input>, outputs: Record<string, string> = {}) =>
  () => {
    const stack = new Stack();
    stack.add("aws:autoscaling/group:Group", "web", { minSize: 2, ...inputs }, outputs);
    return stack;
  };

describe("spread-over-azs (M10)", () => {
  describePlanted(spreadOverAzs, {
    "a group over two zones": { stack: groupOver(["a", "b"]), answer: "proved" },
    "a group over two zones, by their ids": {
      stack: spread(["a", "b"], (stack, ids) => group(stack, "web", ids), "availabilityZoneId"),
      answer: "proved",
    },
    "a group in two subnets of one zone": {
      stack: groupOver(["a", "a"]),
      answer: "violated",
      words:
        /Auto Scaling group group-web stands in 1 Availability Zone only \(ap-northeast-1a\)\nFix: give it subnets/,
    },
    "a group over two zones where three are wanted": {
      stack: groupOver(["a", "b"]),
      answer: "violated",
      config: { zones: 3 },
      words: /stands in 2 Availability Zones only/,
    },
    "a group in one zone, which may": {
      stack: groupOver(["a"]),
      answer: "proved",
      config: { singleZone: [{ resource: "*::web", reason: "a cache that fills itself" }] },
    },
    "a group for each zone, of one role": {
      stack: groupOfEach(["a", "b"], ["relay", "relay"]),
      answer: "proved",
    },
    "a group for each zone, of two roles": {
      stack: groupOfEach(["a", "b"], ["relay", "web"]),
      answer: "violated",
    },
    "a group for each zone, counted alone": {
      stack: groupOfEach(["a", "b"], ["relay", "relay"]),
      answer: "violated",
      config: { togetherBy: "" },
    },
    "two groups of one role in one zone": { stack: groupOfEach(["a", "a"], ["relay", "relay"]), answer: "violated" },
    "a group of one machine": {
      stack: groupOfSize(1),
      answer: "violated",
      words: /group-web keeps 1 machine for 2 Availability Zones \(minSize\).*\nFix: set minSize: 2 or more/,
    },
    "a group that may be empty": { stack: groupOfSize(0), answer: "proved" },
    "a group of two machines for three zones": {
      stack: groupOver(["a", "b", "c"]),
      answer: "violated",
      config: { zones: 3 },
      words: /keeps 2 machines for 3/,
    },
    "a group in subnets of another stack": {
      stack: elsewhere({ vpcZoneIdentifiers: ["subnet-1", "subnet-2"] }),
      answer: "undetermined",
      words: /the zone of subnet subnet-1 of Auto Scaling group group-web, which isn't in this stack/,
    },
    "a group of named zones": {
      stack: elsewhere({ availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"] }),
      answer: "proved",
    },
    "a group of one named zone": { stack: elsewhere({ availabilityZones: ["ap-northeast-1a"] }), answer: "violated" },
    "a load balancer over two zones": { stack: balancerOver(["a", "b"], "subnets"), answer: "proved" },
    "a load balancer by mappings over two zones": {
      stack: balancerOver(["a", "b"], "subnetMappings"),
      answer: "proved",
    },
    "a load balancer in one zone": { stack: balancerOver(["a"], "subnets"), answer: "violated" },
    "a load balancer by mappings in one zone": {
      stack: balancerOver(["a"], "subnetMappings"),
      answer: "violated",
      words: /load balancer loadbalancer-web stands in 1 Availability Zone only/,
    },
    "a load balancer by its other token in one zone": {
      stack: balancerOver(["a"], "subnets", "aws:alb/loadBalancer:LoadBalancer"),
      answer: "violated",
    },
    "a classic load balancer in one zone": {
      stack: balancerOver(["a"], "subnets", "aws:elb/loadBalancer:LoadBalancer"),
      answer: "violated",
    },
    "a database with a standby": { stack: database({ multiAz: true }), answer: "proved" },
    "a database without a standby": {
      stack: database({ multiAz: false }),
      answer: "violated",
      words: /database instance-db has no standby in another zone: multiAz is false\nFix: set multiAz: true/,
    },
    "a database that doesn't say": { stack: database({}), answer: "violated", words: /multiAz isn't set/ },
    "a database whose subnet group is in one zone": {
      stack: database({ multiAz: true }, ["a", "a"]),
      answer: "violated",
      words: /database subnet group subnetgroup-db stands in 1 Availability Zone only/,
    },
    "a cluster of two instances in two zones": { stack: cluster("aurora-postgresql", ["a", "b"]), answer: "proved" },
    "a cluster of two instances in one zone": {
      stack: cluster("aurora-postgresql", ["a", "a"]),
      answer: "violated",
      words: /all instances of cluster cluster-db are in ap-northeast-1a/,
    },
    "a cluster of two instances that AWS places": {
      stack: cluster("aurora-postgresql", [undefined, undefined]),
      answer: "undetermined",
    },
    "a cluster of one instance": {
      stack: cluster("aurora-mysql", ["a"]),
      answer: "violated",
      words: /cluster cluster-db has too few instances to be in 2 zones: 1/,
    },
    "a cluster whose instances are elsewhere": { stack: cluster("aurora-mysql", []), answer: "undetermined" },
    "a Multi-AZ DB cluster": { stack: cluster("postgres", []), answer: "proved" },
    "a DocumentDB cluster of one instance": { stack: cluster("docdb", ["a"], "aws:docdb"), answer: "violated" },
    "a file system mounted in two zones": { stack: fileSystem(["a", "b"]), answer: "proved" },
    "a file system mounted in one zone": {
      stack: fileSystem(["a"]),
      answer: "violated",
      words: /file system filesystem-mail stands in 1 .*\nFix: add an aws.efs.MountTarget in each zone/,
    },
    "a file system that nobody mounts here": { stack: fileSystem([]), answer: "proved" },
    "a One Zone file system": {
      stack: fileSystem([], { availabilityZoneName: "ap-northeast-1a" }),
      answer: "violated",
      words: /keeps its data in "ap-northeast-1a" only/,
    },
    "an interface endpoint in two zones": { stack: endpoint(["a", "b"], "Interface"), answer: "proved" },
    "an interface endpoint in two zones, by an association": {
      stack: endpoint(["a", "b"], "Interface", true),
      answer: "proved",
    },
    "an interface endpoint in one zone": {
      stack: endpoint(["a"], "Interface"),
      answer: "violated",
      words: /interface endpoint vpcendpoint-logs \(com.amazonaws.ap-northeast-1.logs\) stands in 1/,
    },
    "a gateway endpoint": { stack: endpoint(["a"], "Gateway"), answer: "notApplicable" },
    "a gateway load balancer's endpoint": { stack: endpoint(["a"], "GatewayLoadBalancer"), answer: "notApplicable" },
    "nothing of the kind": { stack: () => network(["a"]).stack, answer: "notApplicable" },
  });
});
