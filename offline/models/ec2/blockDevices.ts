import type { Findings } from "../findings";

export const VOLUME_TYPES: readonly string[] = ["standard", "io1", "io2", "gp2", "sc1", "st1", "gp3"];

/** The provider's rules about an EBS device of an instance or a launch template. Throughput in MiB/s, size in GiB. */
export function checkBlockDevice(found: Findings): void {
  found.oneOf("volumeType", VOLUME_TYPES);
  found.between("throughput", 125, 2000);
  found.between("volumeSize", 1, 65536);
  found.arn("kmsKeyId");
}
