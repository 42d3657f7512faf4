import assert from "node:assert/strict";
import fc from "fast-check";
import type { Resource } from "../../../policies/reachability/resources";
import { rules } from "../../../policies/rules/catalogue";
import { outcomeOf } from "../../../policies/rules/outcome";
import { StackModel } from "../../../policies/stack-model";
import { readBareList } from "../../../policies/stack-source/bare-list";
import { hide, places } from "../hidden-values";
import type { Answer } from "./planted";
import { awsxVpc, awsxVpcWithDatabase } from "./strangers/awsx-vpc";
import { classicMail, joinedVpcs, withoutNetwork } from "./strangers/other-stacks";
import { shopStack, spellings } from "./strangers/shop-stack";

/** What rules say; one that isn't named isn't applicable. */
type Table = Readonly<Record<string, Answer>>;

/** The heaviest finding of each rule as it is without configuration, and what it says. */
function judge(resources: readonly Resource[]): { readonly table: Table; readonly said: string } {
  const stack = new StackModel(resources);
  const table: Record<string, Answer> = {};
  const said: string[] = [];
  for (const rule of rules) {
    const { notApplicable, violations, tolerated } = outcomeOf(rule, stack, {}, "2027-01-01");
    const reported = [...violations, ...tolerated];
    const kinds = reported.map(({ finding }) => finding.verdict.kind);
    const answer = (["violated", "undetermined"] as const).find((kind) => kinds.includes(kind)) ?? "proved";
    if (!notApplicable) table[rule.id] = answer;
    said.push(...reported.map(({ message }) => `${rule.id}: ${message}`));
  }
  return { table, said: said.join("\n") };
}

function assertTable(resources: readonly Resource[], expected: Table): void {
  const { table, said } = judge(resources);
  assert.deepEqual(table, expected, said);
}

/** Nobody who only makes a VPC takes over what AWS makes with it, nor logs its flows. */
const plainVpc: Table = { "default-firewalls-closed": "violated", "flow-logs": "violated" };

/** The dmz subnets give out addresses and hold NAT gateways only; each private subnet has the NAT gateway of its own zone. */
const awsx: Table = {
  ...plainVpc,
  "nat-per-az": "proved",
  "public-addresses-at-the-edge-only": "proved",
  "required-tags": "proved",
};

/** An encrypted, protected database in two zones or more that nothing outside its VPC reaches. */
const safeDatabase: Table = {
  "admin-access-from-operators-only": "proved",
  "data-protected": "proved",
  "db-no-internet-egress": "proved",
  "db-no-internet-ingress": "proved",
  "encrypted-at-rest": "proved",
  "internet-facing-at-the-edge-only": "proved",
  "public-addresses-at-the-edge-only": "proved",
  "security-group-rules-explicit": "proved",
  "spread-over-azs": "proved",
};

const machines: Table = { "instance-metadata-v2": "proved", "no-secrets-in-user-data": "proved" };
const shop: Table = {
  ...{ ...plainVpc, ...safeDatabase, ...machines },
  ...{ "modern-tls": "proved", "required-tags": "violated" },
};

/** Servers with public addresses, a route to them and port 22 open; the database stays where nobody gets. */
const shopOpenToSsh: Table = {
  ...shop,
  "admin-access-from-operators-only": "violated",
  "internet-facing-at-the-edge-only": "violated",
  "public-addresses-at-the-edge-only": "violated",
};

const joined: Table = {
  ...{ ...plainVpc, ...safeDatabase, ...machines },
  ...{ "nat-per-az": "proved", "required-tags": "violated" },
};

/** SES's mails to the sender reach no queue, and nobody watches the account's rates. */
const mail: Table = {
  "bounce-notifications": "violated",
  "dkim-and-mail-from": "proved",
  "reputation-alarms": "violated",
  "required-tags": "violated",
  "smtp-tls-required": "proved",
};

/** As resources come that nobody tagged and no program made: types, ids, what AWS says. */
function untagged(resources: readonly Resource[]): readonly Resource[] {
  return readBareList(
    resources.map(({ type, name, props }) => {
      const { id, tags: _tags, ...more } = props;
      return { type, name, id: typeof id === "string" ? id : null, props: more };
    }),
  );
}

