import { publicAddressesAtTheEdgeOnly } from "../../../../policies/rules/network/public-addresses-at-the-edge-only";
import { type Input, Stack } from "../../stack";
import { describePlanted } from "../planted";

type Inputs = Record<string, Input>;
type Made = ReturnType<Stack["add"]>;

/** A subnet at the edge with a load balancer and a NAT gateway, and one inside. */
function network(edge: Inputs = {}, inside: Inputs = {}) {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" }, { mainRouteTableId: "rtb-main" });
  const gateway = stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc.id });
  const outer = stack.add("aws:ec2/subnet:Subnet", "edge", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24", ...edge });
  const inner = stack.add("aws:ec2/subnet:Subnet", "app", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24", ...inside });
  const table = stack.add("aws:ec2/routeTable:RouteTable", "edge", { vpcId: vpc.id });
  stack.add("aws:ec2/route:Route", "out", {
    routeTableId: table.id,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: gateway.id,
  });
  const own = stack.add("aws:ec2/routeTable:RouteTable", "app", { vpcId: vpc.id });
  for (const [name, subnet, of] of [
    ["edge", outer, table],
    ["app", inner, own],
  ] as const)
    stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", name, {
      subnetId: subnet.id,
      routeTableId: of.id,
    });
  const address = stack.add("aws:ec2/eip:Eip", "nat", { domain: "vpc" });
  stack.add("aws:ec2/natGateway:NatGateway", "nat", { subnetId: outer.id, allocationId: address.id });
  stack.add("aws:lb/loadBalancer:LoadBalancer", "web", {
    subnets: [outer.id],
    internal: false,
    loadBalancerType: "application",
  });
  return { stack, outer, inner };
}

const having =
  (add: (stack: Stack, outer: Made, inner: Made) => void, edge: Inputs = {}, inside: Inputs = {}) =>
  () => {
    const { stack, outer, inner } = network(edge, inside);
    add(stack, outer, inner);
    return stack;
  };
const bare = (edge: Inputs, inside: Inputs = {}) => having(() => undefined, edge, inside);

const instance = (inputs: Inputs, inside: Inputs = {}) =>
  having(
    (stack, _, inner) => stack.add("aws:ec2/instance:Instance", "app", { subnetId: inner.id, ...inputs }),
    {},
    inside,
  );

const launched = (address: Input, tags: Inputs = {}) =>
  having((stack, _, inner) => {
    const template = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "app", {
      networkInterfaces: [{ deviceIndex: 0, associatePublicIpAddress: address }],
      tagSpecifications: [{ resourceType: "instance", tags }],
    });
    stack.add("aws:autoscaling/group:Group", "app", {
      launchTemplate: { id: template.id, version: "1" },
      vpcZoneIdentifiers: [inner.id],
    });
  });

/** An instance with an address of its own, given at one of two ends, to the instance or to its interface. */
const elastic = (by: "address" | "association", to: "instance" | "interface") =>
  having((stack, _, inner) => {
    const machine = stack.add("aws:ec2/instance:Instance", "app", {
      subnetId: inner.id,
      associatePublicIpAddress: false,
    });
    const eni = stack.add("aws:ec2/networkInterface:NetworkInterface", "app", { subnetId: inner.id });
    const end = to === "instance" ? machine.id : eni.id;
    const inAddress: Inputs = to === "instance" ? { instance: end } : { networkInterface: end };
    const address = stack.add("aws:ec2/eip:Eip", "app", { domain: "vpc", ...(by === "address" ? inAddress : {}) });
    if (by === "association")
      stack.add("aws:ec2/eipAssociation:EipAssociation", "app", {
        allocationId: address.id,
        ...(to === "instance" ? { instanceId: end } : { networkInterfaceId: end }),
      });
  });
const given = (inputs: Inputs) =>
  having((stack) =>
    stack.add("aws:ec2/eipAssociation:EipAssociation", "app", { allocationId: "eipalloc-1", ...inputs }),
  );
const one = (type: string, inputs: Inputs) => having((stack) => stack.add(type, "app", inputs));

