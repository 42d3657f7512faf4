import assert from "node:assert/strict";
import fc from "fast-check";
import { allAddresses, allIpv4, allIpv6, blocks, parseBlock } from "../../../policies/reachability/addresses";

describe("blocks of addresses", () => {
  const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));

  it("have 2^(32 - prefix) addresses, aligned, the written one among them", () => {
    fc.assert(
      fc.property(octets, fc.nat(32), (bytes, prefix) => {
        const written = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
        const [interval, ...others] = parseBlock(`${bytes.join(".")}/${prefix}`)?.addresses.intervals ?? [];
        assert.ok(interval !== undefined && others.length === 0);
        const size = 1n << BigInt(32 - prefix);
        assert.equal(interval.high - interval.low + 1n, size);
        assert.equal(interval.low % size, 0n);
        assert.ok(interval.low <= written && written <= interval.high);
      }),
    );
  });

  it("are one address without a prefix, in either family", () => {
    assert.deepEqual(parseBlock("10.0.0.1")?.prefix, 32);
    assert.deepEqual(parseBlock("2001:db8::1")?.prefix, 128);
    assert.ok(parseBlock("::1")?.addresses.equals(blocks("::1/128")));
  });

  it("never share an address with the other family", () => {
    assert.ok(allIpv4.intersect(allIpv6).isEmpty);
    assert.ok(blocks("0.0.0.0/0").equals(allIpv4) && blocks("::/0").equals(allIpv6));
    assert.ok(allIpv4.union(allIpv6).equals(allAddresses));
    assert.equal(allAddresses.intervals.length, 1);
  });

  for (const text of ["", "10.0.0.0/33", "10.0.0/24/1", "300.0.0.0/8", "pl-0123", "::/129", "10.0.0.0/"]) {
    it(`aren't "${text}"`, () => {
      assert.equal(parseBlock(text), undefined);
    });
  }

  it("that a constant of the library misspells are an error", () => {
    assert.throws(() => blocks("10.0.0.0/33"), /not a block of addresses: 10\.0\.0\.0\/33/);
  });
});
