import { strict as assert } from "node:assert";
import fc from "fast-check";
import {
  canonicalCidr,
  contains,
  formatBlock,
  ipv4Problem,
  ipv6Prefix,
  ipv6Problem,
  overlaps,
  parseBlock,
  type Block,
} from "../../../../offline/models/ec2/cidr";

const block = fc
  .record({ address: fc.integer({ min: 0, max: 2 ** 32 - 1 }), prefix: fc.integer({ min: 0, max: 32 }) })
  .map(({ address, prefix }): Block => {
    const size = 2 ** (32 - prefix);
    return { first: address - (address % size), prefix, size };
  });

describe("CIDR blocks", () => {
  it("come back from their text", () => {
    fc.assert(
      fc.property(block, (one) => {
        assert.deepEqual(parseBlock(formatBlock(one)), one);
      }),
    );
  });

  it("overlap exactly when one contains the other", () => {
    fc.assert(
      fc.property(block, block, (one, other) => {
        assert.equal(overlaps(one, other), contains(one, other) || contains(other, one));
      }),
    );
  });

  const wrong: readonly [cidr: string, problem: RegExp][] = [
    ["10.0.0.5/24", /did you mean "10\.0\.0\.0\/24"/],
    ["10.0.0.0", /invalid CIDR address/],
    ["10.0.0.0/33", /invalid CIDR address/],
    ["10.0.0.256/32", /invalid CIDR address/],
    ["2001:db8::/64", /not a valid IPv4 CIDR block/],
  ];
  for (const [cidr, problem] of wrong)
    it(`refuses ${cidr} as an IPv4 network`, () => {
      assert.match(ipv4Problem(cidr) ?? "", problem);
    });

  it("takes IPv6 networks in any spelling", () => {
    assert.equal(ipv6Problem("2001:db8::/64"), undefined);
    assert.equal(ipv6Problem("2001:0db8:0::/64"), undefined);
    assert.equal(canonicalCidr("2001:0db8:0::/64"), canonicalCidr("2001:db8::/64"));
    assert.equal(ipv6Prefix("::/0"), 0);
    assert.match(ipv6Problem("2001:db8::1/64") ?? "", /did you mean/);
    assert.match(ipv6Problem("10.0.0.0/8") ?? "", /not a valid IPv6 CIDR block/);
  });
});
