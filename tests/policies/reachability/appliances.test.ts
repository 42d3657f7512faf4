import assert from "node:assert/strict";
import { checksDestination } from "../../../policies/reachability/axioms";
import { Stack } from "../stack";
import {
  addGroup,
  addMachine,
  addSubnet,
  addVpc,
  ask,
  blocked,
  type Id,
  noReply,
  reachable,
  undetermined,
  verdicts,
} from "./routed-vpcs";

type Inputs = Parameters<Stack["add"]>[2];

interface Shape {
  /** What the route names: an interface of its own, the one that AWS made with the instance, or the instance. */
  readonly by?: "interface" | "primary" | "instance";
  readonly checked?: Inputs;
  readonly destination?: string;
  /** Who else is routed by the appliance. */
  readonly back?: boolean;
  readonly rules?: Inputs;
}

const way = { protocol: "-1", fromPort: 0, toPort: 0 };

/** "v0" sends some destination to the machine "nat", 10.0.8.5, in a public subnet; "inner" is 10.0.9.10 in a third one. */
function behind({ by = "instance", checked = {}, destination = "0.0.0.0/0", back = false, rules }: Shape = {}): Stack {
  const stack = new Stack();
  const { vpc, table } = addVpc(stack, 0, () => []);
  stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: vpc });
  const out = { cidrBlock: "0.0.0.0/0", gatewayId: "internetgateway-main" };
  const { subnet } = addSubnet(stack, vpc, "nat", "10.0.8.0/24", [out]);
  const own = { vpcId: vpc, ingress: [{ ...way, cidrBlocks: ["0.0.0.0/0"] }], egress: [], ...rules };
  const group = stack.add("aws:ec2/securityGroup:SecurityGroup", "nat", own).id;
  const target = addAppliance(stack, by, subnet, group, checked);
  const inner = addSubnet(stack, vpc, "inner", "10.0.9.0/24", []);
  const route = { destinationCidrBlock: destination, ...target };
  stack.add("aws:ec2/route:Route", "out", { routeTableId: table, ...route });
  if (back)
    stack.add("aws:ec2/route:Route", "back", {
      ...route,
      routeTableId: inner.table,
      destinationCidrBlock: "10.0.0.0/24",
    });
  addMachine(stack, "inner", inner.subnet, addGroup(stack, vpc, "inner"), "10.0.9.10");
  return stack;
}

function addAppliance(stack: Stack, by: Shape["by"], subnetId: Id, group: Id, checked: Inputs) {
  const type = "aws:ec2/instance:Instance";
  if (by === "interface") {
    const own = { subnetId, securityGroups: [group], privateIps: ["10.0.8.5"], ...checked };
    const networkInterfaceId = stack.add("aws:ec2/networkInterface:NetworkInterface", "nat", own).id;
    stack.add(type, "nat", { primaryNetworkInterface: { networkInterfaceId } });
    return { networkInterfaceId };
  }
  const own = { subnetId, vpcSecurityGroupIds: [group], privateIp: "10.0.8.5", associatePublicIpAddress: true };
  const machine = stack.add(type, "nat", { ...own, ...checked }, { primaryNetworkInterfaceId: "eni-made" });
  return by === "primary"
    ? { networkInterfaceId: machine.of("primaryNetworkInterfaceId") }
    : { instanceId: machine.id };
}

const off = { sourceDestCheck: false };

describe("a route to a network interface or an instance", () => {
  for (const by of ["interface", "primary", "instance"] as const) {
    it(`carries nothing for others while the source/destination check is on (axiom: checksDestination), by ${by}`, () => {
      for (const checked of [{}, { sourceDestCheck: true }]) {
        const found = ask(behind({ by, checked }).resources(true), "v0", "internet");
        assert.deepEqual([found.request, found.connection], blocked);
        assert.ok(found.blockedBy?.what.includes(checksDestination), found.blockedBy?.what);
      }
    });

    it(`leads through what isn't known where the check is off, by ${by}`, () => {
      const resources = behind({ by, checked: off }).resources(true);
      assert.deepEqual(verdicts(resources, "v0", "internet"), undetermined);
      assert.match(ask(resources, "v0", "internet").unknowns?.join() ?? "", /what .* lets through/u);
    });

    it(`leads to that interface itself, by ${by}`, () => {
      const resources = behind({ by, destination: "10.0.8.0/24" }).resources(true);
      const url = by === "interface" ? "10.0.8.5" : "nat";
      assert.deepEqual(verdicts(resources, "v0", url), reachable);
      assert.deepEqual(verdicts(resources, "v0", "nat", { toIp: "10.0.8.5" }), reachable);
    });
  }

  it("gives the same answers before the first deploy", () => {
    for (const by of ["interface", "primary", "instance"] as const) {
      assert.deepEqual(verdicts(behind({ by }).resources(false), "v0", "internet"), blocked);
      assert.deepEqual(verdicts(behind({ by, checked: off }).resources(false), "v0", "internet"), undetermined);
    }
  });

  it("isn't decided while the check isn't known", () => {
    const stack = new Stack();
    const switched = stack.add("random:index/x:X", "x", {}).of("check");
    assert.ok(switched);
    const resources = behind({ checked: { sourceDestCheck: switched } }).resources(false);
    assert.deepEqual(verdicts(resources, "v0", "internet"), undetermined);
  });

  it("carries nothing past groups and ACLs that don't let it in to the appliance", () => {
    const none = behind({ checked: off, rules: { ingress: [{ ...way, cidrBlocks: ["10.0.9.0/24"] }] } });
    assert.deepEqual(verdicts(none.resources(true), "v0", "internet"), blocked);
    const stack = behind({ checked: off });
    const open = { ruleNo: 100, action: "allow", cidrBlock: "0.0.0.0/0", ...way };
    const ingress = [{ ...open, cidrBlock: "10.0.9.0/24" }];
    const acl = { vpcId: "vpc-v0", subnetIds: ["subnet-nat"], ingress, egress: [open] };
    stack.add("aws:ec2/networkAcl:NetworkAcl", "nat", acl);
    assert.deepEqual(verdicts(stack.resources(true), "v0", "internet"), blocked);
  });

  it("goes before the local route where it is more specific, and stops replies too", () => {
    assert.deepEqual(verdicts(behind({ destination: "10.0.9.0/24" }).resources(true), "v0", "inner"), blocked);
    const open = behind({ destination: "10.0.9.0/24", checked: off });
    assert.deepEqual(verdicts(open.resources(true), "v0", "inner"), undetermined);
    const back = (more: Shape) => behind({ destination: "10.99.0.0/16", back: true, ...more }).resources(true);
    assert.deepEqual(verdicts(back({}), "v0", "inner"), noReply);
    assert.deepEqual(verdicts(back({ checked: off }), "v0", "inner"), ["reachable", "undetermined"]);
  });
});
