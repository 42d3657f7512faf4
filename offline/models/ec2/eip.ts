import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { given, orElse, property, text, texts } from "../values";
import { privateName, publicAddress, publicName } from "./addresses";
import { parseAddress } from "./cidr";
import { withinQuota } from "./quota";
import { checkTags } from "./tags";

const TYPE = "aws:ec2/eip:Eip";

/** The association with an instance or an interface, where one is asked for. */
function association({ inputs, place, ids, world }: OperationContext): Props {
  const none = { associationId: "", instance: "", networkInterface: "", privateIp: "", privateDns: "" };
  if (!given(inputs["instance"]) && !given(inputs["networkInterface"])) return none;
  const instance = world.find("aws:ec2/instance:Instance", text(inputs["instance"]) ?? "");
  const privateIp =
    text(inputs["associateWithPrivateIp"]) ??
    (instance === undefined ? undefined : text(property(instance, "privateIp"))) ??
    UNKNOWN;
  const networkInterface = instance === undefined ? UNKNOWN : property(instance, "primaryNetworkInterfaceId");
  return {
    associationId: ids.ec2("eipassoc"),
    instance: orElse(inputs["instance"], ""),
    networkInterface: orElse(inputs["networkInterface"], orElse(networkInterface, UNKNOWN)),
    privateIp,
    privateDns: privateIp === UNKNOWN ? UNKNOWN : privateName(place, privateIp),
  };
}

const model: Model = {
  type: TYPE,
  replaceOn: ["address", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.oneOf("domain", ["vpc", "standard"]);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place, ids } = context;
    if (text(inputs["domain"]) === "standard") {
      throw new AwsError(
        "InvalidParameterValue",
        "with the retirement of EC2-Classic standard domain EC2 EIPs are no longer supported",
        "domain",
      );
    }
    const wanted = text(inputs["address"]);
    if (wanted !== undefined && parseAddress(wanted) === undefined) {
      throw new AwsError(
        "InvalidParameterValue",
        `Value (${wanted}) for parameter address is invalid. Invalid IPv4 address.`,
        "address",
      );
    }
    withinQuota("addressesPerRegion", context.world.all(TYPE).length + 1);
    const id = ids.ec2("eipalloc");
    const publicIp = wanted ?? publicAddress(context);
    return {
      id,
      outputs: {
        allocationId: id,
        arn: arn(place, "ec2", `elastic-ip/${id}`),
        address: orElse(inputs["address"], null),
        associateWithPrivateIp: orElse(inputs["associateWithPrivateIp"], null),
        carrierIp: "",
        customerOwnedIp: "",
        customerOwnedIpv4Pool: orElse(inputs["customerOwnedIpv4Pool"], ""),
        domain: "vpc",
        ipamPoolId: orElse(inputs["ipamPoolId"], null),
        networkBorderGroup: orElse(inputs["networkBorderGroup"], place.region),
        ptrRecord: "",
        publicDns: publicName(place, publicIp),
        publicIp,
        publicIpv4Pool: orElse(inputs["publicIpv4Pool"], "amazon"),
        ...association(context),
      },
    };
  },

  update: association,

  delete({ world }, old) {
    const gateway = world.all("aws:ec2/natGateway:NatGateway").find((nat) => {
      const allocations = [
        ...texts([property(nat, "allocationId")]),
        ...texts(property(nat, "secondaryAllocationIds")),
      ];
      return allocations.includes(old.id);
    });
    if (gateway === undefined) return;
    throw new AwsError(
      "InvalidIPAddress.InUse",
      `Address ${String(old.outputs["publicIp"])} is in use (by ${gateway.id}).`,
    );
  },
};

export default model;
