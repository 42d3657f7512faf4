/**
 * `npm run bench -- policies`: the whole pack over state files of 100, 1,000 and 10,000 resources by `pulumi policy analyze --file`, beside a pack of
 * one empty stack policy (the floor: the engine, the SDK, one deserialisation) and Pulumi's own awsguard. The packs take turns, so that a machine whose
 * speed drifts falsifies no ratio. Goals: at most 1.4 times the floor's time at 1,000, 1.6 times at 10,000, 1.5 times its memory.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { rules } from "../../policies/rules/catalogue";
import { median } from "./median";
import { measure, type Measurement } from "./process-tree";
import { networkOf } from "./reachability-network";
import { stateOf } from "./state-file";

const sizes = [100, 1000, 10000] as const;
const goals: Readonly<Record<number, number>> = { 1000: 1.4, 10000: 1.6 };
const memoryGoal = 1.5;
const root = resolve(__dirname, "../..");
const awsguard = join(__dirname, "packs/awsguard");
const packs = { floor: join(__dirname, "packs/floor"), pack: join(root, "policies"), awsguard } as const;

type Pack = keyof typeof packs;

export async function benchPolicies(rounds: number): Promise<void> {
  execFileSync("npm", ["ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: awsguard });
  const home = mkdtempSync(join(tmpdir(), "dejima-bench-"));
  try {
    // What is found there isn't what is measured, and a mandatory finding would end the command with an error.
    const config = join(home, "advisory.json");
    writeFileSync(config, JSON.stringify({ all: "advisory" }));
    const analyze = (pack: Pack, file: string) => [
      ...[join(root, "offline/dist/main.js"), "policy", "analyze", "-C", join(root, "tests/cli/programs/small")],
      ...["--file", file, "--non-interactive", "--policy-pack", packs[pack], "--policy-pack-config", config],
    ];
    const run = (pack: Pack, file: string) =>
      measure(process.execPath, analyze(pack, file), { ...process.env, DEJIMA_HOME: home });
    console.log(
      `pulumi policy analyze with ${rules.length} rules, medians of ${rounds} rounds; ${cpus().length} × ` +
        `${cpus()[0]?.model ?? "?"}, Node ${process.version}; MB: peak of the whole process tree`,
    );
    console.log(
      ["resources", "floor s", "pack s", "ratio", "awsguard s", "floor MB", "pack MB", "ratio"].map(cell).join(""),
    );
    for (const size of sizes) {
      const file = join(home, `state-${size}.json`);
      writeFileSync(file, JSON.stringify(stateOf(networkOf(size, 1))));
      if (size === sizes[0]) await run("floor", file); // warms the disk cache
      const runs: Record<Pack, Measurement[]> = { floor: [], pack: [], awsguard: [] };
      for (let round = 0; round < rounds; round++)
        for (const pack of Object.keys(packs) as Pack[]) runs[pack].push(await run(pack, file));
      console.log(row(size, runs));
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function row(size: number, runs: Readonly<Record<Pack, readonly Measurement[]>>): string {
  const seconds = (pack: Pack) => median(runs[pack].map((run) => run.seconds));
  const megabytes = (pack: Pack) => median(runs[pack].map((run) => run.peakMegabytes));
  /** Of each round, so that both were measured under the same conditions. */
  const ratio = (of: (run: Measurement) => number) =>
    median(runs.pack.map((run, round) => of(run) / of(runs.floor[round] ?? run)));
  const goal = goals[size] === undefined ? "" : `  goals ${goals[size]} and ${memoryGoal}`;
  return (
    [
      String(size),
      seconds("floor").toFixed(1),
      seconds("pack").toFixed(1),
      ratio((run) => run.seconds).toFixed(2),
      seconds("awsguard").toFixed(1),
      megabytes("floor").toFixed(0),
      megabytes("pack").toFixed(0),
      ratio((run) => run.peakMegabytes).toFixed(2),
    ]
      .map(cell)
      .join("") + goal
  );
}

function cell(text: string): string {
  return text.padStart(11);
}
