import assert from "node:assert/strict";
import fc from "fast-check";
import { cidrOf, containsCidr, formatCidr, overlaps, parseCidr, partOf, sizeOf } from "../../../infra/network/cidr";

const anyCidr = fc
  .tuple(fc.nat({ max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
  .map(([address, prefix]) => ({ first: address - (address % 2 ** (32 - prefix)), prefix }));

describe("cidr", () => {
  it("reads what it writes", () => {
    fc.assert(
      fc.property(anyCidr, (cidr) => {
        assert.deepEqual(parseCidr(formatCidr(cidr)), cidr);
      }),
    );
  });

  for (const text of [
    "",
    "10.0.0.0",
    "10.0.0.0/33",
    "10.0.0/16",
    "10.0.0.1/16",
    "10.0.0.0/16/2",
    "::/0",
    "0x0a.0.0.0/8",
    "10.0.0.0/ 8",
  ]) {
    it(`refuses "${text}"`, () => {
      assert.equal(parseCidr(text), undefined);
      assert.throws(() => cidrOf(text), RangeError);
    });
  }

  it("overlaps exactly when a common address exists", () => {
    fc.assert(
      fc.property(anyCidr, anyCidr, (a, b) => {
        const common = Math.max(a.first, b.first) < Math.min(a.first + sizeOf(a), b.first + sizeOf(b));
        assert.equal(overlaps(a, b), common);
      }),
    );
  });

  it("cuts a block into parts that lie side by side inside of it", () => {
    const whole = cidrOf("10.0.0.0/16");
    const parts = Array.from({ length: 8 }, (_, index) => partOf(whole, 3, index));
    assert.deepEqual(parts.slice(0, 3).map(formatCidr), ["10.0.0.0/19", "10.0.32.0/19", "10.0.64.0/19"]);
    assert.ok(parts.every((part) => containsCidr(whole, part)));
    assert.throws(() => partOf(whole, 3, 8), RangeError);
    assert.throws(() => partOf(cidrOf("10.0.0.0/31"), 2, 0), RangeError);
  });
});
