import { defaultCacheDirectory, EngineCache } from "./cache";
import type { Attempt, Engine, Maker, Surroundings } from "./engine";
import { npmDownload } from "./npm-download";
import { engineOnPath } from "./on-path";
import { requiredGo, sourceBuild } from "./source-build";
import { MINIMUM_VERSION } from "./version";

/** No way led to an engine: the message names each one tried, why it failed, and what to install. */
export class NoEngineError extends Error {
  constructor(readonly attempts: readonly Attempt[]) {
    const tried = attempts.map(({ way, reason }, index) => {
      const lines = reason.trim().split("\n");
      return `  ${index + 1}. ${way}: ${lines.join("\n       ")}`;
    });
    super(
      [
        "No Pulumi CLI could be found or made. Tried:",
        ...tried,
        "Install one of these and run the command again:",
        `  - the Pulumi CLI, ${MINIMUM_VERSION} or newer, on PATH: https://www.pulumi.com/docs/install/`,
        `  - Go, ${requiredGo()} or newer, on PATH, for the build: https://go.dev/doc/install`,
      ].join("\n"),
    );
    this.name = "NoEngineError";
  }
}

/**
 * The unmodified Pulumi CLI, in this order: a `pulumi` on PATH that is new enough; one made before; the release, by the npm wrapper;
 * a build from source. Throws `NoEngineError`.
 */
export async function findEngine(
  surroundings: Surroundings,
  cache = new EngineCache(defaultCacheDirectory(surroundings.env)),
  makers: readonly Maker[] = [npmDownload(), sourceBuild()],
): Promise<Engine> {
  const onPath = await engineOnPath(surroundings);
  if ("command" in onPath) return onPath;
  const made = (): Engine | undefined =>
    makers.map((maker) => cache.get(maker.version)).find((engine) => engine !== undefined);

  return (
    made() ??
    cache.locked(surroundings, async () => {
      const before = made(); // By the run that was waited for.
      if (before !== undefined) return before;
      const attempts: Attempt[] = [
        onPath,
        {
          way: `one made before, in ${cache.directory}`,
          reason: `neither ${makers.map((maker) => maker.version).join(" nor ")} is there`,
        },
      ];
      for (const maker of makers) {
        try {
          return await cache.make(maker, surroundings);
        } catch (error) {
          surroundings.signal.throwIfAborted();
          attempts.push({ way: maker.name, reason: error instanceof Error ? error.message : String(error) });
        }
      }
      throw new NoEngineError(attempts);
    })
  );
}
