import assert from "node:assert/strict";
import fc from "fast-check";
import { installed } from "../infra/instances/checkers";
import { Agent } from "./agent";
import { agrees, compare } from "./comparison";
import { explain } from "./disagreement";
import { faults } from "./faults";
import { randomTopology } from "./random-topology";
import { missing, Tally } from "./tally";
import type { Topology } from "./topology";

// The library against the Linux kernel: both are given the same random network, and every pair of parties is asked every service. What the kernel
// does with real packets is the truth.
//
// DEJIMA_KERNEL_TOPOLOGIES: how many (300). DEJIMA_KERNEL_SEED: which (printed at each run; a run is repeated by it).
// Needs Linux, root, and the Debian packages iproute2, nftables and python3.

const topologies = Number(process.env.DEJIMA_KERNEL_TOPOLOGIES ?? 300);
const seed = Number(process.env.DEJIMA_KERNEL_SEED ?? Math.floor(Math.random() * 2 ** 31));

const isPossible =
  process.platform === "linux" && process.getuid?.() === 0 && ["ip", "nft", "python3"].every((name) => installed(name));

describe("reachability against the Linux kernel", () => {
  let agent: Agent;

  before(async function () {
    if (!isPossible) this.skip();
    agent = await Agent.start();
  });

  after(async () => {
    // Undefined where the suite was skipped.
    await (agent as Agent | undefined)?.stop();
  });

  /** Finds and shrinks the first disagreement; undefined when there is none. */
  async function search(numRuns: number, from: number, tally?: Tally, change = (topology: Topology) => topology) {
    const differing = async (topology: Topology) => {
      const found = await compare(agent, topology, change(topology));
      tally?.add(topology, found);
      return found.filter((each) => !agrees(each));
    };
    const property = fc.asyncProperty(randomTopology, async (topology) => (await differing(topology)).length === 0);
    const run = await fc.check(property, { numRuns, seed: from });
    if (!run.failed) return undefined;
    const { counterexample, errorInstance, numShrinks } = run;
    const topology = counterexample?.[0];
    // The property itself throws nothing: that is the agent's complaint.
    if (
      topology === undefined ||
      (errorInstance instanceof Error && !errorInstance.message.includes("returning false"))
    )
      throw errorInstance;
    const [first] = await differing(topology);
    const message = first === undefined ? "it didn't differ once more" : await explain(agent, first, change(topology));
    return { topology, message, runs: run.numRuns, shrinks: numShrinks };
  }

  it(`agrees on every pair of ${topologies} random topologies, requests and replies (seed ${seed})`, async function () {
    this.timeout(topologies * 10_000);
    const tally = new Tally();
    const found = await search(topologies, seed, tally);
    console.log(tally.toString());
    if (found !== undefined) {
      const { message, runs, shrinks, topology } = found;
      const again = `DEJIMA_KERNEL_SEED=${seed} DEJIMA_KERNEL_TOPOLOGIES=${runs}`;
      assert.fail(
        `topology ${runs}, after ${shrinks} simplifications (${again} repeats it): ${message}\n${fc.stringify(topology)}`,
      );
    }
    // Else the comparison would prove little: each kind of way has carried something, and has held something back.
    if (topologies >= 100) assert.deepEqual(missing(tally), []);
  });

  for (const { what, change } of faults) {
    it(`notices within 100 topologies when the kernel is given a network ${what}, and shrinks it`, async function () {
      this.timeout(300_000);
      const found = await search(100, 1, undefined, change);
      assert(found !== undefined, "the fault stays unnoticed");
      assert(found.topology.machines.length <= 3, `not shrunk: ${fc.stringify(found.topology)}`);
      assert.match(found.message, /kernel: request (reachable|blocked)[\s\S]*library: request (reachable|blocked)/u);
    });
  }
});
