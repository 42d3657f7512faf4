import type { ProgressStream } from "./progress";

/** A Pulumi CLI that can be run. */
export interface Engine {
  /** Path of the executable. Its folder holds (or PATH names) the Node.js language host. */
  command: string;
  /** Without the `v`. */
  version: string;
}

/** One way to find or make an engine, and why it gave none. */
export interface Attempt {
  way: string;
  reason: string;
}

/** What every way to an engine works with. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  /** Aborted when the user gives up; its reason is thrown. */
  signal: AbortSignal;
  /** For progress and notices. */
  stderr: ProgressStream;
}

/** A way that makes an engine: it fills an empty folder with `pulumi` and `pulumi-language-nodejs`, or throws why not. */
export interface Maker {
  /** For the user, e.g. "download by the npm package pulumi 3.265.0". */
  name: string;
  /** Version of what it makes, without the `v`. */
  version: string;
  make(directory: string, surroundings: Surroundings): Promise<void>;
}

/** Names of the two executables of an engine. */
export const CLI = "pulumi";
export const LANGUAGE_HOST = "pulumi-language-nodejs";
