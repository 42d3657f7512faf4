import assert from "node:assert/strict";
import fc from "fast-check";
import { survivesAzLoss } from "../../../../policies/rules/availability/survives-az-loss";
import { report } from "../../../../policies/verdict";
import { hideOne, places } from "../../hidden-values";
import { type Change, shopRows, shopStack } from "../../matrix-stack";
import { findingsOf, Stack } from "../../stack";
import { type Answer, answerOf } from "../planted";

const said = (change: Change, deployed = true) =>
  findingsOf(survivesAzLoss, shopStack(change).resources(deployed))
    .flatMap(({ verdict }) => report(verdict) ?? [])
    .join("\n");

/** A read replica in another zone, or one that isn't known. */
const replica =
  (more: Record<string, string> = {}): NonNullable<Change["plant"]> =>
  (stack, { databaseGroup }) => {
    stack.add("aws:rds/instance:Instance", "replica", {
      dbSubnetGroupName: "data",
      vpcSecurityGroupIds: [databaseGroup.id],
      tags: { Role: "database" },
      ...more,
    });
  };

const single = { multiAz: false };

describe("survives-az-loss (M10, M11)", () => {
  it("says nothing where everything has a second zone, in the first preview too", () => {
    assert.equal(said({}), "");
    assert.equal(said({}, false), "");
    assert.deepEqual(findingsOf(survivesAzLoss, new Stack().resources(true)), []);
  });

  const cases: Record<string, readonly [Change, Answer, RegExp]> = {
    "one NAT gateway for both zones": [
      { nat: "shared" },
      "violated",
      /row web → internet, tcp\/443 doesn't outlive a zone:\nwithout zone eu-west-1a: .*is gone with its subnet/,
    ],
    "web servers in one zone": [
      { webZones: ["b"] },
      "violated",
      /row internet → web .*\nwithout zone eu-west-1b: .*nobody named web/,
    ],
    "a database without a standby": [
      { database: single },
      "violated",
      /row web → database.*\nwithout zone eu-west-1[ab]: .*nobody named database/,
    ],
    "a database without a standby, its zone known": [
      { database: { ...single, availabilityZone: "eu-west-1b" } },
      "violated",
      /row web → database.*\nwithout zone eu-west-1b: /,
    ],
    "a replica in the other zone": [
      {
        database: { ...single, availabilityZone: "eu-west-1b" },
        plant: replica({ availabilityZone: "eu-west-1a" }),
      },
      "proved",
      /^$/,
    ],
    "a replica in the same zone": [
      {
        database: { ...single, availabilityZone: "eu-west-1b" },
        plant: replica({ availabilityZone: "eu-west-1b" }),
      },
      "violated",
      /without zone eu-west-1b: .*nobody named database/,
    ],
    "a replica, it isn't known where": [{ database: single, plant: replica() }, "undetermined", /in which zone .* is/],
    "a load balancer in one zone, its targets in both": [
      { balancer: { subnets: ["subnet-edge-a"], enableCrossZoneLoadBalancing: true } },
      "violated",
      /row internet → web via front.*\nwithout zone eu-west-1a: /,
    ],
    "a row that doesn't work at all": [{ databaseIngress: [] }, "violated", /row web → database/],
    "a row after a promotion": [
      { database: single, rows: shopRows.map((row) => ({ ...row, survives: "after-promotion" })) },
      "violated",
      /row web → database/,
    ],
  };
  for (const [name, [change, answer, words]] of Object.entries(cases)) {
    it(`${name}: ${answer}`, () => {
      assert.equal(answerOf(survivesAzLoss, shopStack(change).resources(true)), answer, said(change));
      assert.match(said(change), words);
    });
  }

  it("leaves open in which zone a subnet is that doesn't tell", () => {
    const resources = shopStack()
      .resources(true)
      .map((each) => {
        const { availabilityZone: _, ...props } = each.props;
        return each.name === "app-a" ? { ...each, props } : each;
      });
    const found = findingsOf(survivesAzLoss, resources).flatMap(({ verdict }) => report(verdict) ?? []);
    assert.match(found.join("\n"), /in which zone subnet 10\.0\.10\.0\/24 is/);
    assert.equal(answerOf(survivesAzLoss, resources), "undetermined");
  });

  it("never turns round when something isn't known", () => {
    const shown = [
      [shopStack().resources(true), "violated"],
      [shopStack({ nat: "shared" }).resources(true), "proved"],
      [shopStack({ database: single }).resources(true), "proved"],
    ] as const;
    const everyPlace = shown.flatMap(([resources, opposite]) =>
      resources.flatMap(({ props }, at) => places(props).map((path) => ({ resources, opposite, at, path }))),
    );
    fc.assert(
      fc.property(fc.constantFrom(...everyPlace), ({ resources, opposite, at, path }) => {
        const { name, type } = resources[at] ?? {};
        const where = `${type ?? ""} ${name ?? ""} ${path.join(".")}`;
        assert.notEqual(answerOf(survivesAzLoss, hideOne(resources, at, path)), opposite, where);
      }),
      { numRuns: 60 },
    );
  });
});
