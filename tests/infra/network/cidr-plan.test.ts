import assert from "node:assert/strict";
import fc from "fast-check";
import { cidrOf, containsCidr, formatCidr, overlaps } from "../../../infra/network/cidr";
import { MAX_ZONE_NUMBER, subnetBlock, tierBlock, VPC_PREFIX, zoneNumber } from "../../../infra/network/cidr-plan";
import { ALL_TIERS } from "../../../infra/network/tiers";

const vpc = fc
  .tuple(fc.nat({ max: 2 ** 24 - 1 }), fc.integer({ min: VPC_PREFIX.largest, max: VPC_PREFIX.smallest }))
  .map(([offset, prefix]) => formatCidr({ first: 10 * 2 ** 24 + offset - (offset % 2 ** (32 - prefix)), prefix }));
const zones = fc.uniqueArray(fc.integer({ min: 1, max: MAX_ZONE_NUMBER }), { minLength: 2, maxLength: 6 });

describe("cidr plan", () => {
  it("lays out a /16", () => {
    const blocks = ALL_TIERS.map((tier) => `${tier} ${tierBlock("10.0.0.0/16", tier)}`);
    assert.deepEqual(blocks, [
      "dmz 10.0.0.0/18",
      "edge 10.0.64.0/19",
      "proxy 10.0.96.0/19",
      "outbound 10.0.128.0/19",
      "service 10.0.160.0/19",
      "internal 10.0.192.0/19",
    ]);
    assert.equal(subnetBlock("10.0.0.0/16", "dmz", "apne1-az1"), "10.0.0.0/21");
    assert.equal(subnetBlock("10.0.0.0/16", "internal", "apne1-az4"), "10.0.204.0/22");
  });

  it("gives every tier one block inside the VPC, and every subnet a part of its tier's that no other overlaps (M1)", () => {
    fc.assert(
      fc.property(vpc, zones, (cidr, numbers) => {
        const subnets = ALL_TIERS.flatMap((tier) =>
          numbers.map((number) => ({ tier, cidr: cidrOf(subnetBlock(cidr, tier, `x-az${number}`)) })),
        );
        for (const [index, { tier, cidr: subnet }] of subnets.entries()) {
          const block = cidrOf(tierBlock(cidr, tier));
          assert.ok(containsCidr(cidrOf(cidr), block));
          assert.ok(containsCidr(block, subnet));
          assert.ok(subnet.prefix <= 27, "a load balancer needs a /27");
          assert.ok(subnets.slice(0, index).every((other) => !overlaps(other.cidr, subnet)));
        }
      }),
    );
  });

  it("moves no subnet when a zone is added, taken away or reordered (M10)", () => {
    fc.assert(
      fc.property(vpc, zones, fc.array(fc.nat()), (cidr, numbers, order) => {
        const plan = (list: number[]) =>
          new Map(list.map((number) => [number, ALL_TIERS.map((tier) => subnetBlock(cidr, tier, `x-az${number}`))]));
        const before = plan(numbers);
        const after = plan([...numbers].sort((a, b) => (order[a] ?? 0) - (order[b] ?? 0)).slice(1));
        for (const [number, blocks] of after) assert.deepEqual(blocks, before.get(number));
      }),
    );
  });

  it("has a slot for every zone id that AWS gives", () => {
    assert.equal(zoneNumber("use1-az6"), 6);
    for (const id of ["us-east-1a", "use1-az0", "use1-az9", "use1-az"]) {
      assert.equal(zoneNumber(id), undefined);
      assert.throws(() => subnetBlock("10.0.0.0/16", "dmz", id), RangeError);
    }
  });
});
