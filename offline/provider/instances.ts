import type { Props } from "../model";
import { ConfigurationError } from "./configuration-error";
import type { Settings } from "./core";
import { isRegionName } from "./place";
import { isRecord } from "./wire";

/**
 * Provider instances (one per Region, and the default ones) all dial the same server; each keeps one connection, so the peer's
 * address tells them apart.
 */
export class Instances {
  private readonly byPeer = new Map<string, Settings>();

  configure(peer: string, settings: Settings): void {
    this.byPeer.set(peer, settings);
  }

  /** @throws Error when the connection was never configured and it can't be told which instance it belongs to. */
  of(peer: string): Settings {
    const own = this.byPeer.get(peer);
    if (own !== undefined) return own;
    // A connection that was lost and dialled again: without doubt only while all instances are alike.
    const distinct = new Map([...this.byPeer.values()].map((settings) => [JSON.stringify(settings), settings]));
    const [only] = distinct.values();
    if (only !== undefined && distinct.size === 1) return only;
    throw new Error("This provider instance has not been configured");
  }
}

/** Nested configuration arrives as JSON text. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/**
 * Reads a provider's configuration; without a region there, `AWS_REGION` and `AWS_DEFAULT_REGION` count, as for the real one.
 * @throws ConfigurationError with the remedy when there is no region or it isn't one.
 */
export function settingsFrom(args: Props, environment: NodeJS.ProcessEnv): Settings {
  const region = args["region"] ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"];
  if (typeof region !== "string" || region === "") {
    throw new ConfigurationError(
      "Missing region configuration: set your AWS region, e.g. `pulumi config set aws:region us-west-2`.",
    );
  }
  if (!isRegionName(region)) throw new ConfigurationError(`Invalid AWS Region: ${region}`);
  const defaultTags = parsed(args["defaultTags"]);
  const tags = isRecord(defaultTags) ? defaultTags["tags"] : undefined;
  return { region, defaultTags: isRecord(tags) ? tags : {} };
}
