import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compare } from "semver";
import { projectRoot } from "../project-root";
import { CommandFailed, run, type CommandOptions } from "./command";
import { CLI, LANGUAGE_HOST, type Maker } from "./engine";
import { hostScript } from "./host-script";
import { withProgress } from "./progress";
import { parseGoVersion, SOURCE_VERSION } from "./version";

const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

const MODULE = join(projectRoot, "offline", "engine", "build");

/** The Go that the build's go.mod asks for, e.g. "1.25.11". */
export function requiredGo(): string {
  const line = /^go .*$/m.exec(readFileSync(join(MODULE, "go.mod"), "utf8"))?.[0] ?? "";
  const version = parseGoVersion(line);
  if (version === undefined) throw new Error(`${MODULE}/go.mod names no Go version`);
  return version.version;
}

/** Throws what to install when `go` is missing or too old. An old one that may fetch a newer toolchain (GOTOOLCHAIN=auto) does so here. */
async function checkGo(required: string, options: CommandOptions): Promise<void> {
  let said: string;
  try {
    said = await run("go", ["version"], options);
  } catch (error) {
    if (error instanceof CommandFailed && error.missing)
      throw new Error(`Go is not installed (${required} or newer is needed)`, { cause: error });
    throw error;
  }
  const found = parseGoVersion(said);
  if (found === undefined || compare(found, required) < 0) {
    throw new Error(`Go is ${found?.version ?? said.trim()}, ${required} or newer is needed`);
  }
}

/**
 * The CLI built from the Go module proxy with the committed go.mod and go.sum (`engine/build`): the unmodified source of the release,
 * every module checked against its hash. Four minutes on two cores; Go's own build cache makes a second one quick.
 */
export function sourceBuild(): Maker {
  return {
    name: `build of Pulumi ${SOURCE_VERSION} from the Go module proxy`,
    version: SOURCE_VERSION,
    async make(directory, surroundings) {
      const { signal, stderr } = surroundings;
      // A workspace or GOFLAGS of the user must not change what is built.
      const env = { ...surroundings.env, GOWORK: "off", GO111MODULE: "on", GOFLAGS: "" };
      await checkGo(requiredGo(), { env, cwd: MODULE, signal });
      const flags = [
        "-mod=readonly",
        "-trimpath",
        "-buildvcs=false",
        "-ldflags",
        `-s -w -X ${VERSION_VARIABLE}=v${SOURCE_VERSION}`,
      ];
      const title = `Building the Pulumi CLI ${SOURCE_VERSION} (once; about 4 minutes on two cores)`;
      await withProgress(stderr, title, (detail) => {
        let downloaded = 0;
        let compiled = 0;
        return run("go", ["build", "-v", ...flags, "-o", join(directory, CLI), PACKAGE], {
          env,
          cwd: MODULE,
          signal,
          onLine(line) {
            if (line.startsWith("go: downloading")) detail(`${++downloaded} modules downloaded`);
            else detail(`${++compiled} packages compiled`);
          },
        });
      });
      writeFileSync(join(directory, LANGUAGE_HOST), hostScript, { mode: 0o755 });
    },
  };
}
