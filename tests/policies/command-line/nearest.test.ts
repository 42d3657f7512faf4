import assert from "node:assert/strict";
import { nearest } from "../../../policies/command-line/nearest";

describe("nearest", () => {
  it("finds the name with the fewest changes, in either case", () => {
    assert.equal(nearest("databse", ["relay", "database", "data"]), "database");
    assert.equal(nearest("WEB", ["relay", "web"]), "web");
  });
  it("takes three letters or more for the beginning of a name", () => {
    assert.equal(nearest("prot", ["port", "protocol"]), "protocol");
    assert.equal(nearest("mai", ["mailstore-of-the-north"]), "mailstore-of-the-north");
  });
  it("takes the same letters in another order for one change", () => {
    assert.equal(nearest("wbe", ["relay", "web"]), "web");
  });
  it("finds nothing when more than a third would have to change", () => {
    assert.equal(nearest("bastion", ["relay", "web"]), undefined);
    assert.equal(nearest("bastion", []), undefined);
  });
});
