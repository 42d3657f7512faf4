import assert from "node:assert/strict";
import { nearest } from "../../../infra/config/nearest";

const NAMES = ["operators", "maintenance", "region", "vpcs"];

describe("nearest", () => {
  for (const [name, meant] of [
    ["operater", "operators"],
    ["Region", "region"],
    ["vpc", "vpcs"],
    ["maintenence", "maintenance"],
  ]) {
    it(`takes ${name ?? ""} for ${meant ?? ""}`, () => {
      assert.equal(nearest(name ?? "", NAMES), meant);
    });
  }

  it("doesn't guess where nothing is alike", () => {
    assert.equal(nearest("colour", NAMES), undefined);
    assert.equal(nearest("x", []), undefined);
  });
});
