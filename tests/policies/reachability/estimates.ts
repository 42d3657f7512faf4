import assert from "node:assert/strict";
import type { Estimate } from "../../../policies/reachability/estimate";
import type { Traffic } from "../../../policies/reachability/traffic";

/** The estimate is certain, and is exactly the expected traffic. */
export function assertExactly({ must, may }: Estimate, expected: Traffic): void {
  assert.ok(must.isSubsetOf(expected), "sure of too much");
  assert.ok(expected.isSubsetOf(must), "not sure of all");
  assert.ok(may.isSubsetOf(expected), "leaves open what isn't");
}

/** Nothing is certain, but all of the expected traffic may be. */
export function assertOpen({ must, may, unknowns }: Estimate, expected: Traffic): void {
  assert.ok(must.isEmpty, "sure of something");
  assert.ok(expected.isSubsetOf(may), "excludes what may be");
  assert.notEqual(unknowns.length, 0, "names no unknown");
}