describe("public-addresses-at-the-edge-only (M1)", () => {
  describePlanted(publicAddressesAtTheEdgeOnly, {
    "a load balancer and a NAT gateway at the edge": { stack: bare({}), answer: "proved" },
    "an edge that gives addresses": { stack: bare({ mapPublicIpOnLaunch: true }), answer: "proved" },
    "a subnet inside that gives addresses": {
      stack: bare({}, { mapPublicIpOnLaunch: true }),
      answer: "violated",
      words:
        /subnet 10.0.1.0\/24 gives public addresses at launch \(mapPublicIpOnLaunch\), but isn't at the edge: its route table has no route to an internet gateway\nFix: set mapPublicIpOnLaunch: false/,
    },
    "an edge that gives addresses, with a machine in it that has none": {
      stack: having(
        (stack, outer) =>
          stack.add("aws:ec2/instance:Instance", "app", { subnetId: outer.id, associatePublicIpAddress: false }),
        { mapPublicIpOnLaunch: true },
      ),
      answer: "violated",
      words: /isn't at the edge: instance-app stands there, which is no load balancer or NAT gateway/,
    },
    "an edge that gives addresses, with a machine in it that may": {
      stack: having(
        (stack, outer) => stack.add("aws:ec2/instance:Instance", "app", { subnetId: outer.id, tags: { Role: "nat" } }),
        { mapPublicIpOnLaunch: true },
      ),
      answer: "proved",
      config: { roles: ["nat"] },
    },
    "an instance without an address": { stack: instance({ associatePublicIpAddress: false }), answer: "proved" },
    "an instance that leaves it to its subnet": { stack: instance({}), answer: "proved" },
    "an instance that asks for an address": {
      stack: instance({ associatePublicIpAddress: true }),
      answer: "violated",
      words: /instance instance-app has a public address\nFix: set associatePublicIpAddress: false/,
    },
    "an instance that gets one from its subnet": {
      stack: instance({}, { mapPublicIpOnLaunch: true }),
      answer: "violated",
      words: /instance instance-app has a public address/,
    },
    "an instance that may have one": {
      stack: instance({ associatePublicIpAddress: true, tags: { Role: "vpn" } }),
      answer: "proved",
      config: { roles: ["vpn"] },
    },
    "an instance that may have one by another tag": {
      stack: instance({ associatePublicIpAddress: true, tags: { Purpose: "vpn" } }),
      answer: "proved",
      config: { roles: ["vpn"], roleTag: "Purpose" },
    },
    "an instance of another role than may": {
      stack: instance({ associatePublicIpAddress: true, tags: { Role: "web" } }),
      answer: "violated",
      config: { roles: ["vpn"] },
    },
    "an instance with an address that names it": { stack: elastic("address", "instance"), answer: "violated" },
    "an instance with an associated address": { stack: elastic("association", "instance"), answer: "violated" },
    "an interface with an address that names it": {
      stack: elastic("address", "interface"),
      answer: "violated",
      words: /network interface networkinterface-app has a public address/,
    },
    "an interface with an associated address": { stack: elastic("association", "interface"), answer: "violated" },
    "an address for an instance of another stack": {
      stack: given({ instanceId: "i-1" }),
      answer: "violated",
      words: /eipassociation-app gives instance i-1, which isn't in this stack, a public address/,
    },
    "an address for an interface of another stack": {
      stack: given({ networkInterfaceId: "eni-1" }),
      answer: "undetermined",
      words: /whose network interface eni-1 is/,
    },
    "a launch template that gives no address": { stack: launched("false"), answer: "proved" },
    "a launch template that gives addresses": {
      stack: launched("true"),
      answer: "violated",
      words: /launch template launchtemplate-app gives out public addresses: associatePublicIpAddress is true/,
    },
    "a launch template that may give addresses": {
      stack: launched("true", { Role: "vpn" }),
      answer: "proved",
      config: { roles: ["vpn"] },
    },
    "a group in a subnet that gives addresses": {
      stack: having(
        (stack, outer) => stack.add("aws:autoscaling/group:Group", "app", { vpcZoneIdentifiers: [outer.id] }),
        { mapPublicIpOnLaunch: true },
      ),
      answer: "violated",
      words: /Auto Scaling group group-app has a public address/,
    },
    "a launch configuration that gives addresses": {
      stack: one("aws:ec2/launchConfiguration:LaunchConfiguration", { associatePublicIpAddress: true }),
      answer: "violated",
    },
    "a public database": {
      stack: one("aws:rds/instance:Instance", { publiclyAccessible: true }),
      answer: "violated",
      words: /database instance-app has a public address\nFix: set publiclyAccessible: false/,
    },
    "a private database": { stack: one("aws:rds/instance:Instance", { publiclyAccessible: false }), answer: "proved" },
    "a public data warehouse": {
      stack: one("aws:redshift/cluster:Cluster", { publiclyAccessible: true }),
      answer: "violated",
    },
    "an ECS service that gives its tasks addresses": {
      stack: one("aws:ecs/service:Service", { networkConfiguration: { assignPublicIp: true, subnets: [] } }),
      answer: "violated",
      words: /ECS service service-app gives out public addresses: networkConfiguration.assignPublicIp is true/,
    },
    "an ECS service that doesn't": {
      stack: one("aws:ecs/service:Service", { networkConfiguration: { subnets: [] } }),
      answer: "proved",
    },
    nothing: { stack: () => new Stack(), answer: "notApplicable" },
  });
});
