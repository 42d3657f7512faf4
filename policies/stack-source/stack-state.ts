import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, delimiter, join, sep } from "node:path";
import { BadInput } from "../command-line/bad-input";

/** Which of the two worlds a stack's name means. `either`: the embedded AWS when it has such a stack, else the real one. */
export type World = "either" | "offline" | "online";

export interface Places {
  /** Folder of the Pulumi project. */
  readonly project: string;
  /** The launcher of the CLI on the embedded AWS; it is run, never imported, and a pack on its own has none. */
  readonly launcher: string;
  /** The embedded AWS's folder, where it isn't DEJIMA_HOME. */
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface Exported {
  readonly text: string;
  /** For the reader: "dev of the embedded AWS". */
  readonly source: string;
}

/**
 * The state of a stack, by `pulumi stack export`. Secrets stay encrypted, for `--show-secrets` isn't given.
 *
 * @throws BadInput when there is no such stack, or no CLI.
 */
export async function exportStack(stack: string, world: World, places: Places): Promise<Exported> {
  const embedded = world !== "online" && embeddedHas(stack, places);
  if (world === "offline" && !embedded) {
    throw new BadInput([`--stack: the embedded AWS has no stack ${stack}. Make it: npm run offline -- up -s ${stack}`]);
  }
  const words = ["stack", "export", "-s", stack, "-C", places.project];
  if (embedded) {
    const text = await read(process.execPath, [places.launcher, ...words], stack, places);
    return { text, source: `stack ${stack} of the embedded AWS` };
  }
  const command = pulumiOnPath(places.env);
  if (command === undefined) {
    throw new BadInput([
      `--stack: no pulumi on PATH to export stack ${stack} with, and the embedded AWS has no such stack. ` +
        `Make it there (npm run offline -- up -s ${stack}), or give a file: pulumi stack export -s ${stack} > FILE, --state FILE`,
    ]);
  }
  return { text: await read(command, words, stack, places), source: `stack ${stack}` };
}

/** Asked of the files: to the CLI a stack that isn't there is one to make. */
function embeddedHas(stack: string, { launcher, home, project, env }: Places): boolean {
  if (!existsSync(launcher)) return false;
  const chosen = env["DEJIMA_HOME"];
  const stacks = join(chosen === undefined || chosen === "" ? home : chosen, "backend", ".pulumi", "stacks");
  const name = projectName(project);
  const file = `${basename(stack)}.json`;
  if (name !== undefined) return existsSync(join(stacks, name, file));
  return existsSync(stacks) && readdirSync(stacks).some((each) => existsSync(join(stacks, each, file)));
}

function projectName(project: string): string | undefined {
  const file = join(project, "Pulumi.yaml");
  if (!existsSync(file)) return undefined;
  return /^name:\s*["']?([^"'\s#]+)/m.exec(readFileSync(file, "utf8"))?.[1];
}

/** npm puts `node_modules/.bin` in front, whose `pulumi` downloads the CLI at first run: that is no installed one. */
function pulumiOnPath(env: NodeJS.ProcessEnv): string | undefined {
  const wrapper = `${sep}${join("node_modules", ".bin")}`;
  return (env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "" && !folder.endsWith(wrapper))
    .map((folder) => join(folder, "pulumi"))
    .find(executable);
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function read(command: string, words: readonly string[], stack: string, { env }: Places): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new BadInput([`--stack: \`pulumi stack export -s ${stack}\` failed:\n${errors.trim()}`]));
    });
  });
}
