import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join, sep } from "node:path";
import { compare } from "semver";
import { run } from "./command";
import { CLI, LANGUAGE_HOST, type Attempt, type Engine, type Surroundings } from "./engine";
import { MINIMUM_VERSION, parseEngineVersion } from "./version";

const VERSION_TIMEOUT_MS = 20_000;

/** True for a file that may be executed. */
export function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Folders on PATH. npm puts `node_modules/.bin` in front, whose `pulumi` is the wrapper that downloads the CLI at first run: that is
 * a way of its own, with a cache that two runs can share, so it doesn't count as an installed CLI.
 */
function folders(env: NodeJS.ProcessEnv): string[] {
  const wrapper = `${sep}${join("node_modules", ".bin")}`;
  return (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "" && !folder.endsWith(wrapper));
}

async function whyNot(command: string, surroundings: Surroundings): Promise<string | Engine> {
  const version = parseEngineVersion(
    await run(command, ["version"], {
      env: { ...surroundings.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      signal: surroundings.signal,
      timeoutMs: VERSION_TIMEOUT_MS,
    }),
  );
  if (version === undefined) return "doesn't print its version";
  if (compare(version, MINIMUM_VERSION) < 0) return `is ${version.version}, older than ${MINIMUM_VERSION}`;
  const places = [dirname(realpathSync(command)), ...folders(surroundings.env)];
  if (!places.some((folder) => executable(join(folder, LANGUAGE_HOST)))) return `comes without ${LANGUAGE_HOST}`;
  return { command, version: version.version };
}

/** The first `pulumi` on PATH that is new enough and has its Node.js language host; else why each one isn't taken. */
export async function engineOnPath(surroundings: Surroundings): Promise<Engine | Attempt> {
  const reasons: string[] = [];
  for (const command of folders(surroundings.env)
    .map((folder) => join(folder, CLI))
    .filter(executable)) {
    try {
      const found = await whyNot(command, surroundings);
      if (typeof found !== "string") return found;
      reasons.push(`${command} ${found}`);
    } catch (error) {
      surroundings.signal.throwIfAborted();
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { way: "pulumi on PATH", reason: reasons.length === 0 ? "there is none" : reasons.join("; ") };
}
