import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Vpc } from "../../../infra/network/vpc";
import type { Answers } from "../mocks";

/** What the resource answers that stands for everything a machine needs before it boots. */
export const STUB_ANSWERS: Answers = { "aws:ec2/internetGateway:InternetGateway": () => ({}) };

/** That resource, as `Recorded.dependencies` has it. */
export const READY = "aws:ec2/internetGateway:InternetGateway way-out";

export const STUB_BLOCK = "10.0.0.0/16";
export const STUB_AZS = [
  { name: "ap-northeast-1c", id: "apne1-az1" },
  { name: "ap-northeast-1d", id: "apne1-az2" },
];

/** As much of a VPC as other components use: subnets and groups that are called by tier and party. */
export function vpcStub() {
  return {
    vpcId: pulumi.output("vpc-1"),
    cidrBlock: STUB_BLOCK,
    azs: STUB_AZS,
    ready: [new aws.ec2.InternetGateway("way-out")],
    subnetIds: (tier) => [pulumi.output(`subnet-${tier}-1`), pulumi.output(`subnet-${tier}-2`)],
    securityGroupId: (holder) => pulumi.output(`sg-${holder}`),
  } satisfies Pick<Vpc, "vpcId" | "cidrBlock" | "azs" | "ready" | "subnetIds" | "securityGroupId">;
}
