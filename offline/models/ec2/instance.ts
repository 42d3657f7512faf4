import { arn } from "../../arn";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { AwsError } from "../../aws-error";
import { filled } from "../filled";
import { Findings } from "../findings";
import { given, integer, isRecord, isTrue, orElse, property, records, text } from "../values";
import { privateAddress, privateName, publicAddress, publicName, putInterface } from "./addresses";
import { checkBlockDevice } from "./blockDevices";
import { placeOfInstance, refuseInstance } from "./instancePlacement";
import { checkMetadataOptions } from "./metadataOptions";
import { otherArchitecture } from "./architecture";
import { isBase64 } from "../base64";
import { checkLaunchOptions } from "./launchOptions";
import { checkTags } from "./tags";
import { NETWORK_INTERFACE } from "./companions";

const EXCLUSIVE: Record<string, readonly string[]> = {
  networkInterfaces: [
    ...["associatePublicIpAddress", "subnetId", "vpcSecurityGroupIds", "securityGroups", "privateIp"],
    ...["secondaryPrivateIps", "ipv6Addresses", "ipv6AddressCount"],
  ],
  ipv6AddressCount: ["ipv6Addresses"],
  userData: ["userDataBase64"],
  hostId: ["hostResourceGroupArn"],
  placementGroup: ["hostResourceGroupArn"],
};

function rootDevice(context: OperationContext): Props {
  const given_ = context.inputs["rootBlockDevice"];
  const asked = isRecord(given_) ? given_ : {};
  const type = text(asked["volumeType"]) ?? "gp3";
  return {
    ...asked,
    ...filled(asked, {
      deleteOnTermination: true,
      encrypted: false,
      iops: type === "gp3" ? 3000 : type === "gp2" ? 100 : 0,
      kmsKeyId: "",
      tags: {},
      tagsAll: {},
      throughput: type === "gp3" ? 125 : 0,
      volumeSize: 8,
      volumeType: type,
    }),
    deviceName: "/dev/xvda",
    volumeId: context.ids.ec2("vol", "root"),
  };
}

function settle(context: OperationContext): Props {
  const { inputs } = context;
  const type = text(inputs["instanceType"]);
  const options = inputs["metadataOptions"];
  const dns = { enableResourceNameDnsARecord: false, enableResourceNameDnsAaaaRecord: false, hostnameType: "ip-name" };
  return {
    ...filled(inputs, {
      ami: "",
      capacityReservationSpecification: { capacityReservationPreference: "open", capacityReservationTarget: null },
      cpuOptions: { amdSevSnp: "", coreCount: 1, threadsPerCore: type?.startsWith("t2.") === true ? 1 : 2 },
      creditSpecification: /^t\d/.test(type ?? "")
        ? { cpuCredits: type?.startsWith("t2.") === true ? "standard" : "unlimited" }
        : null,
      disableApiStop: false,
      disableApiTermination: false,
      ebsBlockDevices: [],
      ebsOptimized: false,
      enclaveOptions: { enabled: false },
      ephemeralBlockDevices: [],
      forceDestroy: false,
      getPasswordData: false,
      hibernation: false,
      hostId: "",
      hostResourceGroupArn: null,
      iamInstanceProfile: "",
      instanceInitiatedShutdownBehavior: "stop",
      instanceMarketOptions: null,
      instanceType: "",
      ipv6AddressCount: 0,
      ipv6Addresses: [],
      keyName: "",
      launchTemplate: null,
      maintenanceOptions: { autoRecovery: "default" },
      metadataOptions: {
        httpEndpoint: "enabled",
        httpProtocolIpv6: "disabled",
        httpPutResponseHopLimit: isRecord(options) && text(options["httpTokens"]) === "required" ? 2 : 1,
        httpTokens: "optional",
        instanceMetadataTags: "disabled",
      },
      monitoring: false,
      networkInterfaces: [],
      placementGroup: "",
      placementGroupId: "",
      placementPartitionNumber: 0,
      privateDnsNameOptions: dns,
      secondaryPrivateIps: [],
      sourceDestCheck: true,
      tags: {},
      secondaryNetworkInterfaces: [],
      tenancy: "default",
      userDataBase64: null,
      userDataReplaceOnChange: false,
    }),
    enablePrimaryIpv6: orElse(inputs["enablePrimaryIpv6"], null),
    instanceLifecycle: "",
    outpostArn: "",
    primaryNetworkInterface: inputs["primaryNetworkInterface"] ?? null,
    passwordData: "",
    rootBlockDevice: rootDevice(context),
    spotInstanceRequestId: "",
  };
}

function checkDisk(found: Findings, { volumeTags }: Props): void {
  checkBlockDevice(found);
  if (given(volumeTags) && given(found.inputs["tags"]))
    found.refuse("tags", "ProviderCheck", `"tags": conflicts with volumeTags`);
}

function checkOptions(found: Findings): void {
  checkLaunchOptions(found);
  const pair = ["capacityReservationPreference", "capacityReservationTarget"];
  found.within("capacityReservationSpecification")?.exactlyOne(pair);
  const template = found.within("launchTemplate");
  template?.exactlyOne(["id", "name"]);
  template?.length("version", 1, 255);
  found.address("secondaryPrivateIps", 4);
  found.address("ipv6Addresses", 6);
  const data = text(found.inputs["userDataBase64"]);
  if (data !== undefined && !isBase64(data))
    found.refuse("userDataBase64", "InvalidParameterValue", "userDataBase64: must be base64-encoded");
}

