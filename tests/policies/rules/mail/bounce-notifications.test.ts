import assert from "node:assert/strict";
import fc from "fast-check";
import type { Resource } from "../../../../policies/reachability/resources";
import { bounceNotifications } from "../../../../policies/rules/mail/bounce-notifications";
import { report } from "../../../../policies/verdict";
import { hide, hideOne, places, withoutDependencies } from "../../hidden-values";
import { type Api, apis, channelFaults, faults, mailStack } from "../../mail-stack";
import { findingsOf, violations } from "../../stack";

type Expected = readonly [string, RegExp];

const opposite: Readonly<Record<string, string>> = { proved: "violated", violated: "proved" };

function faultsOf(api: Api): [string, Expected][] {
  const all: Record<string, Expected> = { ...faults, ...channelFaults[api] };
  return Object.entries(all).filter(([fault]) => api !== "v1-topics" || fault !== "second-destination");
}

/** The verdicts on bounces and on complaints. */
function verdictsOn(resources: readonly Resource[]) {
  const [bounce, complaint] = findingsOf(bounceNotifications, resources).map(({ verdict }) => verdict);
  assert.ok(bounce !== undefined && complaint !== undefined);
  return { bounce, complaint };
}

/** Faults that strike both events. */
const both = ["no-configuration-set", "foreign-configuration-set"];

describe("bounce-notifications (M9)", () => {
  it("is mandatory", () => {
    assert.equal(bounceNotifications.enforcementLevel, "mandatory");
  });

  for (const api of apis) {
    for (const deployed of [true, false]) {
      describe(`${api}, ${deployed ? "with ids" : "on the first preview, ids unknown"}`, () => {
        for (const [fault, [kind, words]] of faultsOf(api)) {
          it(`${fault}: ${kind}`, async () => {
            const resources = mailStack({ api, policies: "written", fault }).resources(deployed);
            const { bounce, complaint } = verdictsOn(resources);
            const text = report(bounce) ?? "nothing to report";
            assert.equal(bounce.kind, kind, text);
            assert.match(text, words);
            assert.equal(complaint.kind, both.includes(fault) ? kind : "proved", report(complaint));
            const messages = await violations(bounceNotifications, resources);
            assert.equal(messages.length, (bounce.kind === "proved" ? 0 : 1) + (complaint.kind === "proved" ? 0 : 1));
          });
        }
      });
    }
  }

  for (const api of apis) {
    for (const policies of ["written", "made"] as const) {
      for (const deployed of [true, false]) {
        for (const dependencies of [true, false]) {
          const when = `${api}, policies ${policies}, ${deployed ? "with" : "without"} ids, ${dependencies ? "with" : "without"} property dependencies`;
          // Each property of one API; of the others, and where nearly everything may be anything, a share that differs by fault.
          const isWhole = api === "v2" && policies === "written" && dependencies;
          const stride = isWhole ? 1 : dependencies || deployed ? 17 : 97;
          it(`never turns proved into violated, or back, whichever property is unknown (${when})`, () => {
            faultsOf(api).forEach(([fault, [truth]], number) => {
              const full = mailStack({ api, policies, fault }).resources(deployed);
              const shown = dependencies ? full : withoutDependencies(full);
              const all = shown.flatMap((resource, at) =>
                places(resource.props).map((path) => ({ resource, at, path })),
              );
              for (const { resource, at, path } of all.filter((_, place) => (number + place) % stride === 0)) {
                const { bounce } = verdictsOn(hideOne(shown, at, path));
                const where = `${fault}: ${resource.urn} ${path.join(".")}`;
                assert.notEqual(bounce.kind, opposite[truth], `${where}: ${report(bounce) ?? "proved"}`);
              }
            });
          }).timeout(120_000);
        }
      }
    }
  }

  it("never turns proved into violated, or back, whatever set of values is unknown", () => {
    const cases = apis.flatMap((api) => faultsOf(api).map(([fault, [truth]]) => ({ api, fault, truth })));
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.boolean(),
        fc.infiniteStream(fc.nat(9)),
        ({ api, fault, truth }, dependencies, dice) => {
          const hidden = mailStack({ api, policies: "written", fault })
            .resources(true)
            .map((resource) => {
              const chosen = places(resource.props).filter(() => dice.next().value === 0);
              const shown = dependencies ? resource : { ...resource, propertyDependencies: {} };
              return chosen.reduce(hide, shown);
            });
          const { bounce } = verdictsOn(hidden);
          assert.notEqual(bounce.kind, opposite[truth], `${api} ${fault}: ${report(bounce) ?? "proved"}`);
        },
      ),
      { numRuns: 500 },
    );
  }).timeout(120_000);
});
