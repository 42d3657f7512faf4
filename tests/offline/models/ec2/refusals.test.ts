import { network, testRefusals, type Table } from "../refusal-tables";

const tables: Table[] = [
  {
    type: "aws:ec2/vpc:Vpc",
    accepted: { cidrBlock: "10.0.0.0/16" },
    refused: [
      [{ tags: { "aws:x": "1" } }, "InvalidParameterValue", "check"],
      [{ enableDnsHostnames: true, enableDnsSupport: false }, "InvalidParameterCombination"],
      [{ instanceTenancy: "shared" }, "InvalidParameterValue", "check"],
    ],
  },
  {
    type: "aws:ec2/route:Route",
    around: async (account) => {
      await network(account);
      await account.create("aws:ec2/routeTable:RouteTable", "table", { vpcId: "${vpc.id}" });
    },
    accepted: { routeTableId: "${table.id}", gatewayId: "${igw.id}", destinationCidrBlock: "0.0.0.0/0" },
    refused: [
      [{ destinationCidrBlock: "10.0.0.0/16" }, "InvalidParameterValue"],
      [{ destinationCidrBlock: "10.0.0.0/24" }, "InvalidParameterValue"],
    ],
  },
  {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    around: async (account) => {
      await network(account);
      await account.create("aws:ec2/routeTable:RouteTable", "table", { vpcId: "${vpc.id}" });
    },
    accepted: {
      ...{ vpcId: "${vpc.id}", serviceName: "com.amazonaws.us-east-1.logs", vpcEndpointType: "Interface" },
      subnetIds: ["${a.id}"],
    },
    refused: [
      [{ routeTableIds: ["${table.id}"] }, "InvalidParameter"],
      [{ ipAddressType: "ipv5" }, "InvalidParameterValue", "check"],
      [{ serviceName: "com.amazonaws.us-east-1.s3", vpcEndpointType: "Gateway" }, "InvalidParameter"],
    ],
  },
  {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    accepted: { imageId: "ami-0123456789abcdef0", instanceType: "t3.micro", name: "web" },
    refused: [
      [{ name: "ab" }, "InvalidLaunchTemplateName.MalformedException", "check"],
      [{ namePrefix: "web-" }, "ProviderCheck", "check"],
      [{ description: "d".repeat(256) }, "InvalidParameterValue", "check"],
      [{ defaultVersion: 1, updateDefaultVersion: true }, "ProviderCheck", "check"],
      [{ securityGroupNames: ["x"], vpcSecurityGroupIds: ["sg-1"] }, "ProviderCheck", "check"],
      [{ placement: { tenancy: "shared" } }, "InvalidParameterValue", "check"],
      [{ tagSpecifications: [{ resourceType: "vpc", tags: { a: "b" } }] }, "InvalidParameterValue"],
      [{ instanceInitiatedShutdownBehavior: "hibernate" }, "InvalidParameterValue", "check"],
    ],
  },
  {
    type: "aws:ec2/instance:Instance",
    around: network,
    accepted: { ami: "ami-0123456789abcdef0", instanceType: "t3.micro", subnetId: "${a.id}" },
    refused: [
      [{ maintenanceOptions: { autoRecovery: "on" } }, "InvalidParameterValue", "check"],
      [{ privateDnsNameOptions: { hostnameType: "host" } }, "InvalidParameterValue", "check"],
      [{ secondaryPrivateIps: ["10.0.0.300"] }, "InvalidParameterValue", "check"],
      [{ availabilityZone: "us-east-1b" }, "InvalidParameterValue"],
      [{ creditSpecification: { cpuCredits: "much" } }, "InvalidParameterValue", "check"],
      [{ instanceMarketOptions: { marketType: "cheap" } }, "InvalidParameterValue", "check"],
      [{ userDataBase64: "%" }, "InvalidParameterValue", "check"],
      [{ iamInstanceProfile: "nobodys" }, "InvalidParameterValue"],
      [{ launchTemplate: { id: "lt-1", name: "web" } }, "ProviderCheck", "check"],
      [{ subnetId: "subnet-0123456789abcdef0" }, "InvalidSubnetID.NotFound"],
    ],
  },
  {
    type: "aws:ec2/keyPair:KeyPair",
    accepted: {
      keyName: "me",
      publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJq4pWlXvKyQy0sB0lY9V2J9Yx2wB9QkZKX5x0Xb7l2T me",
    },
    refused: [
      [{ publicKey: "me" }, "InvalidKey.Format"],
      [{ keyNamePrefix: "me-" }, "ProviderCheck", "check"],
      [{ keyName: "k".repeat(256) }, "InvalidParameterValue", "check"],
    ],
  },
  {
    type: "aws:ebs/volume:Volume",
    accepted: { availabilityZone: "us-east-1a", size: 100, type: "gp3" },
    refused: [
      [{ kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/1", encrypted: false }, "InvalidParameterDependency"],
      [{ multiAttachEnabled: true }, "InvalidParameterCombination", "check"],
      [{ type: "gp1" }, "UnknownVolumeType"],
    ],
  },
];

describe("what EC2 refuses beside the ground truth", () => {
  testRefusals(tables);
});
