import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { SetRootResourceResponse } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { RegisterResourceResponse, SupportsFeatureResponse } from "@pulumi/pulumi/proto/resource_pb";

type Respond = (done: grpc.sendUnaryData<unknown>) => void;

/** The least of an engine that Pulumi's runner needs to start a program: it registers the stack and takes log lines. */
export async function fakeEngine(): Promise<{ address: string; stop: () => void }> {
  const answer =
    (respond: Respond): grpc.UntypedHandleCall =>
    (_call: unknown, done: grpc.sendUnaryData<unknown>) => {
      respond(done);
    };
  const empty = answer((done) => {
    done(null, new Empty());
  });
  const server = new grpc.Server();
  server.addService(EngineService, {
    log: empty,
    setRootResource: answer((done) => {
      done(null, new SetRootResourceResponse());
    }),
  });
  server.addService(ResourceMonitorService, {
    supportsFeature: answer((done) => {
      done(null, new SupportsFeatureResponse());
    }),
    registerResource: answer((done) => {
      done(null, new RegisterResourceResponse().setUrn("urn:pulumi:dev::tiny::pulumi:pulumi:Stack::tiny-dev"));
    }),
    registerResourceOutputs: empty,
    signalAndWaitForShutdown: empty,
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    stop: () => {
      server.forceShutdown();
    },
  };
}
