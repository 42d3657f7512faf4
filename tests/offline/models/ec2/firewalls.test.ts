import { strict as assert } from "node:assert";
import type { Props } from "../../../../offline/model";
import { Account, refusal } from "../account";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const CLASSIC = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const ACL = "aws:ec2/networkAcl:NetworkAcl";
const ENTRY = "aws:ec2/networkAclRule:NetworkAclRule";

async function network(account: Account): Promise<void> {
  await account.create("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
  await account.create(GROUP, "group", { vpcId: "${vpc.id}" });
  await account.create(ACL, "acl", { vpcId: "${vpc.id}" });
}

const https = { securityGroupId: "${group.id}", ipProtocol: "tcp", fromPort: 443, toPort: 443 };

describe("security groups", () => {
  it("count a rule once however it is declared: inline, classic or on its own", async () => {
    const account = new Account(true);
    await network(account);
    const classic = { type: "ingress", securityGroupId: "${group.id}", protocol: "6", fromPort: 443, toPort: 443 };
    await account.create(CLASSIC, "classic", { ...classic, cidrBlocks: ["10.0.0.0/8", "192.168.0.0/16"] });
    const twin = await refusal(account.create(INGRESS, "twin", { ...https, cidrIpv4: "192.168.0.0/16" }));
    assert.equal(twin.code, "InvalidPermission.Duplicate");
    await account.create(INGRESS, "other", { ...https, fromPort: 444, toPort: 444, cidrIpv4: "192.168.0.0/16" });
  });

  it("have room for 60 rules in each direction", async () => {
    const account = new Account(true);
    await network(account);
    for (let i = 0; i < 60; i += 1) await account.create(INGRESS, `r${i}`, { ...https, cidrIpv4: `10.0.${i}.0/24` });
    const refused = await refusal(account.create(INGRESS, "one too many", { ...https, cidrIpv4: "10.1.0.0/24" }));
    assert.equal(refused.code, "RulesPerSecurityGroupLimitExceeded");
    const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
    await account.create(egress, "out", { ...https, cidrIpv4: "10.1.0.0/24" });
  });

  const impossible: readonly [why: string, change: Props, code: string][] = [
    ["ports in the wrong order", { fromPort: 443, toPort: 80 }, "InvalidParameterValue"],
    ["tcp without ports", { fromPort: undefined, toPort: undefined }, "InvalidParameterValue"],
    ["an unknown protocol", { ipProtocol: "quic" }, "InvalidParameterValue"],
    ["an ICMP type beyond 255", { ipProtocol: "icmp", fromPort: 256, toPort: 0 }, "InvalidParameterValue"],
    ["two peers", { cidrIpv6: "::/0" }, "ProviderCheck"],
    ["no peer", { cidrIpv4: undefined }, "ProviderCheck"],
    ["host bits", { cidrIpv4: "10.0.0.1/8" }, "InvalidParameterValue"],
    ["a description with an apostrophe", { description: "the app's" }, "InvalidParameterValue"],
    ["a group that isn't there", { securityGroupId: "sg-0" }, "InvalidGroup.NotFound"],
  ];
  for (const [why, change, code] of impossible) {
    it(`refuse a rule with ${why}`, async () => {
      const account = new Account(true);
      await network(account);
      const whole = Object.entries({ ...https, cidrIpv4: "10.0.0.0/8", ...change }).filter(
        ([, value]) => value !== undefined,
      );
      assert.equal((await refusal(account.create(INGRESS, "rule", Object.fromEntries(whole)))).code, code);
    });
  }

  it("may refer to a group of a peered VPC, not of any other", async () => {
    const account = new Account(true);
    await network(account);
    await account.create("aws:ec2/vpc:Vpc", "far", { cidrBlock: "10.1.0.0/16" });
    await account.create(GROUP, "theirs", { vpcId: "${far.id}" });
    const rule = { ...https, referencedSecurityGroupId: "${theirs.id}" };
    assert.equal((await refusal(account.create(INGRESS, "rule", rule))).code, "InvalidGroup.NotFound");
    await account.create("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "p", {
      vpcId: "${vpc.id}",
      peerVpcId: "${far.id}",
      autoAccept: true,
    });
    await account.create(INGRESS, "rule", rule);
  });

  it("have one name each in a VPC, and none that looks like an id", async () => {
    const account = new Account(true);
    await network(account);
    await account.create(GROUP, "web", { vpcId: "${vpc.id}", name: "web" });
    assert.equal(
      (await refusal(account.create(GROUP, "again", { vpcId: "${vpc.id}", name: "web" }))).code,
      "InvalidGroup.Duplicate",
    );
    // The real provider refuses the auto-name of a group that the program calls `sg` as well (pulumi-awsx#328).
    assert.match(
      (await refusal(account.create(GROUP, "id", { vpcId: "${vpc.id}", name: "sg-0123456" }))).message,
      /cannot begin with sg-/,
    );
  });

  it("change their inline rules in place, without tripping over the old ones", async () => {
    const account = new Account();
    await network(account);
    const rule = { protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["10.0.0.0/8"] };
    await account.create(GROUP, "inline", { vpcId: "${vpc.id}", ingress: [rule] });
    const updated = await account.update("inline", { vpcId: "${vpc.id}", ingress: [rule, { ...rule, toPort: 81 }] });
    assert.equal((updated.outputs["ingress"] as unknown[]).length, 2);
  });
});

