import type { Props } from "../../../../offline/model";
import { network, testRefusals, type Table } from "../refusal-tables";

const VALUE = "InvalidParameterValue";
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
});
const KEY = "arn:aws:kms:us-east-1:123456789012:key/1";

const spot = (options: Props): Props => ({ instanceMarketOptions: { marketType: "spot", spotOptions: options } });
const disk = (ebs: Props): Props => ({ blockDeviceMappings: [{ deviceName: "/dev/sdb", ebs }] });
const face = (one: Props): Props => ({ networkInterfaces: [one] });
const needs = (more: Props): Props => ({
  instanceType: undefined,
  instanceRequirements: { memoryMib: { min: 1024 }, vcpuCount: { min: 1 }, ...more },
});

const template: Table = {
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  accepted: { imageId: "ami-0123456789abcdef0", instanceType: "t3.micro", name: "web" },
  alsoAccepted: [
    // Only a launch looks at these.
    { imageId: "foo" },
    { ...face({ deviceIndex: 0 }), vpcSecurityGroupIds: ["sg-0123456789abcdef0"] },
    spot({ blockDurationMinutes: 60, validUntil: "2030-01-01T00:00:00Z", spotInstanceType: "one-time" }),
    disk({ encrypted: "true", deleteOnTermination: "" }),
    face({ associatePublicIpAddress: "false", privateIpAddress: "10.0.0.5", ipv6Addresses: ["2001:db8::1"] }),
    needs({ acceleratorCount: { max: 0 }, bareMetal: "excluded", allowedInstanceTypes: ["m5.*"] }),
    { placement: { tenancy: "dedicated" }, tagSpecifications: [{ resourceType: "volume", tags: { a: "b" } }] },
  ],
  refused: [
    [{ defaultVersion: 0 }, VALUE, "check"],
    [disk({ encrypted: "yes" }), VALUE, "check"],
    [disk({ deleteOnTermination: "no" }), VALUE, "check"],
    [{ ebsOptimized: "yes" }, VALUE, "check"],
    [face({ associatePublicIpAddress: "yes" }), VALUE, "check"],
    [face({ privateIpAddress: "10.0.0.256" }), VALUE, "check"],
    [face({ ipv4Addresses: ["10.0.0"] }), VALUE, "check"],
    [face({ ipv6Addresses: ["10.0.0.5"] }), VALUE, "check"],
    [face({ ipv4Prefixes: ["10.0.0.1/28"] }), VALUE, "check"],
    [face({ interfaceType: "eth" }), VALUE, "check"],
    [{ instanceMarketOptions: { marketType: "auction" } }, VALUE, "check"],
    [spot({ spotInstanceType: "twice" }), VALUE, "check"],
    [spot({ instanceInterruptionBehavior: "reboot" }), VALUE, "check"],
    [spot({ blockDurationMinutes: 61 }), VALUE, "check"],
    [spot({ validUntil: "tomorrow" }), VALUE, "check"],
    [spot({ validUntil: "2030-01-01" }), VALUE, "check"],
    [{ capacityReservationSpecification: { capacityReservationPreference: "always" } }, VALUE, "check"],
    [
      {
        capacityReservationSpecification: {
          capacityReservationTarget: {
            capacityReservationId: "cr-1",
            capacityReservationResourceGroupArn: "arn:aws:resource-groups:us-east-1:123456789012:group/a",
          },
        },
      },
      "ProviderCheck",
      "check",
    ],
    [{ placement: { tenancy: "shared" } }, VALUE, "check"],
    [{ tagSpecifications: [{ resourceType: "machine" }] }, VALUE, "check"],
    [{ maintenanceOptions: { autoRecovery: "on" } }, VALUE, "check"],
    [{ privateDnsNameOptions: { hostnameType: "host" } }, VALUE, "check"],
    [{ cpuOptions: { amdSevSnp: "on" } }, VALUE, "check"],
    [{ metadataOptions: { httpTokens: "no-preference" } }, VALUE, "check"],
    [{ licenseSpecifications: [{ licenseConfigurationArn: "l" }] }, "ProviderCheck", "check"],
    [needs({ memoryMib: { min: 0 } }), VALUE, "check"],
    [needs({ acceleratorCount: { min: 0 } }), VALUE, "check"],
    [needs({ memoryGibPerVcpu: { min: 0 } }), VALUE, "check"],
    [needs({ bareMetal: "yes" }), VALUE, "check"],
    [needs({ burstablePerformance: "yes" }), VALUE, "check"],
    [needs({ cpuManufacturers: ["arm"] }), VALUE, "check"],
    [needs({ instanceGenerations: ["next"] }), VALUE, "check"],
    [needs({ localStorage: "yes" }), VALUE, "check"],
    [needs({ localStorageTypes: ["tape"] }), VALUE, "check"],
    [needs({ spotMaxPricePercentageOverLowestPrice: 0 }), VALUE, "check"],
    [needs({ allowedInstanceTypes: ["m5.*"], excludedInstanceTypes: ["t3.*"] }), "ProviderCheck", "check"],
  ],
};

