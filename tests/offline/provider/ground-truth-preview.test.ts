import assert from "node:assert/strict";

import { previewWithoutIds } from "../../../offline/provider/outputs";
import { plainInputs } from "../../../offline/provider/bridge-defaults";
import type { Props } from "../../../offline/model";
import { type Pair, recordings } from "./ground-truth";

const UNSET = new Set(["null", '""', "[]", "{}", "0", "false"]);

/**
 * Left out of the comparison: what the real one adds to objects with unset values or placeholders of its own (`order` of an action),
 * null for an empty object, and the three computed defaults below, which no input tells.
 */
function withoutUnset(value: unknown, pattern: unknown): unknown {
  if (value === null && JSON.stringify(pattern) === "{}") return pattern;
  if (Array.isArray(value))
    return value.map((element, index) => withoutUnset(element, Array.isArray(pattern) ? pattern[index] : undefined));
  if (value === null || typeof value !== "object" || typeof pattern !== "object" || pattern === null) return value;
  const known = pattern as Props;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key in known)
      .map(([key, inner]) => [key, withoutUnset(inner, known[key])]),
  );
}

const COMPUTED = new Set(["tagsAll", "deregistrationDelay", "self"]);

describe("a create in a preview without ids returns what the real provider returned", () => {
  const recorded = recordings("preview-creates.jsonl") as Pair[] | undefined;
  it("(needs DEJIMA_GROUND_TRUTH)", function () {
    if (recorded === undefined) this.skip();
    assert.ok(recorded.length > 0);
  });
  for (const { type, inputs, outputs } of recorded ?? []) {
    it(type, () => {
      const all = previewWithoutIds(plainInputs(inputs));
      const theirs = Object.fromEntries(Object.entries(outputs).filter(([key]) => key in all || !COMPUTED.has(key)));
      const unset = (key: string): boolean => !(key in theirs) && UNSET.has(JSON.stringify(all[key]));
      const ours = Object.fromEntries(Object.entries(all).filter(([key]) => !unset(key)));
      assert.deepEqual(ours, withoutUnset(theirs, ours));
      assert.deepEqual(Object.keys(ours).sort(), Object.keys(theirs).sort());
    });
  }
});
