import assert from "node:assert/strict";
import { internet } from "../../../../policies/reachability/axioms";
import { exactly } from "../../../../policies/reachability/estimate";
import { readNetwork } from "../../../../policies/reachability/network";
import { type Resource, UNKNOWN } from "../../../../policies/reachability/resources";
import { Traffic } from "../../../../policies/reachability/traffic";
import { type EgressFirewalls, egressFirewalls } from "../../../../policies/rules/network/egress-firewalls";
import { Stack } from "../../stack";

type Rule = Record<string, string | number | boolean>;
type GroupRule = Record<string, string | number | string[]>;

const web: GroupRule = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] };
const inside: GroupRule = { ...web, fromPort: 5432, toPort: 5432, cidrBlocks: ["10.0.0.0/16"] };
const everything = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" };
const dns = { ...everything, protocol: "udp", fromPort: 53, toPort: 53 };

interface Tier {
  /** The egress rules of each group of the database; no database without them. */
  readonly groups?: readonly (readonly GroupRule[])[];
  /** The egress rules of the subnet's ACL; the VPC's own without them. */
  readonly acl?: readonly Rule[];
}

function tier({ groups, acl }: Tier): Stack {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
  const subnet = stack.add("aws:ec2/subnet:Subnet", "data", { vpcId: vpc.id, cidrBlock: "10.0.64.0/24" });
  if (acl !== undefined)
    stack.add("aws:ec2/networkAcl:NetworkAcl", "data", { vpcId: vpc.id, subnetIds: [subnet.id], egress: acl });
  if (groups !== undefined) {
    const made = groups.map((egress, at) =>
      stack.add("aws:ec2/securityGroup:SecurityGroup", `group-${at}`, { vpcId: vpc.id, egress }),
    );
    const subnetGroup = stack.add("aws:rds/subnetGroup:SubnetGroup", "data", { name: "data", subnetIds: [subnet.id] });
    stack.add("aws:rds/instance:Instance", "data", {
      dbSubnetGroupName: subnetGroup.of("name"),
      vpcSecurityGroupIds: made.map(({ id }) => id),
    });
  }
  return stack;
}

function firewalls(resources: readonly Resource[]): EgressFirewalls {
  const network = readNetwork(resources);
  const [subnet] = network.subnets;
  assert.ok(subnet);
  return egressFirewalls(network, subnet, exactly(Traffic.where({ destination: internet })));
}

const deployed = (declared: Tier) => firewalls(tier(declared).resources(true));

describe("what the firewalls of a database subnet say today (M1)", () => {
  it("names the group and its rule, and the ACL's rule that lets it out", () => {
    assert.deepEqual(deployed({ groups: [[web]], acl: [{ ...everything, ruleNo: 120, action: "allow" }] }), {
      groups: "security group securitygroup-group-0 allows tcp/443 to 0.0.0.0/0",
      acl: "network ACL networkacl-data allows tcp/443 by rule 120",
    });
  });

  it("names them by their names in the program while they have no id", () => {
    const declared: Tier = { groups: [[web]], acl: [{ ...everything, ruleNo: 120, action: "allow" }] };
    assert.deepEqual(firewalls(tier(declared).resources(false)), {
      groups: 'security group "group-0" allows tcp/443 to 0.0.0.0/0',
      acl: 'network ACL "data" allows tcp/443 by rule 120',
    });
  });

  it("names the ACL's rule that denies what the group lets out, though another lets out something else", () => {
    const acl = [
      { ...dns, ruleNo: 100, action: "allow" },
      { ...everything, ruleNo: 200, action: "deny" },
    ];
    assert.equal(
      deployed({ groups: [[web]], acl }).acl,
      "network ACL networkacl-data denies it today by rule 200, but routes decide",
    );
    assert.equal(deployed({ acl }).acl, "network ACL networkacl-data allows udp/53 by rule 100");
  });

  it("names AWS's last rule, *, where no other matches", () => {
    const acl = [{ ...everything, cidrBlock: "10.0.0.0/16", ruleNo: 100, action: "allow" }];
    assert.equal(deployed({ acl }).acl, "network ACL networkacl-data denies it today by rule *, but routes decide");
  });

  it("names the ACL that AWS made with the VPC", () => {
    assert.equal(
      deployed({ groups: [[web]] }).acl,
      "the default network ACL of VPC vpc-main allows tcp/443 by rule 100",
    );
  });

  it("names every group that lets nothing out", () => {
    assert.equal(
      deployed({ groups: [[inside], []] }).groups,
      "security group securitygroup-group-0, securitygroup-group-1 lets nothing out today, but routes decide",
    );
    assert.equal(deployed({}).groups, "no security group is known here today, but routes decide");
  });

  it("names three rules and counts the others", () => {
    const rules = [80, 443, 587, 993, 995].map((port) => ({ ...web, fromPort: port, toPort: port }));
    assert.match(
      deployed({ groups: [rules] }).groups,
      /tcp\/80 .*; .*tcp\/443 .*; .*tcp\/587 [^;]*; 2 more rules let it out$/,
    );
  });

  it("names the rule that is a resource of its own", () => {
    const stack = tier({ groups: [[]] });
    stack.add("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "https", {
      securityGroupId: "securitygroup-group-0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "0.0.0.0/0",
    });
    assert.equal(
      firewalls(stack.resources(true)).groups,
      "security group securitygroup-group-0 allows tcp/443 to 0.0.0.0/0 (rule securitygroupegressrule-https)",
    );
  });

  it("says what isn't known instead of guessing", () => {
    const resources = tier({ groups: [[web]], acl: [{ ...everything, ruleNo: 100, action: "allow" }] }).resources(true);
    const hidden = (type: string, key: string) =>
      firewalls(
        resources.map((each) => (each.type === type ? { ...each, props: { ...each.props, [key]: UNKNOWN } } : each)),
      );
    assert.equal(
      hidden("aws:ec2/securityGroup:SecurityGroup", "egress").groups,
      "security group securitygroup-group-0 may let it out today",
    );
    assert.equal(
      hidden("aws:ec2/networkAcl:NetworkAcl", "egress").acl,
      "network ACL networkacl-data may let it out today (it isn't known the egress rules of network ACL networkacl-data; " +
        "nor the place of an ACL rule)",
    );
    const foreign = tier({ groups: [[web]] });
    foreign.add("aws:ec2/networkAclAssociation:NetworkAclAssociation", "data", {
      subnetId: "subnet-data",
      networkAclId: "acl-of-others",
    });
    assert.equal(
      firewalls(foreign.resources(true)).acl,
      "it isn't known which network ACL subnet 10.0.64.0/24 has, or its rules; routes decide",
    );
  });
});
