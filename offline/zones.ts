/** One Availability Zone: its name in this account and its id, the same in every account. */
export interface Zone {
  name: string;
  id: string;
}

/**
 * Short code of each Region and its zones as `letter:number` (zone name's letter, zone id's number). Which letter stands for which id differs
 * between accounts; where a recording of the real provider was at hand (us-east-1, us-west-2), its pairs are used.
 * Source: AWS, "Regions and Availability Zones"; https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
const regions: Record<string, readonly [string, string]> = {
  "af-south-1": ["afs1", "a:1 b:2 c:3"],
  "ap-east-1": ["ape1", "a:1 b:2 c:3"],
  "ap-northeast-1": ["apne1", "a:4 c:1 d:2"],
  "ap-northeast-2": ["apne2", "a:1 b:2 c:3 d:4"],
  "ap-northeast-3": ["apne3", "a:3 b:1 c:2"],
  "ap-south-1": ["aps1", "a:1 b:3 c:2"],
  "ap-south-2": ["aps2", "a:1 b:2 c:3"],
  "ap-southeast-1": ["apse1", "a:1 b:2 c:3"],
  "ap-southeast-2": ["apse2", "a:1 b:3 c:2"],
  "ap-southeast-3": ["apse3", "a:1 b:2 c:3"],
  "ap-southeast-4": ["apse4", "a:1 b:2 c:3"],
  "ap-southeast-5": ["apse5", "a:1 b:2 c:3"],
  "ap-southeast-7": ["apse7", "a:1 b:2 c:3"],
  "ca-central-1": ["cac1", "a:1 b:2 d:4"],
  "ca-west-1": ["caw1", "a:1 b:2 c:3"],
  "cn-north-1": ["cnn1", "a:1 b:2 d:4"],
  "cn-northwest-1": ["cnnw1", "a:1 b:2 c:3"],
  "eu-central-1": ["euc1", "a:2 b:3 c:1"],
  "eu-central-2": ["euc2", "a:1 b:2 c:3"],
  "eu-north-1": ["eun1", "a:1 b:2 c:3"],
  "eu-south-1": ["eus1", "a:1 b:2 c:3"],
  "eu-south-2": ["eus2", "a:1 b:2 c:3"],
  "eu-west-1": ["euw1", "a:1 b:2 c:3"],
  "eu-west-2": ["euw2", "a:2 b:3 c:1"],
  "eu-west-3": ["euw3", "a:1 b:2 c:3"],
  "il-central-1": ["ilc1", "a:1 b:2 c:3"],
  "me-central-1": ["mec1", "a:1 b:2 c:3"],
  "me-south-1": ["mes1", "a:1 b:2 c:3"],
  "mx-central-1": ["mxc1", "a:1 b:2 c:3"],
  "sa-east-1": ["sae1", "a:1 b:2 c:3"],
  "us-east-1": ["use1", "a:4 b:6 c:1 d:2 e:3 f:5"],
  "us-east-2": ["use2", "a:1 b:2 c:3"],
  "us-gov-east-1": ["usge1", "a:1 b:2 c:3"],
  "us-gov-west-1": ["usgw1", "a:1 b:2 c:3"],
  "us-west-1": ["usw1", "a:1 c:3"],
  "us-west-2": ["usw2", "a:2 b:1 c:3 d:4"],
};

/** The Region's ordinary Availability Zones (no Local or Wavelength Zones), in the order of their names; none for a Region not in the table. */
export function availabilityZones(region: string): Zone[] {
  const entry = regions[region];
  if (entry === undefined) return [];
  const [code, zones] = entry;
  return zones.split(" ").map((zone) => {
    const [letter = "", number = ""] = zone.split(":");
    return { name: `${region}${letter}`, id: `${code}-az${number}` };
  });
}
