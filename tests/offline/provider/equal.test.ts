import assert from "node:assert/strict";
import { equal } from "../../../offline/provider/equal";

describe("equality of property values", () => {
  it("looks into lists and objects", () => {
    assert.equal(equal({ a: [1, { b: "x" }] }, { a: [1, { b: "x" }] }), true);
    assert.equal(equal({ a: [1, { b: "x" }] }, { a: [1, { b: "y" }] }), false);
    assert.equal(equal([1, 2], [2, 1]), false);
  });

  it("takes null for absent, but not for empty or false", () => {
    assert.equal(equal({ a: null }, {}), true);
    assert.equal(equal(null, undefined), true);
    assert.equal(equal({ a: null }, { a: "" }), false);
    assert.equal(equal(null, false), false);
  });

  it("leaves the provider's note of its defaults out", () => {
    assert.equal(equal({ a: 1, __defaults: ["a"] }, { a: 1, __defaults: [] }), true);
  });
});
