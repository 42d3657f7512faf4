/**
 * The parts of the Node.js SDK's run-time that its own provider server uses for remote components. They are exported by its
 * modules but left out of its typings, hence the shapes here.
 */
import { createRequire } from "node:module";
import { status as grpcStatus } from "@grpc/grpc-js";

import type { Inputs, Resource } from "@pulumi/pulumi";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

interface Settings {
  resetOptions(
    project: string,
    stack: string,
    parallel: number,
    engine: string,
    monitor: string,
    preview: boolean,
    organization: string,
  ): void;
  awaitFeatureSupport(): Promise<void>;
  waitForRPCs(): Promise<void>;
}

interface Rpc {
  serializeResourceProperties(
    label: string,
    props: Inputs,
  ): Promise<[Record<string, JavaScriptValue>, Map<string, Set<Resource>>]>;
}

interface State {
  /** Everything inside, and what it starts, has a run-time of its own: monitor, stack, features. */
  withLocalStorage<Result>(work: () => Promise<Result>): Promise<Result>;
}

interface Config {
  setAllConfig(config: Record<string, string>, secretKeys: string[]): void;
}

interface Server {
  deserializeInputs(
    inputs: Struct,
    dependencies: ReturnType<ConstructRequest["getInputdependenciesMap"]>,
  ): Promise<Inputs>;
}

const load = createRequire(__filename);

export const settings = load("@pulumi/pulumi/runtime/settings") as Settings;
export const rpc = load("@pulumi/pulumi/runtime/rpc") as Rpc;
export const state = load("@pulumi/pulumi/runtime/state") as State;
export const config = load("@pulumi/pulumi/runtime/config") as Config;
export const server = load("@pulumi/pulumi/provider/server") as Server;

const GONE = new Set<number>([grpcStatus.CANCELLED, grpcStatus.UNAVAILABLE]);

/**
 * When an update fails or is stopped, the engine closes its monitor while children are still being registered. The SDK leaves those
 * calls' rejections to nobody, and the engine has reported the cause; anything else stays an error that ends the process.
 */
process.on("unhandledRejection", (reason) => {
  const code = reason instanceof Error && "code" in reason ? reason.code : undefined;
  if (typeof code !== "number" || !GONE.has(code)) throw reason;
});