const instance: Table = {
  type: "aws:ec2/instance:Instance",
  around: async (account) => {
    await network(account);
    await account.create("aws:iam/role:Role", "role", { assumeRolePolicy: TRUST });
    await account.create("aws:iam/instanceProfile:InstanceProfile", "profile", { name: "web", role: "${role.name}" });
    await account.create("aws:iam/instanceProfile:InstanceProfile", "empty", { name: "empty" });
  },
  accepted: { ami: "ami-0123456789abcdef0", instanceType: "t3.micro", subnetId: "${a.id}" },
  alsoAccepted: [
    { iamInstanceProfile: "${profile.name}" },
    { userDataBase64: "IyEvYmluL3NoCg==" },
    { privateIp: "10.0.0.5", secondaryPrivateIps: ["10.0.0.6"] },
    { rootBlockDevice: { volumeType: "io1", iops: 100, volumeSize: 4 } },
    { ebsBlockDevices: [{ deviceName: "/dev/sdb", volumeSize: 1 }], volumeTags: { a: "b" } },
    { hibernation: true, enclaveOptions: { enabled: false } },
    { capacityReservationSpecification: { capacityReservationPreference: "none" } },
    // Takes effect for burstable types only, but is accepted for all.
    { instanceType: "m5.large", creditSpecification: { cpuCredits: "standard" } },
  ],
  refused: [
    [{ userDataBase64: "#!/bin/sh" }, VALUE, "check"],
    [{ capacityReservationSpecification: { capacityReservationPreference: "always" } }, VALUE, "check"],
    [{ ipv6Addresses: ["10.0.0.5"] }, VALUE, "check"],
    [{ privateIp: "10.0.0.256" }, VALUE, "check"],
    [{ volumeTags: { a: "b" }, rootBlockDevice: { tags: { c: "d" } } }, "ProviderCheck", "check"],
    [{ iamInstanceProfile: "nobodys" }, VALUE],
    [{ iamInstanceProfile: "${empty.name}" }, VALUE],
    [{ hibernation: true, enclaveOptions: { enabled: true } }, "InvalidParameterCombination"],
    [{ privateIp: "10.0.0.5", secondaryPrivateIps: ["10.0.0.5"] }, VALUE],
    [{ secondaryPrivateIps: ["10.0.1.5"] }, VALUE],
    [{ ipv6AddressCount: 1 }, VALUE],
    [{ placementPartitionNumber: 1 }, "InvalidParameterCombination"],
    [{ rootBlockDevice: { volumeType: "io1", volumeSize: 4 } }, "MissingParameter"],
    [{ rootBlockDevice: { volumeType: "io1", iops: 100, volumeSize: 3 } }, VALUE],
    [{ rootBlockDevice: { volumeType: "gp3", iops: 2999 } }, VALUE],
    [{ rootBlockDevice: { volumeType: "st1", volumeSize: 125 } }, "InvalidBlockDeviceMapping"],
    [{ rootBlockDevice: { kmsKeyId: KEY, encrypted: false } }, "InvalidParameterDependency"],
    [{ ebsBlockDevices: [{ deviceName: "/dev/sdb" }, { deviceName: "/dev/sdb" }] }, "InvalidBlockDeviceMapping"],
  ],
};

const volume: Table = {
  type: "aws:ebs/volume:Volume",
  accepted: { availabilityZone: "us-east-1a", size: 100, type: "gp3" },
  alsoAccepted: [
    { snapshotId: "snap-0123456789abcdef0", volumeInitializationRate: 100 },
    { type: "io2", iops: 100, multiAttachEnabled: true },
    { kmsKeyId: KEY, encrypted: true },
  ],
  refused: [
    [{ type: "gp1" }, "UnknownVolumeType"],
    [{ volumeInitializationRate: 100 }, VALUE, "check"],
    [{ snapshotId: "snap-0123456789abcdef0", volumeInitializationRate: 99 }, VALUE, "check"],
    [{ snapshotId: "snapshot-1" }, "InvalidSnapshotID.Malformed"],
    [{ size: 65537 }, VALUE],
    [{ type: "standard", size: 1025 }, VALUE],
    [{ type: "sc1", size: 124 }, VALUE],
    [{ iops: 80001 }, VALUE],
    [{ size: 1, iops: 3001 }, VALUE],
    [{ throughput: 751 }, VALUE],
  ],
};

describe("what is refused about launches and volumes", () => {
  testRefusals([template, instance, volume]);
});
