import type { Problem, Props } from "../../model";
import { Findings } from "../findings";
import { texts } from "../values";
import { checkBlockDevice } from "./blockDevices";
import { ipv4Problem, ipv6Problem } from "./cidr";
import { checkInstanceRequirements } from "./instanceRequirements";
import { checkLaunchOptions } from "./launchOptions";
import { checkMetadataOptions } from "./metadataOptions";
import { TAGGED_TYPES } from "./taggedTypes";
import { checkTags } from "./tags";

const NAME_CODE = "InvalidLaunchTemplateName.MalformedException";

/** The provider's rules about a launch template. What instances can't be launched with is only found when a group is made with it. */
export function checkTemplate(inputs: Props): Problem[] {
  const found = new Findings(inputs);
  found.length("name", 3, 128, NAME_CODE);
  found.matches("name", /^[0-9a-zA-Z()./_-]+$/, "must only include alphanumeric characters and ()./_-", NAME_CODE);
  found.length("namePrefix", 3, 99, NAME_CODE);
  found.matches(
    "namePrefix",
    /^[0-9a-zA-Z()./_-]+$/,
    "must only include alphanumeric characters and ()./_-",
    NAME_CODE,
  );
  found.conflict("namePrefix", ["name"]);
  found.length("description", 0, 255);
  found.atLeast("defaultVersion", 1);
  found.conflict("defaultVersion", ["updateDefaultVersion"]);
  found.conflict("instanceRequirements", ["instanceType"]);
  found.conflict("securityGroupNames", ["vpcSecurityGroupIds"]);
  found.oneOf("instanceInitiatedShutdownBehavior", ["stop", "terminate"]);
  found.boolText("ebsOptimized");
  for (const mapping of found.each("blockDeviceMappings")) {
    const ebs = mapping.within("ebs");
    if (ebs === undefined) continue;
    checkBlockDevice(ebs);
    ebs.boolText("encrypted");
    ebs.boolText("deleteOnTermination");
  }
  const profile = found.within("iamInstanceProfile");
  profile?.conflict("arn", ["name"]);
  profile?.arn("arn");
  for (const license of found.each("licenseSpecifications")) license.arn("licenseConfigurationArn");
  const placement = found.within("placement");
  placement?.oneOf("tenancy", ["default", "dedicated", "host"]);
  placement?.conflict("hostResourceGroupArn", ["hostId"]);
  placement?.arn("hostResourceGroupArn");
  for (const tagged of found.each("tagSpecifications")) {
    tagged.oneOf("resourceType", TAGGED_TYPES);
    checkTags(tagged);
  }
  const requirements = found.within("instanceRequirements");
  if (requirements !== undefined) checkInstanceRequirements(requirements);
  found.each("networkInterfaces").forEach(checkInterface);
  checkLaunchOptions(found);
  checkMetadataOptions(found);
  checkTags(found);
  return found.problems;
}

function checkInterface(found: Findings): void {
  found.conflict("ipv4AddressCount", ["ipv4Addresses"]);
  found.conflict("ipv6AddressCount", ["ipv6Addresses"]);
  found.oneOf("interfaceType", ["efa", "efa-only", "interface"]);
  for (const name of ["associateCarrierIpAddress", "associatePublicIpAddress", "deleteOnTermination"])
    found.boolText(name);
  found.address("privateIpAddress", 4);
  found.address("ipv4Addresses", 4);
  found.address("ipv6Addresses", 6);
  const prefixes = [
    ["ipv4Prefixes", ipv4Problem],
    ["ipv6Prefixes", ipv6Problem],
  ] as const;
  for (const [name, problemOf] of prefixes) {
    for (const prefix of texts(found.inputs[name])) {
      const problem = problemOf(prefix);
      if (problem !== undefined) found.refuse(name, "InvalidParameterValue", problem);
    }
  }
}
