import { readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./command";
import type { Maker } from "./engine";
import { withProgress } from "./progress";

const TIMEOUT_MS = 10 * 60_000;

/**
 * The release, fetched by Pulumi's official npm wrapper (package `pulumi`). The wrapper installs into `$PULUMI_HOME/versions/<version>`
 * at its first run and isn't safe against two first runs or a broken one, so it is pointed at the temporary folder. Without a way to
 * Pulumi's site it fails within a second.
 */
export function npmDownload(wrapper = require.resolve("pulumi/run.js")): Maker {
  const manifest = readFileSync(join(dirname(wrapper), "package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  return {
    name: `download by the npm package pulumi ${version}`,
    version,
    async make(directory, { env, signal, stderr }) {
      const home = join(directory, "home");
      await withProgress(stderr, `Downloading the Pulumi CLI ${version} (once)`, () =>
        run(process.execPath, [wrapper, "version"], {
          env: { ...env, PULUMI_HOME: home, PULUMI_VERSION: version, PULUMI_SKIP_UPDATE_CHECK: "true" },
          signal,
          timeoutMs: TIMEOUT_MS,
        }),
      );
      const binaries = join(home, "versions", version, "bin");
      for (const file of readdirSync(binaries)) renameSync(join(binaries, file), join(directory, file));
      rmSync(home, { recursive: true });
    },
  };
}