describe("every rule on stacks unlike the platform's own", () => {
  describe("the VPC of awsx", () => {
    it("is judged alike in a preview and deployed", () => {
      assertTable(awsxVpc(true), awsx);
      assertTable(awsxVpc(false), awsx);
    });

    it("keeps its database off the internet", () => {
      assertTable(awsxVpcWithDatabase(true), { ...awsx, ...safeDatabase });
    });

    it("leaves undetermined in a preview what depends on which of all its subnets the database gets", () => {
      assertTable(awsxVpcWithDatabase(false), {
        ...{ ...awsx, ...safeDatabase },
        // Among all of them are those with a way out, those that give out addresses, and several of one zone.
        ...{ "db-no-internet-egress": "undetermined", "public-addresses-at-the-edge-only": "undetermined" },
        "spread-over-azs": "undetermined",
      });
    });
  });

  for (const spelling of spellings) {
    for (const deployed of [true, false]) {
      it(`firewalls and routes ${spelling}, ${deployed ? "deployed" : "in a first preview"}`, () => {
        assertTable(shopStack(spelling).resources(deployed), shop);
        assertTable(shopStack(spelling, true).resources(deployed), shopOpenToSsh);
      });
    }
  }

  for (const deployed of [true, false]) {
    it(`VPCs joined by a peering and a transit gateway, ${deployed ? "deployed" : "in a first preview"}`, () => {
      assertTable(joinedVpcs("nothing").resources(deployed), joined);
      // By way of the gateway and the edge's NAT gateways.
      const leaving = { ...joined, "db-no-internet-egress": "violated" } as const;
      assertTable(joinedVpcs("transit gateway").resources(deployed), leaving);
    });
  }

  it("SES by its first API only", () => {
    assertTable(classicMail("Require").resources(true), mail);
    assertTable(classicMail("Optional").resources(true), { ...mail, "smtp-tls-required": "violated" });
  });

  describe("resources without tags and without a program", () => {
    it("are judged as those of a program, but for their tags", () => {
      const none = { "required-tags": "violated" } as const;
      assertTable(untagged(awsxVpcWithDatabase(true)), { ...awsx, ...safeDatabase, ...none });
      for (const spelling of spellings) {
        assertTable(untagged(shopStack(spelling).resources(true)), shop);
        assertTable(untagged(shopStack(spelling, true).resources(true)), shopOpenToSsh);
      }
      assertTable(untagged(joinedVpcs("nothing").resources(true)), joined);
      assertTable(untagged(classicMail("Require").resources(true)), mail);
    });
  });

  it("says nothing on a stack without a network, and finds nothing in an empty one", () => {
    const own: Table = { "data-protected": "proved", "encrypted-at-rest": "proved", "required-tags": "proved" };
    for (const deployed of [true, false]) {
      const resources = withoutNetwork().resources(deployed);
      assertTable(resources, own);
      assert.equal(judge(resources).said, "");
    }
    assertTable([], {});
  });
});

/** What an answer may become where less is known. */
const weaker: Readonly<Record<Answer, readonly Answer[]>> = {
  proved: ["proved", "undetermined", "notApplicable"],
  violated: ["violated", "undetermined"],
  undetermined: ["proved", "violated", "undetermined", "notApplicable"],
  notApplicable: ["notApplicable", "undetermined", "proved"],
};

/** As a file shows secrets: the value isn't known, and its property is marked. */
function conceal(resource: Resource, place: readonly string[]): Resource {
  const [property = ""] = place;
  return { ...hide(resource, place), secrets: new Set([...(resource.secrets ?? []), property]) };
}

describe("every rule where values are unknown or secret, on those stacks", () => {
  const stacks: Readonly<Record<string, readonly Resource[]>> = {
    "the VPC of awsx with a database": awsxVpcWithDatabase(true),
    "its preview": awsxVpcWithDatabase(false),
    ...Object.fromEntries(spellings.map((each) => [`a shop, ${each}`, shopStack(each).resources(true)])),
    "a shop open to SSH": shopStack("standalone", true).resources(true),
    "joined VPCs": joinedVpcs("nothing").resources(true),
    "joined VPCs with a way out for data": joinedVpcs("transit gateway").resources(true),
    "SES by its first API": classicMail("Optional").resources(true),
    "a shop without tags": untagged(shopStack("inline", true).resources(true)),
    "a stack without a network": withoutNetwork().resources(true),
  };
  for (const [name, resources] of Object.entries(stacks)) {
    it(`never throws, never says the opposite: ${name}`, () => {
      const before = judge(resources).table;
      const all = resources.flatMap(({ props }, at) => places(props).map((place) => ({ at, place })));
      const upTo = (count: number) => fc.subarray(all, { minLength: 1, maxLength: Math.min(count, all.length) });
      const some = fc.oneof(upTo(4), upTo(40));
      fc.assert(
        fc.property(some, fc.constantFrom(hide, conceal), (chosen, cover) => {
          const shown = chosen.reduce(
            (so, { at, place }) => so.map((each, index) => (index === at ? cover(each, place) : each)),
            resources,
          );
          const { table, said } = judge(shown);
          for (const { id } of rules) {
            const [was, is] = [before[id] ?? "notApplicable", table[id] ?? "notApplicable"];
            assert.ok(weaker[was].includes(is), `${id} was ${was} and is ${is}\n${said}`);
          }
        }),
        { numRuns: 100 },
      );
    });
  }
});