/** Two versions named by number; what `$Latest` and `$Default` stand for can't be told from the inputs. */
function otherVersion(old: unknown, now: unknown): boolean {
  const [had, has] = [old, now].map((one) => (isRecord(one) ? integer(one["version"]) : undefined));
  return had !== undefined && has !== undefined && had !== has;
}

const model: Model = {
  type: "aws:ec2/instance:Instance",
  defaults: { getPasswordData: false, sourceDestCheck: true, userDataReplaceOnChange: false },
  nestedDefaults: { ebsBlockDevices: { deleteOnTermination: true }, rootBlockDevice: { deleteOnTermination: true } },
  replaceOn: [
    "ami",
    "associatePublicIpAddress",
    "availabilityZone",
    "cpuOptions",
    ...["deviceName", "encrypted", "iops", "kmsKeyId", "snapshotId", "throughput", "volumeSize", "volumeType"].map(
      (name) => `ebsBlockDevices.${name}`,
    ),
    "ebsOptimized",
    "enclaveOptions",
    "ephemeralBlockDevices",
    "hibernation",
    "hostId",
    "hostResourceGroupArn",
    "instanceMarketOptions",
    "ipv6Addresses",
    "keyName",
    "launchTemplate.id",
    "launchTemplate.name",
    "networkInterfaces",
    "placementGroup",
    "placementPartitionNumber",
    "privateDnsNameOptions",
    "privateIp",
    "rootBlockDevice.encrypted",
    "rootBlockDevice.kmsKeyId",
    "securityGroups",
    "subnetId",
    "tenancy",
  ],
  replaceIf: (olds, news) => [
    ...(isTrue(news["userDataReplaceOnChange"]) ? ["userData", "userDataBase64"] : []),
    ...(otherVersion(olds["launchTemplate"], news["launchTemplate"]) ? ["launchTemplate.version"] : []),
    ...(otherArchitecture(text(olds["instanceType"]), text(news["instanceType"])) ? ["instanceType"] : []),
  ],
  secretOutputs: ["passwordData"],

  check({ inputs }) {
    const found = new Findings(inputs);
    if (!given(inputs["ami"]) && !given(inputs["launchTemplate"]))
      found.refuse("ami", "MissingParameter", "one of `ami,launch_template` must be specified");
    if (!given(inputs["instanceType"]) && !given(inputs["launchTemplate"]))
      found.refuse("instanceType", "MissingParameter", "one of `instance_type,launch_template` must be specified");
    for (const [key, others] of Object.entries(EXCLUSIVE)) found.conflict(key, others);
    found.oneOf("tenancy", ["default", "dedicated", "host"]);
    found.oneOf("instanceInitiatedShutdownBehavior", ["stop", "terminate"]);
    found.arn("hostResourceGroupArn");
    found.address("privateIp", 4);
    records(inputs["ebsBlockDevices"]).forEach((device, index) => {
      checkDisk(found.at(`ebsBlockDevices[${index}]`, device), inputs);
    });
    const root = found.within("rootBlockDevice");
    if (root !== undefined) checkDisk(root, inputs);
    checkMetadataOptions(found);
    checkOptions(found);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place } = context;
    refuseInstance(context);
    const { subnet, securityGroups, zone } = placeOfInstance(context);
    const id = ids.ec2("i");
    const privateIp = text(inputs["privateIp"]) ?? privateAddress(context, subnet);
    const mapped = subnet !== undefined && isTrue(property(subnet, "mapPublicIpOnLaunch"));
    const open = orElse(inputs["associatePublicIpAddress"], mapped);
    const publicIp = open === UNKNOWN ? UNKNOWN : isTrue(open) ? publicAddress(context) : "";
    const eni = ids.ec2("eni");
    const subnetId = orElse(inputs["subnetId"], subnet?.id ?? "");
    const vpcId = subnet === undefined ? UNKNOWN : property(subnet, "vpcId");
    if (subnet !== undefined)
      putInterface(context, eni, {
        ...{ subnetId: subnet.id, vpcId, privateIp, publicIp, description: "" },
        securityGroups,
        requesterManaged: false,
        attachments: [{ instance: id, deviceIndex: 0 }],
      });
    return {
      id,
      outputs: {
        ...settle(context),
        arn: arn(place, "ec2", `instance/${id}`),
        associatePublicIpAddress: open,
        availabilityZone: zone,
        instanceState: "running",
        primaryNetworkInterfaceId: eni,
        privateDns: privateIp === UNKNOWN ? UNKNOWN : privateName(place, privateIp),
        privateIp,
        publicDns: publicIp === UNKNOWN ? UNKNOWN : publicIp === "" ? "" : publicName(place, publicIp),
        publicIp,
        securityGroups: orElse(inputs["securityGroups"], []),
        subnetId,
        vpcSecurityGroupIds: securityGroups,
      },
    };
  },

  update(context) {
    refuseInstance(context);
    return settle(context);
  },

  delete({ world }, old) {
    if (isTrue(old.outputs["disableApiTermination"]) && !isTrue(old.outputs["forceDestroy"])) {
      throw new AwsError(
        "OperationNotPermitted",
        `The instance '${old.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
      );
    }
    world.remove(NETWORK_INTERFACE, text(old.outputs["primaryNetworkInterfaceId"]) ?? "");
  },
};

export default model;
