import assert from "node:assert/strict";
import { readStateDocument } from "../../policies/stack-source/document";
import type { Resource } from "../../policies/reachability/resources";
import { rules } from "../../policies/rules/catalogue";
import { outcomeOf } from "../../policies/rules/outcome";
import type { Rule } from "../../policies/rules/rule";
import { StackModel } from "../../policies/stack-model";
import { newPairs, widerGroups } from "../graph-mutations/firewalls";
import { fewerZones } from "../graph-mutations/fewer-zones";
import type { Mutation } from "../graph-mutations/mutation";
import { newRoutes, otherTables, publicMachines } from "../graph-mutations/new-routes";
import { removals } from "../graph-mutations/removals";
import { uncaught } from "../graph-mutations/uncaught";
import { weakenedProperties } from "../graph-mutations/weakened-properties";
import { deployedDev } from "./dev-stack";

const kinds: readonly (readonly [string, (graph: readonly Resource[]) => readonly Mutation[]])[] = [
  ["routes another way", newRoutes],
  ["puts a subnet under another table", otherTables],
  ["gives machines public addresses", publicMachines],
  ["widens what groups admit", widerGroups],
  ["lets another pair talk", newPairs],
  ["weakens a property", weakenedProperties],
  ["removes a safeguard or a communication", removals],
  ["takes zones or machines away", fewerZones],
];

describe("changes of the deployed dev stack's graph", function () {
  this.timeout(600_000);
  const today = new Date().toISOString().slice(0, 10);
  let graph: readonly Resource[];
  let cheapestFirst: readonly Rule[];

  before(async () => {
    const dev = await deployedDev();
    try {
      const { stdout } = await dev.succeed(["stack", "export", ...dev.at.slice(0, 2)]);
      graph = readStateDocument(stdout, { option: "--state", name: "dev" });
    } finally {
      dev.dispose();
    }
    const timed = rules.map((rule) => {
      const began = performance.now();
      assert(!catches(rule, new StackModel(graph)), `${rule.id} finds something on the unchanged stack`);
      return { rule, milliseconds: performance.now() - began };
    });
    cheapestFirst = timed.sort((a, b) => a.milliseconds - b.milliseconds).map(({ rule }) => rule);
  });

  function catches(rule: Rule, stack: StackModel): boolean {
    return outcomeOf(rule, stack, {}, today).violations.length > 0;
  }

  it("are more than two hundred", () => {
    const generated = kinds.flatMap(([, generate]) => generate(graph));
    assert(generated.length > 200, `only ${generated.length}`);
    assert.equal(new Set(generated.map(({ title }) => title)).size, generated.length);
  });

  const needed = new Set<RegExp>();
  for (const [what, generate] of kinds) {
    it(`is caught by a rule where it ${what}, or is known not to be, and why`, () => {
      const missed = generate(graph).filter((mutation) => {
        const stack = new StackModel(mutation.apply());
        return !cheapestFirst.some((rule) => catches(rule, stack));
      });
      const unexplained = missed.filter(({ title }) => {
        const known = uncaught.filter(({ mutations }) => mutations.test(title));
        for (const { mutations } of known) needed.add(mutations);
        return known.length === 0;
      });
      assert.deepEqual(
        unexplained.map(({ title }) => title),
        [],
      );
    });
  }

  it("has no reason for what isn't missed", () => {
    const idle = uncaught.filter(({ mutations }) => !needed.has(mutations));
    assert.deepEqual(
      idle.map(({ mutations }) => String(mutations)),
      [],
    );
  });
});
