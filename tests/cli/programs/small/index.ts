import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
/** How many subnets, each made after the one before it. */
const subnets = config.getNumber("subnets") ?? 2;
/** Id of a VPC made by hand, to be taken over. */
const adopted = config.get("adopted");

const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
let before: pulumi.Resource = vpc;
for (let index = 0; index < subnets; index++) {
  const cidrBlock = `10.0.${index}.0/24`;
  before = new aws.ec2.Subnet(`subnet-${index}`, { vpcId: vpc.id, cidrBlock }, { dependsOn: before });
}
if (adopted !== undefined) {
  const tags = { Owner: "somebody" };
  new aws.ec2.Vpc("adopted", { cidrBlock: "10.9.0.0/16", tags }, { import: adopted });
}
