import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { models } from "../../../../offline/models/network";

type Flags = Record<string, Record<string, { forceNew?: boolean }>>;

const file = join(process.env["DEJIMA_GROUND_TRUTH"] ?? "", "provider", "property-flags.json");
const flags = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Flags) : {};

/** Properties that version 7 of the provider has no more. */
const withdrawn = new Set(["vpc", "logGroupName"]);

describe("which changes replace a network resource, beside the Terraform provider's ForceNew", () => {
  it("is read from DEJIMA_GROUND_TRUTH", function () {
    if (Object.keys(flags).length === 0) this.skip();
    assert.ok(Object.keys(models).some((type) => type in flags));
  });

  for (const [type, load] of Object.entries(models)) {
    const properties = flags[type];
    if (properties === undefined) continue;
    it(type, () => {
      const forced = Object.entries(properties).flatMap(([name, { forceNew }]) => (forceNew === true ? [name] : []));
      const kept = forced.filter((name) => !withdrawn.has(name) && !load().replaceOn.includes(name));
      assert.deepEqual(kept, [], "these replace the resource");
      const inPlace = load().replaceOn.filter((name) => name in properties && !forced.includes(name));
      assert.deepEqual(inPlace, [], "these are changed in place");
    });
  }
});
