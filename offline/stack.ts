import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { sync as writeFileAtomicSync } from "write-file-atomic";
import type { CliArguments } from "./arguments";
import { CommandFailed } from "./engine/command";
import type { Home } from "./home";
import type { Program } from "./program";
import { refreshStackConfig } from "./stack-config";
import { removeStaleLocks } from "./stale-locks";

const DEFAULT_STACK = "dev";

/** Commands that take --config-file and run or change a stack. */
const OPERATIONS = new Set(["preview", "pre", "up", "update", "refresh", "destroy", "down", "dn", "import", "watch"]);
/** Commands for which a stack that isn't there yet is made. Destroying one is left to the CLI to refuse. */
const CREATING = new Set(["preview", "pre", "up", "update", "refresh", "import", "watch", "config"]);
/** Commands that fall back to the default stack when none is named or selected. */
const USING = new Set([...OPERATIONS, ...CREATING, "stack", "state", "cancel", "logs", "console"]);
/** Subcommands of `stack` that are about no stack, or name theirs. */
const NAMELESS = new Set(["init", "ls", "select", "unselect", "new"]);

/** Runs a Pulumi command without a terminal and returns its standard output; throws `CommandFailed`. */
export type Cli = (args: string[]) => Promise<string>;

/** `organization/project/dev` → `dev`. */
function shortName(stack: string): string {
  return stack.split("/").at(-1) ?? stack;
}

function exists(home: Home, program: Program, stack: string): boolean {
  const file = join(home.backend, ".pulumi", "stacks", program.name, `${stack}.json`);
  return [file, `${file}.gz`, `${file}.zst`].some((name) => existsSync(name));
}

/**
 * Makes the stack. Done from a folder that holds only the offline copy of its configuration, because `stack init` writes the
 * encryption salt beside the project file.
 */
async function init(cli: Cli, home: Home, program: Program, stack: string): Promise<void> {
  const folder = join(home.config, program.name);
  mkdirSync(folder, { recursive: true });
  writeFileAtomicSync(join(folder, "Pulumi.yaml"), JSON.stringify({ name: program.name, runtime: "nodejs" }));
  try {
    await cli(["stack", "init", stack, "--no-select", "--non-interactive", "-C", folder]);
  } catch (error) {
    // Another run was quicker.
    if (!(error instanceof CommandFailed && error.message.includes("already exists"))) throw error;
  }
}

async function selected(cli: Cli, program: Program): Promise<string | undefined> {
  try {
    return (await cli(["stack", "--show-name", "--non-interactive", "-C", program.directory])).trim();
  } catch (error) {
    if (error instanceof CommandFailed) return undefined; // None is selected.
    throw error;
  }
}

/**
 * Sees to it that nothing needs to be asked: the stack of -s (or PULUMI_STACK, or the selected one, or "dev") exists where the command
 * may make it, and is selected where none is named. Returns the arguments to run, with the offline configuration in them.
 * @throws ConfigurationError, before anything is done, when the stack's world file can't be read.
 */
export async function prepareStack(
  args: readonly string[],
  parsed: CliArguments,
  context: { cli: Cli; home: Home; program: Program; env: NodeJS.ProcessEnv; log: (line: string) => void },
): Promise<string[]> {
  const { cli, home, program, env } = context;
  const { command = "", subcommand } = parsed;
  if (!USING.has(command) || (command === "stack" && NAMELESS.has(subcommand ?? ""))) return [...args];

  const named = parsed.stack ?? (env["PULUMI_STACK"] || undefined);
  const chosen = named ?? (await selected(cli, program));
  const stack = shortName(chosen ?? DEFAULT_STACK);
  if (OPERATIONS.has(command)) {
    const { checkWorldFile, worldFile } = await import("./world-store"); // Late: other commands don't need it.
    checkWorldFile(worldFile(home.world, program.name, stack));
  }
  const configFile =
    OPERATIONS.has(command) || CREATING.has(command) ? refreshStackConfig(home, program, stack) : undefined;
  if (!exists(home, program, stack) && CREATING.has(command)) await init(cli, home, program, stack);
  if (chosen === undefined && exists(home, program, stack)) {
    await cli(["stack", "select", stack, "--non-interactive", "-C", program.directory]);
  }
  removeStaleLocks(home, program, stack, context.log);

  if (configFile === undefined || parsed.configFile || !OPERATIONS.has(command)) return [...args];
  const afterCommand = parsed.commandIndex + 1;
  return [...args.slice(0, afterCommand), "--config-file", configFile, ...args.slice(afterCommand)];
}
