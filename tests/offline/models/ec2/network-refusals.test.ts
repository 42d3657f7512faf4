import { network, testRefusals, type Table } from "../refusal-tables";

const tables: Table[] = [
  {
    type: "aws:ec2/subnet:Subnet",
    around: async (account) => {
      const cidrs = { cidrBlock: "10.0.0.0/16", assignGeneratedIpv6CidrBlock: true };
      await account.create("aws:ec2/vpc:Vpc", "vpc", cidrs);
    },
    accepted: { vpcId: "${vpc.id}", cidrBlock: "10.0.0.0/24" },
    refused: [
      [{ assignIpv6AddressOnCreation: true }, "InvalidParameterValue"],
      [{ ipv6Native: true, ipv6CidrBlock: "2600:1f18::/64" }, "InvalidParameterCombination"],
      [{ ipv6Native: true, cidrBlock: undefined }, "MissingParameter"],
    ],
  },
  {
    type: "aws:ec2/networkAclRule:NetworkAclRule",
    around: async (account) => {
      await network(account);
      await account.create("aws:ec2/networkAcl:NetworkAcl", "acl", { vpcId: "${vpc.id}" });
    },
    accepted: {
      ...{ networkAclId: "${acl.id}", ruleNumber: 1, protocol: "tcp", fromPort: 22, toPort: 22 },
      ...{ ruleAction: "allow", cidrBlock: "10.0.0.0/8" },
    },
    alsoAccepted: [
      { ruleAction: "DENY" },
      // The provider sends port 0.
      { fromPort: undefined, toPort: undefined },
    ],
    refused: [[{ ruleAction: "let" }, "InvalidParameterValue", "check"]],
  },
  {
    type: "aws:ec2/flowLog:FlowLog",
    around: network,
    accepted: {
      ...{ vpcId: "${vpc.id}", trafficType: "ALL", logDestinationType: "s3" },
      logDestination: "arn:aws:s3:::flow-logs",
    },
    alsoAccepted: [
      { logFormat: "${srcaddr} ${dstaddr} ${flow-direction} ${ecs-task-id}" },
      { destinationOptions: { fileFormat: "parquet" } },
    ],
    refused: [
      [{ logFormat: "${srcaddr} ${mood}" }, "InvalidParameter"],
      [
        {
          ...{ logDestinationType: "cloud-watch-logs", destinationOptions: { fileFormat: "parquet" } },
          logDestination: "arn:aws:logs:us-east-1:123456789012:log-group:flow",
          iamRoleArn: "arn:aws:iam::123456789012:role/flow",
        },
        "InvalidParameter",
      ],
    ],
  },
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    around: network,
    accepted: { vpcId: "${vpc.id}", description: "d" },
    alsoAccepted: [{ description: undefined }],
    refused: [[{ description: "" }, "MissingParameter"]],
  },
];

describe("what is refused about networks", () => {
  testRefusals(tables);
});