describe("network ACLs", () => {
  const entry = {
    networkAclId: "${acl.id}",
    ruleNumber: 100,
    protocol: "tcp",
    ruleAction: "allow",
    cidrBlock: "0.0.0.0/0",
    fromPort: 25,
    toPort: 25,
  };

  it("hold 20 entries a direction, inline ones counted", async () => {
    const account = new Account(true);
    await network(account);
    const inline = (i: number): Props => ({
      ruleNo: i,
      action: "deny",
      protocol: "-1",
      fromPort: 0,
      toPort: 0,
      cidrBlock: `10.0.${i}.0/24`,
    });
    await account.create(ACL, "full", {
      vpcId: "${vpc.id}",
      ingress: Array.from({ length: 20 }, (_, i) => inline(i + 1)),
    });
    const refused = await refusal(account.create(ENTRY, "more", { ...entry, networkAclId: "${full.id}" }));
    assert.equal(refused.code, "NetworkAclEntryLimitExceeded");
    await account.create(ENTRY, "out", { ...entry, networkAclId: "${full.id}", egress: true });
  });

  it("refuse a number that an inline entry has", async () => {
    const account = new Account(true);
    await network(account);
    const inline = { ruleNo: 100, action: "allow", protocol: "udp", fromPort: 1, toPort: 2, cidrBlock: "0.0.0.0/0" };
    const acl = await account.create(ACL, "some", { vpcId: "${vpc.id}", ingress: [inline] });
    assert.deepEqual((acl.outputs["ingress"] as Props[])[0]?.["protocol"], "17");
    assert.equal(
      (await refusal(account.create(ENTRY, "twin", { ...entry, networkAclId: "${some.id}" }))).code,
      "NetworkAclEntryAlreadyExists",
    );
  });

  it("are associated with subnets of their own VPC only", async () => {
    const account = new Account(true);
    await network(account);
    await account.create("aws:ec2/vpc:Vpc", "far", { cidrBlock: "10.1.0.0/16" });
    await account.create("aws:ec2/subnet:Subnet", "theirs", { vpcId: "${far.id}", cidrBlock: "10.1.0.0/24" });
    const association = "aws:ec2/networkAclAssociation:NetworkAclAssociation";
    const refused = await refusal(
      account.create(association, "x", { networkAclId: "${acl.id}", subnetId: "${theirs.id}" }),
    );
    assert.match(refused.message, /belong to different networks/);
  });
});
