import type { Findings } from "../findings";

const INVOLVEMENT = ["excluded", "included", "required"];
/** Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceRequirementsRequest.html */
const LISTS: Record<string, readonly string[]> = {
  acceleratorManufacturers: ["amazon-web-services", "amd", "habana", "nvidia", "xilinx"],
  acceleratorNames: [
    ...["a100", "a10g", "gaudi-hl-205", "h100", "inferentia", "inferentia2", "k520", "k80", "l4", "l40s", "m60"],
    ...["radeon-pro-v520", "t4", "t4g", "trainium", "trainium2", "u30", "v100", "vu9p"],
  ],
  acceleratorTypes: ["fpga", "gpu", "inference", "media"],
  cpuManufacturers: ["amazon-web-services", "amd", "apple", "intel"],
  instanceGenerations: ["current", "previous"],
  localStorageTypes: ["hdd", "ssd"],
};
const COUNTED = [
  ...["acceleratorTotalMemoryMib", "baselineEbsBandwidthMbps", "memoryMib", "networkInterfaceCount", "vcpuCount"],
];
const MEASURED = ["memoryGibPerVcpu", "networkBandwidthGbps", "totalLocalStorageGb"];
const PERCENTAGES = [
  ...["maxSpotPriceAsPercentageOfOptimalOnDemandPrice", "onDemandMaxPricePercentageOverLowestPrice"],
  "spotMaxPricePercentageOverLowestPrice",
];
/** Types that may be named. */
const MOST = 400;

/** The provider's rules about instances that are chosen by attributes: of launch templates, and of groups' overrides. */
export function checkInstanceRequirements(found: Findings, code = "InvalidParameterValue"): void {
  for (const name of ["bareMetal", "burstablePerformance", "localStorage"]) found.oneOf(name, INVOLVEMENT, code);
  for (const [name, words] of Object.entries(LISTS)) found.eachOf(name, words, code);
  found.conflict("allowedInstanceTypes", ["excludedInstanceTypes"]);
  for (const name of ["allowedInstanceTypes", "excludedInstanceTypes"]) {
    const types = found.inputs[name];
    if (Array.isArray(types) && types.length > MOST)
      found.refuse(name, code, `${name} takes at most ${MOST} items, got ${types.length}`);
  }
  for (const name of PERCENTAGES) found.atLeast(name, 1, code);
  for (const name of COUNTED) {
    for (const bound of ["min", "max"]) found.within(name)?.atLeast(bound, 1, code);
  }
  found.within("acceleratorCount")?.atLeast("min", 1, code);
  found.within("acceleratorCount")?.atLeast("max", 0, code);
  for (const name of MEASURED) {
    for (const bound of ["min", "max"]) {
      const value = found.within(name)?.inputs[bound];
      if (typeof value === "number" && value <= 0)
        found.within(name)?.refuse(bound, code, `expected ${bound} to be greater than 0, got ${value}`);
    }
  }
}
