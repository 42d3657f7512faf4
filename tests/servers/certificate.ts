import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** A self-signed certificate for a name, as `<name>.crt` and `<name>.key` in a directory. */
export function makeCertificate(directory: string, name: string): { certificate: string; key: string } {
  const certificate = join(directory, `${name}.crt`);
  const key = join(directory, `${name}.key`);
  const { status, stderr } = spawnSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"],
      ...["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`, "-keyout", key, "-out", certificate],
    ],
    { encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
  return { certificate, key };
}
