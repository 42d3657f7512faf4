import assert from "node:assert/strict";
import { passwordIn, renderCredentials } from "../../../infra/database/master-credentials";

describe("the master user's secret", () => {
  it("is JSON with the user name and the password, which is read from it again", () => {
    const text = renderCredentials({ username: "dejima_admin", password: "drawn" });
    assert.equal(text, '{"username":"dejima_admin","password":"drawn"}');
    assert.equal(passwordIn(text), "drawn");
  });

  for (const [what, text] of [
    ["no JSON", "hunter2"],
    ["cut off", '{"password": "hunter2'],
    ["JSON of another shape", '"hunter2"'],
    ["JSON with another key", '{"pass": "hunter2"}'],
    ["a password that is no text", '{"password": ["hunter2"]}'],
    ["null", "null"],
    ["nothing", undefined],
  ] as const) {
    it(`that is ${what} is refused with the remedy, and never quoted`, () => {
      assert.throws(
        () => passwordIn(text),
        (error) =>
          error instanceof TypeError && /pulumi refresh/.test(error.message) && !/hunter2/.test(String(error.stack)),
      );
    });
  }
});
