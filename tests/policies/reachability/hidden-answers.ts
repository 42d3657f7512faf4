import assert from "node:assert/strict";
import { type Answer, answer, type Query } from "../../../policies/reachability/answer";
import { readNetwork } from "../../../policies/reachability/network";
import type { Resource } from "../../../policies/reachability/resources";
import { hideOne, places, withoutDependencies } from "../hidden-values";

/** With any one value unknown, and no source that says what depends on what, no certain answer is the opposite of the one with all known. */
export function assertNeverTurns(resources: readonly Resource[], questions: readonly Query[]): void {
  const shown = withoutDependencies(resources);
  const answersOf = (those: readonly Resource[]): readonly Answer[] => {
    const network = readNetwork(those);
    return questions.map((question) => answer(network, question));
  };
  const truth = answersOf(shown);
  shown.forEach(({ props, urn }, at) => {
    for (const path of places(props)) {
      answersOf(hideOne(shown, at, path)).forEach((found, place) => {
        for (const key of ["request", "connection"] as const) {
          const [real, seen] = [truth[place]?.[key], found[key]];
          const isTurn = real !== seen && real !== "undetermined" && seen !== "undetermined";
          assert.ok(
            !isTurn,
            `${key} of question ${place} is ${String(real)}, ${seen} without ${path.join(".")} of ${urn}`,
          );
        }
      });
    }
  });
}
