import { strict as assert } from "node:assert";
import { records } from "../../../../offline/models/values";
import { Account, refusal } from "../account";

const NAT = "aws:ec2/natGateway:NatGateway";
const EIP = "aws:ec2/eip:Eip";
const IGW = "aws:ec2/internetGateway:InternetGateway";
const ROUTE = "aws:ec2/route:Route";

async function network(account: Account): Promise<void> {
  await account.create("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
  await account.create(IGW, "igw", { vpcId: "${vpc.id}" });
  await account.create("aws:ec2/subnet:Subnet", "a", { vpcId: "${vpc.id}", cidrBlock: "10.0.0.0/28" });
  await account.create("aws:ec2/routeTable:RouteTable", "table", { vpcId: "${vpc.id}" });
  await account.create(EIP, "ip", { domain: "vpc" });
}

describe("gateways", () => {
  it("a NAT gateway keeps an address of its subnet and its Elastic IP until it is deleted", async () => {
    const account = new Account();
    await network(account);
    const { outputs } = await account.create(NAT, "nat", { allocationId: "${ip.id}", subnetId: "${a.id}" });
    assert.equal(outputs["publicIp"], account.state("ip").outputs["publicIp"]);
    assert.match(String(outputs["privateIp"]), /^10\.0\.0\.([4-9]|1[0-4])$/);
    assert.equal((await refusal(account.delete("ip"))).code, "InvalidIPAddress.InUse");
    assert.equal((await refusal(account.delete("a"))).code, "DependencyViolation");
    assert.equal((await refusal(account.delete("igw"))).code, "DependencyViolation");
    for (const name of ["nat", "ip", "igw", "a", "table", "vpc"]) await account.delete(name);
    assert.deepEqual(account.aws.things(), []);
  });

  it("two private NAT gateways of one subnet never share an address", async () => {
    const account = new Account(true);
    await network(account);
    const one = await account.create(NAT, "one", {
      connectivityType: "private",
      subnetId: "${a.id}",
      privateIp: "10.0.0.5",
    });
    const taken = account.create(NAT, "two", {
      connectivityType: "private",
      subnetId: "${a.id}",
      privateIp: "10.0.0.5",
    });
    assert.equal((await refusal(taken)).code, "InvalidIPAddress.InUse");
    assert.equal(one.outputs["publicIp"], "");
  });

  it("a regional NAT gateway serves the VPC with addresses of AWS's or with the given ones", async () => {
    const account = new Account(true);
    await network(account);
    const automatic = await account.create(NAT, "auto", { availabilityMode: "regional", vpcId: "${vpc.id}" });
    assert.equal(automatic.outputs["autoProvisionZones"], "enabled");
    assert.equal(records(automatic.outputs["regionalNatGatewayAddresses"]).length, 1);
    const zones = [{ availabilityZone: "us-east-1b", allocationIds: ["${ip.id}"] }];
    const manual = await account.create(NAT, "manual", {
      availabilityMode: "regional",
      vpcId: "${vpc.id}",
      availabilityZoneAddresses: zones,
    });
    assert.deepEqual(
      records(manual.outputs["regionalNatGatewayAddresses"]).map((one) => [one["availabilityZoneId"], one["publicIp"]]),
      [["use1-az6", account.state("ip").outputs["publicIp"]]],
    );
    const mixed = await refusal(
      account.create(NAT, "mixed", { availabilityMode: "regional", vpcId: "${vpc.id}", subnetId: "${a.id}" }),
    );
    assert.deepEqual([mixed.phase, mixed.property], ["check", "subnetId"]);
  });

  it("a separate attachment counts like the gateway's own", async () => {
    const account = new Account(true);
    await network(account);
    await account.create(IGW, "loose", {});
    const second = account.create("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment", "x", {
      internetGatewayId: "${loose.id}",
      vpcId: "${vpc.id}",
    });
    assert.equal((await refusal(second)).code, "Resource.AlreadyAssociated");
  });

  it("a route changes its target in place and forgets the old one", async () => {
    const account = new Account();
    await network(account);
    await account.create(NAT, "nat", { allocationId: "${ip.id}", subnetId: "${a.id}" });
    const before = await account.create(ROUTE, "r", {
      routeTableId: "${table.id}",
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: "${igw.id}",
    });
    assert.match(before.id, /^r-rtb-[0-9a-f]{17}1080289494$/);
    const after = await account.update("r", {
      routeTableId: "${table.id}",
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: "${nat.id}",
    });
    assert.deepEqual([after.outputs["gatewayId"], after.outputs["natGatewayId"]], ["", account.state("nat").id]);
  });

  it("no route takes the VPC's own block out through a gateway or a peering", async () => {
    const account = new Account(true);
    await network(account);
    const own = account.create(ROUTE, "own", {
      routeTableId: "${table.id}",
      destinationCidrBlock: "10.0.0.0/24",
      gatewayId: "${igw.id}",
    });
    assert.match((await refusal(own)).message, /equal to or more specific/);
  });

  it("dangling targets are named", async () => {
    const account = new Account(true);
    await network(account);
    const targets = {
      gatewayId: "igw-0",
      natGatewayId: "nat-0",
      vpcPeeringConnectionId: "pcx-0",
      vpcEndpointId: "vpce-0",
    };
    const codes: string[] = [];
    for (const [name, id] of Object.entries(targets)) {
      const inputs = { routeTableId: "${table.id}", destinationCidrBlock: "0.0.0.0/0", [name]: id };
      codes.push((await refusal(account.create(ROUTE, name, inputs))).code);
    }
    assert.deepEqual(codes, [
      "InvalidGatewayID.NotFound",
      "InvalidNatGatewayID.NotFound",
      "InvalidVpcPeeringConnectionID.NotFound",
      "InvalidVpcEndpointId.NotFound",
    ]);
  });
});
