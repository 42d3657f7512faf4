import assert from "node:assert/strict";
import { blocks } from "../../../policies/reachability/addresses";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { aclsOf, type Direction, permittedByAcl } from "../../../policies/reachability/network-acls";
import { readNetwork } from "../../../policies/reachability/network";
import { type Resource, UNKNOWN } from "../../../policies/reachability/resources";
import { Traffic } from "../../../policies/reachability/traffic";
import { hide } from "../hidden-values";
import { Stack } from "../stack";
import { assertExactly, assertOpen } from "./estimates";

const tcp = IntervalSet.range(6, 6);
const https = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlock: "10.1.0.0/16" };
const toHttps = Traffic.where({
  destination: blocks("10.1.0.0/16"),
  protocol: tcp,
  ports: IntervalSet.range(443, 443),
});
const fromHttps = Traffic.where({ source: blocks("10.1.0.0/16"), protocol: tcp, ports: IntervalSet.range(443, 443) });

type Added = ReturnType<Stack["add"]>;
function oneSubnet(plant: (stack: Stack, vpc: Added, subnet: Added) => void): Stack {
  const stack = new Stack();
  const outputs = { defaultNetworkAclId: "acl-made" };
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" }, outputs);
  const subnet = stack.add("aws:ec2/subnet:Subnet", "a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
  plant(stack, vpc, subnet);
  return stack;
}

function permitted(resources: readonly Resource[], direction: Direction = "egress") {
  const { links, subnets } = readNetwork(resources);
  const [subnet] = subnets;
  assert.ok(subnet);
  const labels = aclsOf(links, subnet, direction).map(({ label }) => label);
  return { labels, estimate: permittedByAcl(links, subnet, direction) };
}

const inline = (stack: Stack, vpc: Added, subnet: Added) =>
  stack.add("aws:ec2/networkAcl:NetworkAcl", "own", {
    vpcId: vpc.id,
    subnetIds: [subnet.id],
    egress: [{ ...https, ruleNo: 100, action: "allow" }],
    ingress: [{ ...https, ruleNo: 100, action: "ALLOW" }],
  });

describe("the network ACL of a subnet", () => {
  for (const deployed of [true, false]) {
    const when = deployed ? "with ids" : "ids unknown";

    it(`holds inline rules, the remote end by direction, ${when}`, () => {
      const resources = oneSubnet(inline).resources(deployed);
      assertExactly(permitted(resources).estimate, toHttps);
      assertExactly(permitted(resources, "ingress").estimate, fromHttps);
    });

    it(`holds rules and associations that are resources of their own, ${when}`, () => {
      const stack = oneSubnet((made, vpc, subnet) => {
        const acl = made.add("aws:ec2/networkAcl:NetworkAcl", "own", { vpcId: vpc.id });
        const inputs = { subnetId: subnet.id, networkAclId: acl.id };
        made.add("aws:ec2/networkAclAssociation:NetworkAclAssociation", "own", inputs);
        const rule = { networkAclId: acl.id, ruleNumber: 100, ruleAction: "allow", ...https };
        made.add("aws:ec2/networkAclRule:NetworkAclRule", "out", { ...rule, egress: true });
      });
      assertExactly(permitted(stack.resources(deployed)).estimate, toHttps);
      assertExactly(permitted(stack.resources(deployed), "ingress").estimate, Traffic.none);
    });

    it(`is the one that AWS makes with the VPC when no other has it, ${when}`, () => {
      const { labels, estimate } = permitted(oneSubnet(() => undefined).resources(deployed));
      assertExactly(estimate, Traffic.all);
      assert.deepEqual(labels, [`the default network ACL of VPC ${deployed ? "vpc-main" : '"main"'}`]);
    });

    it(`is the VPC's own as the program adopted it, ${when}`, () => {
      const stack = oneSubnet((made, vpc) => {
        made.add("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "default", {
          defaultNetworkAclId: vpc.of("defaultNetworkAclId"),
          egress: [{ ...https, ruleNo: 100, action: "allow" }],
        });
      });
      assertExactly(permitted(stack.resources(deployed)).estimate, toHttps);
    });
  }

  it("reads ICMP's type and code, not ports", () => {
    const stack = oneSubnet((made, vpc, subnet) => {
      const ping = { protocol: "icmp", icmpType: 8, icmpCode: -1, fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" };
      made.add("aws:ec2/networkAcl:NetworkAcl", "own", {
        vpcId: vpc.id,
        subnetIds: [subnet.id],
        egress: [{ ...ping, ruleNo: 100, action: "allow" }],
      });
    });
    const echo = { protocol: IntervalSet.range(1, 1), ports: IntervalSet.range(8, 8) };
    assertExactly(
      permitted(stack.resources(true)).estimate,
      Traffic.where({ ...echo, destination: blocks("0.0.0.0/0") }),
    );
  });

  const known = oneSubnet(inline).resources(true);
  const hidden = (...path: string[]) =>
    known.map((each) => (each.type === "aws:ec2/networkAcl:NetworkAcl" ? hide(each, path) : each));
  for (const path of [
    ["egress"],
    ["egress", "0"],
    ...Object.keys({ ...https, ruleNo: 0, action: 0 }).map((key) => ["egress", "0", key]),
  ]) {
    it(`leaves its traffic open while ${path.join(".")} isn't known`, () => {
      assertOpen(permitted(hidden(...path)).estimate, toHttps);
    });
  }

  it("may be either while it isn't known which subnets an ACL has", () => {
    const { labels, estimate } = permitted(
      hidden("subnetIds", "0").map((each) => ({ ...each, propertyDependencies: {} })),
    );
    assert.deepEqual(labels, ["network ACL networkacl-own", "the default network ACL of VPC vpc-main"]);
    assert.ok(toHttps.isSubsetOf(estimate.must) && Traffic.all.isSubsetOf(estimate.may));
  });

  it("isn't known outside the stack, nor is a VPC's there", () => {
    const foreign = oneSubnet((made, _vpc, subnet) => {
      const inputs = { subnetId: subnet.id, networkAclId: "acl-of-others" };
      made.add("aws:ec2/networkAclAssociation:NetworkAclAssociation", "own", inputs);
    });
    const { labels, estimate } = permitted(foreign.resources(true));
    assert.deepEqual(labels, ["network ACL acl-of-others"]);
    assertOpen(estimate, Traffic.all);
    const lone = new Stack();
    lone.add("aws:ec2/subnet:Subnet", "a", { vpcId: "vpc-of-others", cidrBlock: "10.0.0.0/24" });
    assertOpen(permitted(lone.resources(true)).estimate, Traffic.all);
  });

  it("has a rule perhaps while the rule's direction or ACL isn't known", () => {
    const stack = oneSubnet((made, vpc, subnet) => {
      const acl = made.add("aws:ec2/networkAcl:NetworkAcl", "own", {
        vpcId: vpc.id,
        subnetIds: [subnet.id],
        egress: [],
      });
      made.add("aws:ec2/networkAclRule:NetworkAclRule", "out", {
        networkAclId: acl.id,
        egress: true,
        ruleNumber: 100,
        ruleAction: "allow",
        ...https,
      });
    });
    for (const key of ["egress", "networkAclId"]) {
      const resources = stack
        .resources(true)
        .map((each) =>
          key in each.props && each.name === "out" ? { ...hide(each, [key]), propertyDependencies: {} } : each,
        );
      assert.ok(resources.some(({ props }) => props[key] === UNKNOWN));
      assertOpen(permitted(resources).estimate, toHttps);
    }
  });

  describe("as it is spelled", () => {
    const rules = (...egress: object[]) =>
      oneSubnet((stack, vpc, subnet) => {
        const inputs = { vpcId: vpc.id, subnetIds: [subnet.id], egress: egress as never };
        stack.add("aws:ec2/networkAcl:NetworkAcl", "own", inputs);
      }).resources(true);
    const everything = { protocol: "-1", fromPort: 0, toPort: 0 };

    it("takes numbers of rules as texts too, and orders them as numbers", () => {
      const deny = { ...https, ruleNo: "20", action: "deny" };
      const allow = { ...https, ruleNo: "100", action: "allow" };
      assertExactly(permitted(rules(allow, deny)).estimate, Traffic.none);
      assertExactly(permitted(rules({ ...deny, ruleNo: "200" }, allow)).estimate, toHttps);
    });

    it("leaves a rule open whose number is no number", () => {
      assertOpen(permitted(rules({ ...https, ruleNo: "first", action: "allow" })).estimate, toHttps);
    });

    it("has IPv6 blocks, beside IPv4 ones or alone, and matches nothing without a block", () => {
      const six = { ...everything, ipv6CidrBlock: "::/0", ruleNo: 100, action: "allow" };
      assertExactly(permitted(rules(six)).estimate, Traffic.where({ destination: blocks("::/0") }));
      const both = { ...six, cidrBlock: "10.1.0.0/16" };
      assertExactly(permitted(rules(both)).estimate, Traffic.where({ destination: blocks("::/0", "10.1.0.0/16") }));
      assertExactly(permitted(rules({ ...everything, ruleNo: 100, action: "allow" })).estimate, Traffic.none);
    });

    it("leaves a rule open whose block is none, and names where it stands", () => {
      const { estimate } = permitted(rules({ ...https, cidrBlock: "somewhere", ruleNo: 100, action: "allow" }));
      assertOpen(estimate, toHttps);
      assert.deepEqual(estimate.unknowns, ["the block of an ACL rule in networkacl-own"]);
    });
  });

  describe("with rules that are resources of their own", () => {
    const ruled = (rule: object, more: (stack: Stack, vpc: Added) => void = () => undefined) =>
      oneSubnet((stack, vpc, subnet) => {
        const acl = stack.add("aws:ec2/networkAcl:NetworkAcl", "own", { vpcId: vpc.id, subnetIds: [subnet.id] });
        more(stack, vpc);
        stack.add("aws:ec2/networkAclRule:NetworkAclRule", "rule", {
          networkAclId: acl.id,
          ruleNumber: 100,
          ruleAction: "allow",
          ...https,
          ...rule,
        });
      });

    it("takes a rule for an incoming one unless it says otherwise", () => {
      const resources = ruled({}).resources(true);
      assertExactly(permitted(resources, "ingress").estimate, fromHttps);
      assertExactly(permitted(resources, "egress").estimate, Traffic.none);
      assertExactly(permitted(ruled({ egress: false }).resources(true), "ingress").estimate, fromHttps);
    });

    it("has none of another ACL's rules", () => {
      const resources = oneSubnet((stack, vpc, subnet) => {
        stack.add("aws:ec2/networkAcl:NetworkAcl", "own", { vpcId: vpc.id, subnetIds: [subnet.id] });
        const other = stack.add("aws:ec2/networkAcl:NetworkAcl", "other", { vpcId: vpc.id });
        const rule = { networkAclId: other.id, egress: true, ruleNumber: 100, ruleAction: "allow", ...https };
        stack.add("aws:ec2/networkAclRule:NetworkAclRule", "rule", rule);
      }).resources(true);
      assertExactly(permitted(resources).estimate, Traffic.none);
    });

    it("has a rule perhaps that may be another ACL's", () => {
      const stack = ruled({ egress: true }, (made, vpc) => {
        made.add("aws:ec2/networkAcl:NetworkAcl", "other", { vpcId: vpc.id });
      });
      const resources = stack.resources(true).map((each) => {
        if (each.name !== "rule") return each;
        const urns = stack.resources(true).flatMap(({ type, urn }) => (type.includes("NetworkAcl:") ? [urn] : []));
        const either = urns.filter((urn) => urn.includes("networkAcl:NetworkAcl"));
        return { ...hide(each, ["networkAclId"]), propertyDependencies: { networkAclId: either } };
      });
      assertOpen(permitted(resources).estimate, toHttps);
    });

    it("names a rule that isn't known by the rule", () => {
      const { estimate } = permitted(ruled({ egress: true, cidrBlock: "somewhere" }).resources(true));
      assert.deepEqual(estimate.unknowns, ["the block of an ACL rule in networkaclrule-rule"]);
    });

    it("adds them to the ACL that AWS made with the VPC", () => {
      const resources = oneSubnet((stack, vpc) => {
        stack.add("aws:ec2/networkAclRule:NetworkAclRule", "rule", {
          networkAclId: vpc.of("defaultNetworkAclId"),
          egress: true,
          ruleNumber: 50,
          ruleAction: "deny",
          ...https,
        });
      }).resources(true);
      assertExactly(permitted(resources).estimate, Traffic.all.subtract(toHttps));
    });
  });

  describe("where it isn't sure which it is", () => {
    it("may be a default ACL that the program adopted for a VPC that isn't known", () => {
      const resources = oneSubnet((stack) => {
        const inputs = { defaultNetworkAclId: "acl-of-some-vpc", egress: [{ ...https, ruleNo: 100, action: "allow" }] };
        stack.add("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "default", inputs);
      })
        .resources(true)
        .map((each) => (each.type.endsWith(":Vpc") ? hide(each, ["defaultNetworkAclId"]) : each));
      const { labels, estimate } = permitted(resources);
      assert.deepEqual(labels, ["the default network ACL of VPC vpc-main", "network ACL defaultnetworkacl-default"]);
      assert.ok(estimate.must.isSubsetOf(toHttps) && toHttps.isSubsetOf(estimate.must));
      assert.deepEqual(estimate.unknowns, ["which network ACL subnet 10.0.0.0/24 has"]);
    });

    it("is the adopted one by the VPC that it names", () => {
      const resources = oneSubnet((stack, vpc) => {
        const inputs = { vpcId: vpc.id, egress: [{ ...https, ruleNo: 100, action: "allow" }] };
        stack.add("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "default", inputs);
      }).resources(true);
      assert.deepEqual(permitted(resources).labels, ["network ACL defaultnetworkacl-default"]);
    });

    it("may be either by an association whose subnet isn't known", () => {
      const stack = oneSubnet((made, vpc, subnet) => {
        const acl = made.add("aws:ec2/networkAcl:NetworkAcl", "own", { vpcId: vpc.id });
        const inputs = { subnetId: subnet.id, networkAclId: acl.id };
        made.add("aws:ec2/networkAclAssociation:NetworkAclAssociation", "own", inputs);
      });
      const resources = stack
        .resources(true)
        .map((each) =>
          each.type.includes("Association") ? { ...hide(each, ["subnetId"]), propertyDependencies: {} } : each,
        );
      assert.deepEqual(permitted(resources).labels, [
        "network ACL networkacl-own",
        "the default network ACL of VPC vpc-main",
      ]);
    });

    it("names the VPC whose default ACL stands outside the resources", () => {
      const stack = new Stack();
      stack.add("aws:ec2/subnet:Subnet", "a", { vpcId: "vpc-of-others", cidrBlock: "10.0.0.0/24" });
      const { labels, estimate } = permitted(stack.resources(true));
      assert.deepEqual(labels, ["the default network ACL of VPC vpc-of-others"]);
      assert.deepEqual(estimate.unknowns, ["the rules of the default network ACL of VPC vpc-of-others"]);
    });
  });
});
