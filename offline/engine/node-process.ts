import { createRequire } from "node:module";
import { join } from "node:path";

/** How to start one Node.js process for the engine: arguments of `node`, working directory and environment. */
export interface NodeProcess {
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/** Options under `runtime:` in Pulumi.yaml or PulumiPolicy.yaml, as far as they matter here. */
export interface RuntimeOptions {
  /** Default true, as in Pulumi's own host: the runner then registers ts-node. */
  typescript?: boolean;
  /** Path of another tsconfig.json. */
  tsconfig?: string;
  /** Arguments for `node` itself, separated by blanks. */
  nodeargs?: string;
}

/** What the engine says about a program that is to run; names as in `pulumirpc.RunRequest`. */
export interface ProgramRequest {
  directory: string;
  /** `.` or the file or folder of `main:` in Pulumi.yaml. */
  entryPoint: string;
  pwd: string;
  project: string;
  stack: string;
  organization: string;
  monitor: string;
  engine: string;
  parallel: number;
  dryRun: boolean;
  config: Record<string, string>;
  secretKeys: string[];
  args: string[];
  options: RuntimeOptions;
}

/** Said when the SDK can't be resolved from the program's folder. */
export class SdkNotInstalled extends Error {
  constructor(directory: string) {
    super(`@pulumi/pulumi can't be found from ${directory}. Have you run npm install there?`);
  }
}

function runner(name: "run" | "run-plugin" | "run-policy-pack", directory: string): string {
  try {
    return createRequire(join(directory, "package.json")).resolve(`@pulumi/pulumi/cmd/${name}`);
  } catch {
    throw new SdkNotInstalled(directory);
  }
}

function optionsEnvironment(options: RuntimeOptions): NodeJS.ProcessEnv {
  return {
    PULUMI_NODEJS_TYPESCRIPT: String(options.typescript ?? true),
    ...(options.tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
  };
}

function nodeArguments(options: RuntimeOptions): string[] {
  return (options.nodeargs ?? "").split(/\s+/).filter((argument) => argument !== "");
}

/** The program, under the runner of its own SDK. Throws `SdkNotInstalled`. */
export function programProcess(request: ProgramRequest, environment: NodeJS.ProcessEnv): NodeProcess {
  return {
    args: [
      ...nodeArguments(request.options),
      runner("run", request.directory),
      `--monitor=${request.monitor}`,
      `--engine=${request.engine}`,
      `--project=${request.project}`,
      `--stack=${request.stack}`,
      `--pwd=${request.pwd}`,
      `--organization=${request.organization}`,
      `--parallel=${request.parallel}`,
      ...(request.dryRun ? ["--dry-run"] : []),
      request.entryPoint === "" ? "." : request.entryPoint,
      ...request.args,
    ],
    cwd: request.directory,
    env: {
      ...environment,
      ...optionsEnvironment(request.options),
      PULUMI_CONFIG: JSON.stringify(request.config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.secretKeys),
    },
  };
}

/**
 * A plugin written in Node.js, in its own folder. A policy pack is one of kind `analyzer`; its runner takes the engine's address and
 * the pack's folder, whose package.json names the compiled `main`. Throws `SdkNotInstalled`.
 */
export function pluginProcess(request: {
  kind: string;
  directory: string;
  args: string[];
  /** `NAME=value`, in place of the host's own environment; of two with the same name the last counts. */
  env: string[];
  options: RuntimeOptions;
}): NodeProcess {
  const env: NodeJS.ProcessEnv = {};
  for (const pair of request.env) {
    const equals = pair.indexOf("=");
    if (equals > 0) env[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  const file = runner(request.kind === "analyzer" ? "run-policy-pack" : "run-plugin", request.directory);
  return {
    args: [...nodeArguments(request.options), file, ...request.args, request.directory],
    cwd: request.directory,
    env: { ...env, ...optionsEnvironment(request.options) },
  };
}
