import { matrix, outsiders, tierOf, type MatrixSettings, type Row } from "../communications";
import { aclEntries, type AclEntry } from "./acl-entries";
import { expand } from "./pairs";
import { securityGroupRules, type SecurityGroupRule } from "./security-group-rules";
import { TIERS, type Tier } from "./tiers";

/** Both fences of a VPC, derived from the matrix. */
export interface Firewall {
  readonly securityGroupRules: readonly SecurityGroupRule[];
  readonly aclEntries: ReadonlyMap<Tier, readonly AclEntry[]>;
  /** The tiers whose machines use the S3 gateway endpoint. */
  readonly s3Tiers: readonly Tier[];
}

export function firewallOf(settings: MatrixSettings, vpcCidr: string): Firewall {
  const rows = matrix(settings);
  const pairs = expand(rows);
  const addresses = outsiders(settings.operators);
  return {
    securityGroupRules: securityGroupRules(pairs, addresses),
    aclEntries: aclEntries(pairs, { vpcCidr, tiers: TIERS, addresses }),
    s3Tiers: tiersThatUseS3(rows),
  };
}

function tiersThatUseS3(rows: readonly Row[]): Tier[] {
  const users = new Set(rows.filter((row) => row.to === "s3").map((row) => tierOf(row.from)));
  return TIERS.filter((tier) => users.has(tier));
}
