import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** What one run of a command took, the whole process tree counted. */
export interface Measurement {
  seconds: number;
  /** Peak of the summed proportional set size (PSS) of the tree, in MB, sampled every 100 ms. */
  peakMegabytes: number;
}

/** Runs a command to its end with its output thrown away. Throws with that output when it fails. Linux only: memory is read from /proc. */
export async function measure(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<Measurement> {
  const began = process.hrtime.bigint();
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const output: Buffer[] = [];
  child.stdout.on("data", (data: Buffer) => output.push(data));
  child.stderr.on("data", (data: Buffer) => output.push(data));
  let peakMegabytes = 0;
  const sampler = setInterval(() => {
    if (child.pid !== undefined) peakMegabytes = Math.max(peakMegabytes, treeMegabytes(child.pid));
  }, 100);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    if (code !== 0)
      throw new Error(`${command} ${args.join(" ")} exited with ${code}:\n${Buffer.concat(output).toString()}`);
    return { seconds, peakMegabytes };
  } finally {
    clearInterval(sampler);
  }
}

function treeMegabytes(root: number): number {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync("/proc")) {
    const pid = Number(entry);
    const parent = Number.isInteger(pid) ? parentOf(pid) : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  let kilobytes = 0;
  const pending = [root];
  for (let pid = pending.pop(); pid !== undefined; pid = pending.pop()) {
    kilobytes += proportionalKilobytes(pid);
    pending.push(...(children.get(pid) ?? []));
  }
  return kilobytes / 1024;
}

/** A process may end between the listing and the reading: it then counts nothing. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

function parentOf(pid: number): number | undefined {
  const match = /^PPid:\s+(\d+)/m.exec(readProc(pid, "status"));
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

function proportionalKilobytes(pid: number): number {
  const match = /^Pss:\s+(\d+)/m.exec(readProc(pid, "smaps_rollup"));
  return match?.[1] === undefined ? 0 : Number(match[1]);
}
