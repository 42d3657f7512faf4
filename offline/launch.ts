import { mkdirSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { parseArguments } from "./arguments";
import { run } from "./engine/command";
import type { Engine, Surroundings } from "./engine/engine";
import { findEngine } from "./engine/find";
import { offlineEnvironment } from "./environment";
import { HELP } from "./help";
import { homeOf } from "./home";
import { withoutCode } from "./import-code";
import { findProgram } from "./program";
import { parseFaults, type FaultSpec } from "./provider/faults";
import { exitCodeOf, Interrupted, runCli, STOP_SIGNALS } from "./run-cli";
import { prepareStack } from "./stack";

/** The providers that the engine is attached to: `startProviders` of `./server`, or a test's. */
export type StartProviders = (options: {
  worldDirectory: string;
  previewIds: boolean;
  faults: readonly FaultSpec[];
  log: (line: string) => void;
}) => Promise<{ aws: number; awsx: number; stop(): Promise<void> }>;

/** What a test puts in place of the real things. */
export interface LaunchOptions {
  env?: NodeJS.ProcessEnv;
  startProviders?: StartProviders;
  findEngine?: (surroundings: Surroundings) => Promise<Engine>;
}

async function startEmbeddedAws(...[options]: Parameters<StartProviders>): ReturnType<StartProviders> {
  const { startProviders } = await import("./server"); // Late: `--help` and `--version` don't need it.
  return startProviders(options);
}

/**
 * Runs the unmodified Pulumi CLI on the embedded AWS with the user's arguments and terminal, and returns the exit code: the CLI's own,
 * 128 + n when signal n ended it. Throws when no engine can be had, the settings can't be read, or no port can be listened on.
 *
 * Settings: `DEJIMA_HOME` (place of state and world, default `.dejima` in the checkout), `DEJIMA_PREVIEW_IDS=false` (previews without
 * ids, as the real provider's), `DEJIMA_FAULTS` (calls that are to fail, e.g. `create:aws:ec2/subnet:Subnet:3=InternalError`).
 */
export async function launch(args: readonly string[], options: LaunchOptions = {}): Promise<number> {
  const user = options.env ?? process.env;
  const stop = new AbortController();
  const interrupt = (signal: NodeJS.Signals): void => {
    stop.abort(new Interrupted(signal));
  };
  for (const signal of STOP_SIGNALS) process.on(signal, interrupt);
  try {
    return await launchUntil(stop.signal, args, user, options);
  } catch (error) {
    if (error instanceof Interrupted) return exitCodeOf(error.signalName);
    throw error;
  } finally {
    for (const signal of STOP_SIGNALS) process.off(signal, interrupt);
  }
}

async function launchUntil(
  signal: AbortSignal,
  args: readonly string[],
  user: NodeJS.ProcessEnv,
  options: LaunchOptions,
): Promise<number> {
  const parsed = parseArguments(args);
  const home = homeOf(user);
  const faults = parseFaults(user["DEJIMA_FAULTS"] ?? "");
  if (faults.length > 0) (await import("./provider/fault-types")).refuseUnknownTypes(faults); // Late: it loads the schema.
  mkdirSync(home.backend, { recursive: true });
  const offline = offlineEnvironment(user, home, require.resolve("./engine/language-host"));
  const engine = await (options.findEngine ?? findEngine)({ env: offline, signal, stderr: process.stderr });
  const env = { ...offline, PATH: [dirname(engine.command), offline["PATH"] ?? ""].join(delimiter) };

  const general = parsed.command === undefined || parsed.command === "help" || parsed.command === "version";
  if (general && !args.includes("--version") && parsed.command !== "version") process.stdout.write(HELP);
  if (general || parsed.help) return runCli(engine, args, env);

  const held: string[] = [];
  const log = (line: string): void => {
    // The CLI redraws its progress in place: on a terminal a line in between would be torn.
    if (process.stdout.isTTY) held.push(line);
    else process.stderr.write(`${line}\n`);
  };
  const providers = await (options.startProviders ?? startEmbeddedAws)({
    worldDirectory: home.world,
    previewIds: user["DEJIMA_PREVIEW_IDS"] !== "false",
    faults,
    log,
  });
  try {
    const attached = { ...env, PULUMI_DEBUG_PROVIDERS: `aws:${providers.aws},awsx:${providers.awsx}` };
    const program = findProgram(parsed.cwd ?? process.cwd());
    const cli = (words: string[]): Promise<string> => run(engine.command, words, { env: attached, signal });
    const full =
      program === undefined ? args : await prepareStack(args, parsed, { cli, home, program, env: user, log });
    signal.throwIfAborted();
    return await runCli(engine, withoutCode(full, parsed, log), attached);
  } finally {
    await providers.stop();
    for (const line of held) process.stderr.write(`${line}\n`);
  }
}
