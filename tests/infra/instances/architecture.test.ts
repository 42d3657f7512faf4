import assert from "node:assert/strict";
import { architectureOf } from "../../../infra/instances/architecture";

describe("architectureOf", () => {
  for (const type of ["t4g.small", "c7gn.large", "m7gd.medium", "x2gd.metal", "im4gn.large", "a1.medium"]) {
    it(`${type} is arm64`, () => {
      assert.equal(architectureOf(type), "arm64");
    });
  }
  for (const type of [
    "t3.small",
    "g5.xlarge",
    "g4dn.xlarge",
    "m6idn.large",
    "gr6.4xlarge",
    "u-6tb1.metal",
    "t3a.nano",
  ]) {
    it(`${type} is amd64`, () => {
      assert.equal(architectureOf(type), "amd64");
    });
  }
});
