/**
 * `npm run bench -- reachability`: all class pairs of networks with 100, 1,000 and 10,000 resources. Each measurement is a process of its own; the
 * sizes take turns, so that a machine whose speed drifts falsifies no ratio. Goals: the largest within 2 s and 500 MB; time at most n log n.
 */
import { execFileSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { resolve } from "node:path";
import { median } from "./median";
import type { Run } from "./reachability-run";

const sizes = [100, 1000, 10000] as const;
const goals = { seconds: 2, megabytes: 500 };

export function benchReachability(rounds: number): void {
  const runs = new Map<number, Run[]>(sizes.map((size) => [size, []]));
  for (let round = 0; round < rounds; round++) for (const size of sizes) runs.get(size)?.push(measured(size));
  console.log(
    `all class pairs, medians of ${rounds} rounds; ${cpus().length} × ${cpus()[0]?.model ?? "?"}, ` +
      `${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}`,
  );
  const columns = ["resources", "VPCs", "parties", "classes", "pairs", "open", "read s", "pairs s", "s", "CPU s", "MB"];
  console.log(columns.map((column) => column.padStart(9)).join(" "));
  const row = (size: number) => {
    const of = (pick: (run: Run) => number) => median((runs.get(size) ?? []).map(pick));
    const counts = [of((run) => run.vpcs), of((run) => run.parties), of((run) => run.classes), of((run) => run.pairs)];
    const times = [
      of((run) => run.readSeconds),
      of((run) => run.pairSeconds),
      of(secondsOf),
      of((run) => run.cpuSeconds),
    ];
    const whole = [size, ...counts, of((run) => run.open)].map(String);
    const cells = [...whole, ...times.map((time) => time.toFixed(2)), of((run) => run.peakMegabytes).toFixed(0)];
    console.log(cells.map((cell) => cell.padStart(9)).join(" "));
    return {
      seconds: of(secondsOf),
      cpu: of((run) => run.cpuSeconds),
      megabytes: of((run) => run.peakMegabytes),
    };
  };
  const [, middle, largest] = sizes.map(row);
  if (middle === undefined || largest === undefined) throw new RangeError("three sizes");
  const linearithmic = (10000 * Math.log(10000)) / (1000 * Math.log(1000));
  console.log(
    `largest: ${largest.seconds.toFixed(2)} s (goal ${goals.seconds}), ${largest.megabytes.toFixed(0)} MB with the ` +
      `compiler that runs the bench (goal ${goals.megabytes}); CPU of 10,000 to 1,000 resources: ` +
      `${(largest.cpu / middle.cpu).toFixed(1)} times (goal, n log n: ${linearithmic.toFixed(1)})`,
  );
}

function secondsOf({ readSeconds, pairSeconds }: Run): number {
  return readSeconds + pairSeconds;
}

function measured(size: number): Run {
  const script = resolve(__dirname, "reachability-run.ts");
  const args = ["-r", "ts-node/register/transpile-only", script, String(size)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Run;
}
