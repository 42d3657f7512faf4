import { strict as assert } from "node:assert";
import { Account } from "./account";

const network = async (account: Account): Promise<void> => {
  await account.create("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
  for (const [name, third] of [
    ["a", 0],
    ["b", 1],
  ] as const) {
    await account.create("aws:ec2/subnet:Subnet", name, {
      vpcId: "${vpc.id}",
      cidrBlock: `10.0.${third}.0/24`,
      availabilityZone: `us-east-1${name}`,
    });
  }
  await account.create("aws:ec2/securityGroup:SecurityGroup", "group", { vpcId: "${vpc.id}", description: "d" });
};

describe("load balancers, databases and groups of instances", () => {
  let account: Account;
  beforeEach(async () => {
    account = new Account();
    await network(account);
  });

  const owners: Record<string, (account: Account) => Promise<unknown>> = {
    "a load balancer": (one) =>
      one.create("aws:lb/loadBalancer:LoadBalancer", "x", {
        internal: true,
        subnets: ["${a.id}", "${b.id}"],
        securityGroups: ["${group.id}"],
      }),
    "a Multi-AZ database": async (one) => {
      await one.create("aws:rds/subnetGroup:SubnetGroup", "db", { subnetIds: ["${a.id}", "${b.id}"] });
      await one.create("aws:rds/instance:Instance", "x", {
        engine: "postgres",
        instanceClass: "db.t4g.micro",
        allocatedStorage: 20,
        username: "app",
        password: "correct-horse-1",
        skipFinalSnapshot: true,
        multiAz: true,
        dbSubnetGroupName: "${db.name}",
        vpcSecurityGroupIds: ["${group.id}"],
      });
    },
    "an Auto Scaling group": async (one) => {
      const template = { imageId: "ami-0123456789abcdef0", vpcSecurityGroupIds: ["${group.id}"] };
      await one.create("aws:ec2/launchTemplate:LaunchTemplate", "lt", { ...template, instanceType: "t3.micro" });
      await one.create("aws:autoscaling/group:Group", "x", {
        minSize: 2,
        maxSize: 2,
        vpcZoneIdentifiers: ["${a.id}", "${b.id}"],
        launchTemplate: { id: "${lt.id}", version: "$Latest" },
      });
    },
  };
  for (const [what, make] of Object.entries(owners)) {
    it(`${what} holds its subnets and security group until it is gone`, async () => {
      await make(account);
      for (const name of ["a", "b", "group"]) {
        await assert.rejects(account.delete(name), { code: "DependencyViolation" }, name);
      }
      await account.delete("x");
      if (account.has("db")) await account.delete("db");
      for (const name of ["a", "b", "group"]) await account.delete(name);
    });
  }

  it("a changed launch template has a new version, a changed tag doesn't make one", async () => {
    const template = { imageId: "ami-0123456789abcdef0", instanceType: "t3.micro", name: "web" };
    await account.create("aws:ec2/launchTemplate:LaunchTemplate", "lt", template);
    const tagged = await account.update("lt", { ...template, tags: { Team: "mail" } });
    assert.equal(tagged.outputs["latestVersion"], 1);
    const changed = await account.update("lt", { ...template, instanceType: "t3.small", updateDefaultVersion: true });
    assert.deepEqual([changed.outputs["latestVersion"], changed.outputs["defaultVersion"]], [2, 2]);
  });
});
