/** A Region: AWS's description of it, the prefix of its zone ids, and which zone id each letter has in this account. */
export interface Region {
  description: string;
  code: string;
  zones: Record<string, number>;
}

function region(description: string, code: string, letters: string, numbers: number[] = []): Region {
  const zones = Array.from(letters).map((letter, index) => [letter, numbers[index] ?? index + 1] as const);
  return { description, code, zones: Object.fromEntries(zones) };
}

/**
 * The commercial Regions (AWS General Reference, "AWS Regions and Availability Zones"). Letters differ per account; where a
 * recording shows an account's, it is taken, elsewhere letters follow the ids.
 */
const REGIONS: Record<string, Region> = {
  "af-south-1": region("Africa (Cape Town)", "afs1", "abc"),
  "ap-east-1": region("Asia Pacific (Hong Kong)", "ape1", "abc"),
  "ap-northeast-1": region("Asia Pacific (Tokyo)", "apne1", "acd", [4, 1, 2]),
  "ap-northeast-2": region("Asia Pacific (Seoul)", "apne2", "abcd"),
  "ap-northeast-3": region("Asia Pacific (Osaka)", "apne3", "abc", [3, 1, 2]),
  "ap-south-1": region("Asia Pacific (Mumbai)", "aps1", "abc", [1, 3, 2]),
  "ap-south-2": region("Asia Pacific (Hyderabad)", "aps2", "abc"),
  "ap-southeast-1": region("Asia Pacific (Singapore)", "apse1", "abc", [2, 1, 3]),
  "ap-southeast-2": region("Asia Pacific (Sydney)", "apse2", "abc", [3, 1, 2]),
  "ap-southeast-3": region("Asia Pacific (Jakarta)", "apse3", "abc"),
  "ap-southeast-4": region("Asia Pacific (Melbourne)", "apse4", "abc"),
  "ap-southeast-5": region("Asia Pacific (Malaysia)", "apse5", "abc"),
  "ap-southeast-7": region("Asia Pacific (Thailand)", "apse7", "abc"),
  "ca-central-1": region("Canada (Central)", "cac1", "abd", [1, 2, 4]),
  "ca-west-1": region("Canada West (Calgary)", "caw1", "abc"),
  "eu-central-1": region("Europe (Frankfurt)", "euc1", "abc", [2, 3, 1]),
  "eu-central-2": region("Europe (Zurich)", "euc2", "abc"),
  "eu-north-1": region("Europe (Stockholm)", "eun1", "abc"),
  "eu-south-1": region("Europe (Milan)", "eus1", "abc"),
  "eu-south-2": region("Europe (Spain)", "eus2", "abc"),
  "eu-west-1": region("Europe (Ireland)", "euw1", "abc"),
  "eu-west-2": region("Europe (London)", "euw2", "abc", [2, 3, 1]),
  "eu-west-3": region("Europe (Paris)", "euw3", "abc"),
  "il-central-1": region("Israel (Tel Aviv)", "ilc1", "abc"),
  "me-central-1": region("Middle East (UAE)", "mec1", "abc"),
  "me-south-1": region("Middle East (Bahrain)", "mes1", "abc"),
  "mx-central-1": region("Mexico (Central)", "mxc1", "abc"),
  "sa-east-1": region("South America (Sao Paulo)", "sae1", "abc"),
  "us-east-1": region("US East (N. Virginia)", "use1", "abcdef", [4, 6, 1, 2, 3, 5]),
  "us-east-2": region("US East (Ohio)", "use2", "abc"),
  "us-west-1": region("US West (N. California)", "usw1", "ac", [3, 1]),
  "us-west-2": region("US West (Oregon)", "usw2", "abcd", [2, 1, 3, 4]),
};

export function regionNamed(name: string): Region | undefined {
  return REGIONS[name];
}

export interface Zone {
  name: string;
  zoneId: string;
  group: string;
  type: "availability-zone" | "local-zone";
  optInStatus: "opt-in-not-required" | "opted-in" | "not-opted-in";
}

/** Some Local Zones; nobody has opted in to them here. */
const LOCAL_ZONES: Record<string, readonly [name: string, zoneId: string][]> = {
  "ap-northeast-1": [["ap-northeast-1-tpe-1a", "apne1-tpe1-az1"]],
  "us-east-1": [
    ["us-east-1-bos-1a", "use1-bos1-az1"],
    ["us-east-1-mia-1a", "use1-mia1-az1"],
  ],
  "us-west-2": [
    ["us-west-2-lax-1a", "usw2-lax1-az1"],
    ["us-west-2-lax-1b", "usw2-lax1-az2"],
  ],
};

/** Every zone of a Region, by name; empty for a Region that isn't known. */
export function zonesOf(name: string): Zone[] {
  const found = regionNamed(name);
  if (found === undefined) return [];
  const own = Object.entries(found.zones).map(([letter, number]): Zone => ({
    name: name + letter,
    zoneId: `${found.code}-az${number}`,
    group: name,
    type: "availability-zone",
    optInStatus: "opt-in-not-required",
  }));
  const local = (LOCAL_ZONES[name] ?? []).map(([zone, zoneId]): Zone => ({
    name: zone,
    zoneId,
    group: zone.slice(0, -1),
    type: "local-zone",
    optInStatus: "not-opted-in",
  }));
  return [...own, ...local];
}
