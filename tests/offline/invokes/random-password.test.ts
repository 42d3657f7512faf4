import assert from "node:assert/strict";
import { getRandomPassword } from "../../../offline/invokes/random-password";

const place = { region: "ap-northeast-1", partition: "aws", accountId: "123456789012" };

function draw(args: Record<string, unknown> = {}): string {
  return String(getRandomPassword(args, place)["randomPassword"]);
}

describe("getRandomPassword", () => {
  it("draws another one every time, 32 characters of every class", () => {
    assert.notEqual(draw(), draw());
    assert.equal(draw().length, 32);
    for (const pattern of [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z0-9]/]) assert.match(draw(), pattern);
  });

  it("leaves out what is excluded", () => {
    assert.match(draw({ passwordLength: 40, excludePunctuation: true }), /^[A-Za-z0-9]{40}$/);
    assert.doesNotMatch(draw({ passwordLength: 400, excludeCharacters: "aZ9" }), /[aZ9]/);
  });

  it("refuses a length that can't hold every class", () => {
    assert.throws(() => draw({ passwordLength: 3 }), /4 to 4096 characters here, not 3/);
  });
});
