import assert from "node:assert/strict";

import type { Props } from "../../../offline/model";
import { modelledTypes } from "../../../offline/models";
import { isRecord } from "../../../offline/provider/wire";
import { embeddedAws } from "../harness";
import { type Pair, recordings } from "./ground-truth";

const MODELLED = new Set(modelledTypes());

/** What the program gave: checked inputs without what Check filled in. */
function given(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(given);
  if (!isRecord(value)) return value;
  const filledIn = (value["__defaults"] ?? []) as string[];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "__defaults" && !filledIn.includes(key))
      .map(([key, inner]) => [key, given(inner)]),
  );
}

/** Names have a random part. */
function form(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/[0-9a-f]{7}(?=")/g, "#######")) as unknown;
}

/** Defaults of objects, with what stands in them; notes in maps (`tags`) came and went between versions and are left out. */
function objects(value: unknown, path = ""): [string, unknown][] {
  if (Array.isArray(value)) return value.flatMap((element, index) => objects(element, `${path}[${index}]`));
  if (!isRecord(value)) return [];
  const inner = Object.entries(value).flatMap(([key, one]) => objects(one, path === "" ? key : `${path}.${key}`));
  const top = path === "" || /(^|\.)(tags|tagsAll)$/.test(path);
  return top ? inner : [[path, value["__defaults"]], ...inner];
}

/** Recorded creates of the provider's version 6 and later: what Check made of what the program gave. */
describe("Check fills in what the real provider filled in", () => {
  const recorded = (recordings("pairs.jsonl") as Pair[] | undefined)?.filter(
    ({ type, providerVersion, kind }) =>
      MODELLED.has(type) && kind === "grpc.Create" && Number(providerVersion?.split(".")[0] ?? 0) >= 6,
  );
  it("(needs DEJIMA_GROUND_TRUTH)", function () {
    if (recorded === undefined) this.skip();
    assert.ok(recorded.length > 0);
  });
  for (const [index, { type, inputs, providerVersion }] of (recorded ?? []).entries()) {
    it(`${index} ${type} ${providerVersion ?? ""}`, () => {
      const noted = new Set(inputs["__defaults"] as string[]);
      const { inputs: ours } = embeddedAws().check(type, "x", given(inputs) as Props);
      assert.deepEqual(Object.fromEntries(objects(ours)), Object.fromEntries(objects(inputs)), "in nested objects");
      const missing = [...noted].filter((key) => !(ours["__defaults"] as string[]).includes(key));
      assert.deepEqual(missing, [], "not filled in");
      for (const key of noted) {
        if (typeof inputs[key] !== "string" || !/[0-9a-f]{7}$/.test(inputs[key]))
          assert.deepEqual(form(ours[key]), form(inputs[key]), key);
      }
    });
  }
});
