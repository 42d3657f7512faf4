import { Server, ServerCredentials } from "@grpc/grpc-js";
import { type IResourceProviderServer, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";

import { awsxService } from "./awsx/service";
import { Invokes } from "./invokes";
import { Core } from "./provider/core";
import { EngineLog } from "./provider/engine-log";
import type { FaultSpec } from "./provider/faults";
import { Instances } from "./provider/instances";
import { providerService } from "./provider/service";

export interface ProviderOptions {
  /** Where the worlds lie: `<worldDirectory>/<project>/<stack>.json`. */
  worldDirectory: string;
  /** Whether previews know ids and computed outputs; `false` shows what the real provider would show. */
  previewIds: boolean;
  faults: readonly FaultSpec[];
  log: (line: string) => void;
}

/** Ports on 127.0.0.1, for `PULUMI_DEBUG_PROVIDERS=aws:<aws>,awsx:<awsx>`. */
export interface Providers {
  aws: number;
  awsx: number;
  stop(): Promise<void>;
}

interface Listening {
  port: number;
  server: Server;
}

/** The engine sends whole states in one message, so there is no limit on their size. */
const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

async function listen(service: IResourceProviderServer): Promise<Listening> {
  const server = new Server(UNLIMITED);
  server.addService(ResourceProviderService, { ...service });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return { port, server };
}

/** Starts the embedded AWS and the awsx stand-in in this process. @throws Error when no port can be had. */
export async function startProviders(options: ProviderOptions): Promise<Providers> {
  const engineLog = new EngineLog(options.log);
  const setEngine = (address: string): void => {
    engineLog.setEngine(address);
  };
  const core = new Core({
    ...options,
    notice: (urn, text) => {
      engineLog.warn(urn, text);
    },
  });
  const aws = await listen(providerService(core, new Instances(), new Invokes(core), setEngine));
  const awsx = await listen(awsxService());
  return {
    aws: aws.port,
    awsx: awsx.port,
    stop: async () => {
      engineLog.close();
      for (const { server } of [aws, awsx]) server.forceShutdown();
      await core.settled();
    },
  };
}
