/**
 * `npm run bench -- preview`: what `npm run preview` of dev takes with and without the policy pack, run in turn (A B A B …) so that a machine
 * whose speed drifts doesn't falsify the ratio. Goals: 12 s, 1 GB, twice the preview without pack.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { median } from "./median";
import { measure, type Measurement } from "./process-tree";

const launcher = resolve(__dirname, "../../offline/dist/main.js");
const preview = [launcher, "preview", "-s", "dev", "--non-interactive"];

export async function benchPreview(rounds: number): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "dejima-bench-"));
  const env = { ...process.env, DEJIMA_HOME: home };
  try {
    await measure(process.execPath, preview, env); // warms the disk cache and makes the stack
    const withPack: Measurement[] = [];
    const without: Measurement[] = [];
    for (let round = 0; round < rounds; round++) {
      withPack.push(await measure(process.execPath, [...preview, "--policy-pack", "policies"], env));
      without.push(await measure(process.execPath, preview, env));
    }
    console.log(
      `preview of dev, medians of ${rounds} rounds; ${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}`,
    );
    console.log("                 seconds    peak MB");
    for (const [label, runs] of [
      ["with pack", withPack],
      ["without pack", without],
    ] as const) {
      const seconds = median(runs.map((run) => run.seconds)).toFixed(1);
      const peak = median(runs.map((run) => run.peakMegabytes)).toFixed(0);
      console.log(`${label.padEnd(14)} ${seconds.padStart(9)} ${peak.padStart(10)}`);
    }
    const ratios = withPack.map((run, round) => run.seconds / (without[round]?.seconds ?? NaN));
    console.log(
      `ratio with/without, pair by pair: median ${median(ratios).toFixed(2)} (goal 2.00), seconds goal 12, MB goal 1024`,
    );
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
