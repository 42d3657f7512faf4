import { strict as assert } from "node:assert";
import { Account, refusal } from "../account";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";

describe("a VPC", () => {
  it("comes with main route table, default ACL and default security group, and goes with them", async () => {
    const account = new Account();
    const { outputs } = await account.create(VPC, "vpc", { cidrBlock: "10.0.0.0/16" });
    assert.equal(outputs["mainRouteTableId"], outputs["defaultRouteTableId"]);
    const companions = account.aws.things().filter((thing) => thing.companion === true);
    const ids = [outputs["defaultRouteTableId"], outputs["defaultNetworkAclId"], outputs["defaultSecurityGroupId"]];
    assert.deepEqual(
      companions.map((thing) => thing.id),
      ids,
    );
    await account.delete("vpc");
    assert.deepEqual(account.aws.things(), []);
  });

  it("lets its defaults be taken over, and forgotten again", async () => {
    const account = new Account();
    await account.create(VPC, "vpc", { cidrBlock: "10.0.0.0/16" });
    const table = await account.create("aws:ec2/defaultRouteTable:DefaultRouteTable", "t", {
      defaultRouteTableId: "${vpc.defaultRouteTableId}",
    });
    assert.equal(table.id, account.state("vpc").outputs["defaultRouteTableId"]);
    const group = await account.create("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "g", {
      vpcId: "${vpc.id}",
    });
    assert.equal(group.id, account.state("vpc").outputs["defaultSecurityGroupId"]);
    assert.deepEqual([group.outputs["ingress"], group.outputs["egress"]], [[], []]);
    const acl = await account.create("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "a", {
      defaultNetworkAclId: "${vpc.defaultNetworkAclId}",
    });
    assert.equal(acl.outputs["vpcId"], account.state("vpc").id);
    for (const name of ["t", "g", "a"]) await account.delete(name);
    assert.ok(account.aws.find("aws:ec2/routeTable:RouteTable", table.id), "the main table outlives what took it over");
  });

  it("names the block that AWS would refuse, and why", async () => {
    const account = new Account(true);
    const range = await refusal(account.create(VPC, "large", { cidrBlock: "10.0.0.0/8" }));
    assert.deepEqual([range.phase, range.code, range.property], ["check", "InvalidVpc.Range", "cidrBlock"]);
    const host = await refusal(account.create(VPC, "host", { cidrBlock: "10.0.0.1/16" }));
    assert.match(host.message, /expected 10\.0\.0\.0\/16/);
    const link = await refusal(account.create(VPC, "link", { cidrBlock: "169.254.0.0/16" }));
    assert.equal(link.code, "InvalidVpc.Range");
    assert.equal((await refusal(account.create(VPC, "none", {}))).code, "MissingParameter");
  });

  it("isn't deleted while something stands in it (DependencyViolation)", async () => {
    const account = new Account();
    await account.create(VPC, "vpc", { cidrBlock: "10.0.0.0/16" });
    await account.create("aws:ec2/securityGroup:SecurityGroup", "group", { vpcId: "${vpc.id}" });
    const refused = await refusal(account.delete("vpc"));
    assert.equal(refused.code, "DependencyViolation");
    assert.match(refused.message, new RegExp(account.state("group").id));
  });

  it("takes subnets in its further blocks only while it has them", async () => {
    const account = new Account();
    await account.create(VPC, "vpc", { cidrBlock: "10.0.0.0/16" });
    const inputs = { vpcId: "${vpc.id}", cidrBlock: "10.1.0.0/24" };
    assert.equal((await refusal(account.create(SUBNET, "a", inputs))).code, "InvalidSubnet.Range");
    const association = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
    await account.create(association, "more", { vpcId: "${vpc.id}", cidrBlock: "10.1.0.0/16" });
    await account.create(SUBNET, "a", inputs);
    assert.equal((await refusal(account.delete("more"))).code, "InvalidCidrBlock.InUse");
  });
});

describe("a subnet", () => {
  it("stands in the zone asked for, by name or by id, and knows both", async () => {
    const account = new Account(true);
    await account.create(VPC, "vpc", { cidrBlock: "10.0.0.0/16" });
    const byName = await account.create(SUBNET, "a", {
      vpcId: "${vpc.id}",
      cidrBlock: "10.0.0.0/24",
      availabilityZone: "us-east-1a",
    });
    assert.equal(byName.outputs["availabilityZoneId"], "use1-az4");
    const byId = await account.create(SUBNET, "b", {
      vpcId: "${vpc.id}",
      cidrBlock: "10.0.1.0/24",
      availabilityZoneId: "use1-az6",
    });
    assert.equal(byId.outputs["availabilityZone"], "us-east-1b");
    const local = await account.create(SUBNET, "l", {
      vpcId: "${vpc.id}",
      cidrBlock: "10.0.2.0/24",
      availabilityZone: "us-east-1-bos-1a",
    });
    assert.equal(local.outputs["availabilityZone"], "us-east-1-bos-1a");
    const wrong = await refusal(
      account.create(SUBNET, "w", { vpcId: "${vpc.id}", cidrBlock: "10.0.3.0/24", availabilityZoneId: "euw1-az1" }),
    );
    assert.deepEqual([wrong.code, wrong.property], ["InvalidParameterValue", "availabilityZoneId"]);
  });
});
