import { strict as assert } from "node:assert";
import { NETWORK_INTERFACE } from "../../../../offline/models/ec2/companions";
import { records } from "../../../../offline/models/values";
import { Account, refusal } from "../account";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

async function network(account: Account): Promise<void> {
  await account.create("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
  for (const [index, letter] of ["a", "b"].entries()) {
    const inputs = { vpcId: "${vpc.id}", cidrBlock: `10.0.${index}.0/24`, availabilityZone: `us-east-1${letter}` };
    await account.create("aws:ec2/subnet:Subnet", letter, inputs);
  }
  await account.create("aws:ec2/routeTable:RouteTable", "table", { vpcId: "${vpc.id}" });
}

const smtp = { vpcId: "${vpc.id}", serviceName: "com.amazonaws.us-east-1.email-smtp", vpcEndpointType: "Interface" };

describe("VPC endpoints", () => {
  it("M7: an interface endpoint stands in its subnets with private names, and leaves nothing behind", async () => {
    const account = new Account();
    await network(account);
    const inputs = { ...smtp, subnetIds: ["${a.id}", "${b.id}"], privateDnsEnabled: true };
    const { outputs } = await account.create(ENDPOINT, "smtp", inputs);
    const names = records(outputs["dnsEntries"]).map((entry) => String(entry["dnsName"]));
    assert.equal(names.length, 4);
    assert.ok(names.includes("email-smtp.us-east-1.amazonaws.com"));
    assert.equal((outputs["networkInterfaceIds"] as unknown[]).length, 2);
    assert.deepEqual(outputs["securityGroupIds"], [account.state("vpc").outputs["defaultSecurityGroupId"]]);
    assert.equal((await refusal(account.delete("a"))).code, "DependencyViolation");
    await account.update("smtp", { ...inputs, subnetIds: ["${a.id}"] });
    assert.equal(account.aws.things(NETWORK_INTERFACE).length, 1);
    await account.delete("b");
    await account.delete("smtp");
    assert.deepEqual(account.aws.things(NETWORK_INTERFACE), []);
  });

  it("M7: email-smtp isn't offered in every zone", async () => {
    const account = new Account(true);
    await network(account);
    const inputs = { vpcId: "${vpc.id}", cidrBlock: "10.0.9.0/24", availabilityZoneId: "use1-az2" };
    await account.create("aws:ec2/subnet:Subnet", "without", inputs);
    const refused = await refusal(account.create(ENDPOINT, "smtp", { ...smtp, subnetIds: ["${without.id}"] }));
    assert.match(refused.message, /does not support the availability zone/);
  });

  it("a gateway endpoint is a route of its tables, with the service's prefix list", async () => {
    const account = new Account(true);
    await network(account);
    const s3 = { vpcId: "${vpc.id}", serviceName: "com.amazonaws.us-east-1.s3" };
    const { outputs } = await account.create(ENDPOINT, "s3", s3);
    assert.equal(outputs["prefixListId"], "pl-63a5400a");
    const association = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation";
    const joined = await account.create(association, "joined", {
      vpcEndpointId: "${s3.id}",
      routeTableId: "${table.id}",
    });
    assert.match(joined.id, /^a-vpce-[0-9a-f]{17}\d+$/);
    const twin = await refusal(account.create(ENDPOINT, "twin", { ...s3, routeTableIds: ["${table.id}"] }));
    assert.equal(twin.code, "RouteAlreadyExists");
  });

  it("say what a service offers when asked for another kind", async () => {
    const account = new Account(true);
    await network(account);
    const wrong = await refusal(
      account.create(ENDPOINT, "x", { vpcId: "${vpc.id}", serviceName: "com.amazonaws.us-east-1.ssm" }),
    );
    assert.match(wrong.message, /Endpoint type \(Gateway\) does not match available service types \(\[Interface\]\)/);
    const mixed = { ...smtp, routeTableIds: ["${table.id}"] };
    assert.equal((await refusal(account.create(ENDPOINT, "y", mixed))).property, "routeTableIds");
  });
});

describe("flow logs", () => {
  const log = {
    vpcId: "${vpc.id}",
    trafficType: "ALL",
    logDestination: "arn:aws:logs:us-east-1:123456789012:log-group:flow:*",
  };

  it("need a role for CloudWatch, and keep the group's ARN without `:*`", async () => {
    const account = new Account(true);
    await network(account);
    const type = "aws:ec2/flowLog:FlowLog";
    assert.equal((await refusal(account.create(type, "log", log))).property, "iamRoleArn");
    const { outputs } = await account.create(type, "log", {
      ...log,
      iamRoleArn: "arn:aws:iam::123456789012:role/flow",
    });
    assert.equal(outputs["logDestination"], "arn:aws:logs:us-east-1:123456789012:log-group:flow");
  });
});

describe("VPC peerings", () => {
  const PEERING = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";

  it("refuse overlapping networks, themselves and a second one", async () => {
    const account = new Account(true);
    await network(account);
    await account.create("aws:ec2/vpc:Vpc", "same", { cidrBlock: "10.0.128.0/17" });
    await account.create("aws:ec2/vpc:Vpc", "far", { cidrBlock: "10.1.0.0/16" });
    const overlapping = await refusal(account.create(PEERING, "o", { vpcId: "${vpc.id}", peerVpcId: "${same.id}" }));
    assert.equal(overlapping.code, "OverlappingCidrBlock");
    assert.equal(
      (await refusal(account.create(PEERING, "s", { vpcId: "${vpc.id}", peerVpcId: "${vpc.id}" }))).code,
      "InvalidParameterValue",
    );
    await account.create(PEERING, "p", { vpcId: "${vpc.id}", peerVpcId: "${far.id}" });
    const twin = await refusal(account.create(PEERING, "q", { vpcId: "${far.id}", peerVpcId: "${vpc.id}" }));
    assert.equal(twin.code, "VpcPeeringConnectionAlreadyExists");
  });

  it("are pending until accepted, by themselves or by the accepter", async () => {
    const account = new Account();
    await network(account);
    await account.create("aws:ec2/vpc:Vpc", "far", { cidrBlock: "10.1.0.0/16" });
    const peering = await account.create(PEERING, "p", { vpcId: "${vpc.id}", peerVpcId: "${far.id}" });
    assert.equal(peering.outputs["acceptStatus"], "pending-acceptance");
    const accepter = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";
    const accepted = await account.create(accepter, "a", { vpcPeeringConnectionId: "${p.id}", autoAccept: true });
    assert.deepEqual([accepted.id, accepted.outputs["acceptStatus"]], [peering.id, "active"]);
    assert.equal(account.aws.find(PEERING, peering.id)?.outputs["acceptStatus"], "active");
  });
});
