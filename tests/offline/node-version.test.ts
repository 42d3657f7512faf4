import assert from "node:assert/strict";
import { nodeProblem } from "../../offline/node-version";

describe("the version of Node.js", () => {
  for (const version of ["20.19.0", "20.20.2", "22.0.0"]) {
    it(`${version} will do`, () => {
      assert.equal(nodeProblem(version), undefined);
    });
  }
  for (const version of ["20.18.9", "18.20.0"]) {
    it(`${version} is too old, and that is said`, () => {
      assert.match(nodeProblem(version) ?? "", new RegExp(`20\\.19 or newer is needed, this is ${version}`));
    });
  }
});
