import assert from "node:assert/strict";
import fc from "fast-check";
import { connectionBetween } from "../../../policies/reachability/connections";
import type { Estimate } from "../../../policies/reachability/estimate";
import { readNetwork } from "../../../policies/reachability/network";
import type { Endpoint } from "../../../policies/reachability/query";
import type { Resource } from "../../../policies/reachability/resources";
import { Traffic } from "../../../policies/reachability/traffic";
import { hideOne, type Path, places, withoutDependencies } from "../hidden-values";
import { joinedNetwork } from "./joined-network";
import { randomNetwork } from "./random-network";

type Named = readonly (readonly [from: string, to: string])[];

const ofRandom: Named = [
  ["machine-0", "internet"],
  ["machine-1", "internet"],
  ["internet", "machine-0"],
  ["machine-0", "machine-1"],
  ["machine-1", "machine-2"],
];
const ofJoined: Named = [
  ["web", "internet"],
  ["internet", "web"],
  ["fleet", "internet"],
  ["fleet", "database"],
  ["web", "spoke"],
  ["spoke", "database"],
  ["spoke", "internet"],
  ["fleet", "endpoint"],
  ["peer", "web"],
  ["database", "peer"],
];

function answers(resources: readonly Resource[], questions: Named): readonly Estimate[] {
  const network = readNetwork(resources);
  const end = (name: string): Endpoint => {
    if (name === "internet") return { kind: "internet" };
    const party = network.parties.find(({ resource }) => resource.name === name);
    assert.ok(party, name);
    return { kind: "party", urn: party.resource.urn };
  };
  return questions.flatMap(([from, to]) => {
    const { request, works } = connectionBetween(network, { from: end(from), to: end(to) }, Traffic.all);
    return [request, works];
  });
}

interface Place {
  readonly at: number;
  readonly path: Path;
}

/** Nothing that is sure with less known is otherwise in truth, and nothing that is sure in truth is excluded. */
function assertNoTurn(truth: readonly Estimate[], found: readonly Estimate[], questions: Named, where: () => string) {
  found.forEach(({ must, may }, at) => {
    const real = truth[at];
    assert.ok(real);
    const question = () =>
      `${questions[at >> 1]?.join(" → ") ?? ""} ${at % 2 === 0 ? "request" : "connection"}, ${where()}`;
    if (!must.isSubsetOf(real.may)) assert.fail(`sure of too much: ${question()}`);
    if (!real.must.isSubsetOf(may)) assert.fail(`excludes what is: ${question()}`);
  });
}

function hiddenIn(known: readonly Resource[], hidden: readonly Place[]): readonly Resource[] {
  return hidden.reduce((sum, { at, path }) => hideOne(sum, at, path), known);
}

/** What these networks don't say even when every value is known. */
const neverSaid =
  /^(what lies behind vpngateway-main|whether vpcpeeringconnection-peer joins .*|in which of its subnets a party is.*)$/u;

for (const [what, networks, questions, runs] of [
  ["random rules and routes", randomNetwork, ofRandom, 40],
  ["peering, NAT, transit gateways, fleets and endpoints", joinedNetwork, ofJoined, 12],
] as const) {
  describe(`what isn't known, in a network with ${what} (M4)`, function () {
    this.timeout(120_000);

    it("leaves nothing open when all values are known", () => {
      fc.assert(
        fc.property(networks, (stack) => {
          for (const { must, may, unknowns } of answers(stack.resources(true), questions))
            assert.ok(may.isSubsetOf(must) || unknowns.every((each) => neverSaid.test(each)), unknowns.join("; "));
        }),
        { numRuns: runs, endOnFailure: true },
      );
    });

    it("never turns a certain answer into the opposite one on the first preview, ids unknown", () => {
      fc.assert(
        fc.property(networks, (stack) => {
          const truth = answers(stack.resources(true), questions);
          assertNoTurn(truth, answers(stack.resources(false), questions), questions, () => "all ids unknown");
        }),
        { numRuns: runs, endOnFailure: true },
      );
    });

    it("never turns a certain answer into the opposite one, whichever values are unknown", () => {
      fc.assert(
        fc.property(
          networks,
          fc.boolean(),
          fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
          (stack, dependencies, rolled) => {
            const known = stack.resources(true);
            const truth = answers(known, questions);
            const shown = dependencies ? known : withoutDependencies(known);
            const all: readonly Place[] = shown.flatMap(({ props }, at) => places(props).map((path) => ({ at, path })));
            const [first = 0, ...dice] = rolled;
            const picked = [first, ...dice].map((roll) => all[roll % all.length]).filter((each) => each !== undefined);
            // One alone, a few, and many at once.
            const many = all.filter((_, place) => (place * 7919 + first) % 4 === 0);
            for (const hidden of [...picked.slice(0, 2).map((each) => [each]), picked, many]) {
              const where = () =>
                hidden.map(({ at, path }) => `${shown[at]?.urn ?? ""} ${path.join(".")}`).join(" and ");
              assertNoTurn(truth, answers(hiddenIn(shown, hidden), questions), questions, where);
            }
          },
        ),
        { numRuns: runs, endOnFailure: true },
      );
    });
  });
}
