import { z } from "zod";
import type { Finding, Rule } from "../../../policies/rules/rule";
import { given, label, UNKNOWN } from "../../../policies/reachability/resources";
import type { Verdict } from "../../../policies/verdict";

const settings = {
  colour: z.string().default("green").describe("The colour that every thing must have."),
};

/** A rule small enough to see through: every thing has the colour. */
export const smallRule: Rule<typeof settings> = {
  id: "right-colour",
  title: "Things have the right colour",
  proves: "Proves that every thing has the right colour.",
  why: "A thing of another colour is mistaken for something else.",
  sources: ["https://example.org/colours"],
  fix: "Set the colour.",
  enforcementLevel: "mandatory",
  severity: "low",
  controls: [{ framework: "AWS Foundational Security Best Practices", id: "Thing.1" }],
  tags: ["things"],
  settings,
  defers: true,
  notApplicable: "The stack has no thing.",
  judge: (stack, { colour }) =>
    stack.links.ofTypes("aws:thing/thing:Thing").map((thing): Finding => {
      const own = given(thing, "colour");
      if (own === colour) return { verdict: { kind: "proved" }, urn: thing.urn };
      if (own !== UNKNOWN) {
        const witness = `${label(thing)} is ${JSON.stringify(own)}`;
        return { verdict: { kind: "violated", witness, fix: "paint it" }, urn: thing.urn };
      }
      const verdict: Verdict = {
        kind: "undetermined",
        question: "the colour can't be told",
        unknowns: [`the colour of ${label(thing)}`],
      };
      return { verdict, urn: thing.urn, isPending: thing.name !== "foreign" };
    }),
};
