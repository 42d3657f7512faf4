import assert from "node:assert/strict";
import { ConfigurationError } from "../../../infra/config/problem";
import { chooseZones } from "../../../infra/network/zones";

const TOKYO = [
  { name: "ap-northeast-1a", id: "apne1-az4" },
  { name: "ap-northeast-1c", id: "apne1-az1" },
  { name: "ap-northeast-1d", id: "apne1-az2" },
];

function paths(wanted: number | string[]): string[] {
  try {
    chooseZones("vpcs[0].azs", wanted, TOKYO);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ path }) => path);
    throw error;
  }
  return [];
}

describe("chooseZones", () => {
  it("takes the first zones by id, which are the same in every account", () => {
    const chosen = chooseZones("vpcs[0].azs", 2, TOKYO).map(({ id }) => id);
    assert.deepEqual(chosen, ["apne1-az1", "apne1-az2"]);
  });

  it("takes zones by id or name, in the order of their ids", () => {
    assert.deepEqual(chooseZones("vpcs[0].azs", ["ap-northeast-1a", "apne1-az2"], TOKYO), [
      { name: "ap-northeast-1d", id: "apne1-az2" },
      { name: "ap-northeast-1a", id: "apne1-az4" },
    ]);
  });

  it("leaves out zones without an ordinary id", () => {
    const local = { name: "us-east-1-bos-1a", id: "use1-bos1-zone1" };
    assert.throws(() => chooseZones("vpcs[0].azs", 4, [...TOKYO, local]), ConfigurationError);
  });

  it("reports every zone that can't be had", () => {
    assert.deepEqual(paths(4), ["vpcs[0].azs"]);
    assert.deepEqual(paths(["apne1-az3", "apne1-az1", "us-east-1a"]), ["vpcs[0].azs[0]", "vpcs[0].azs[2]"]);
    assert.deepEqual(paths(["apne1-az4", "ap-northeast-1a"]), ["vpcs[0].azs[1]"]);
    assert.deepEqual(paths(["apne1-az4", "apne1-az1"]), []);
  });
});
