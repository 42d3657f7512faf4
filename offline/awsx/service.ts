import { status } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { serviceError } from "../provider/grpc-errors";
import { answer, unimplemented } from "../provider/service";
import { construct } from "./construct";

/** The version whose behaviour is shown; the same as `@pulumi/awsx` in package.json. */
const VERSION = "3.9.0";

/** The plugin of awsx as far as it is answered here: components only. */
export function awsxService(): IResourceProviderServer {
  let engine = "";
  return {
    handshake: answer(
      () => "handshake",
      (request) => {
        engine = request.getEngineAddress();
        const response = new pb.ProviderHandshakeResponse();
        response.setAcceptSecrets(true);
        response.setAcceptResources(true);
        response.setAcceptOutputs(true);
        return response;
      },
    ),
    attach: answer(
      () => "attach",
      (request) => {
        engine = request.getAddress();
        return new Empty();
      },
    ),
    getPluginInfo: answer(
      () => "getPluginInfo",
      () => {
        const info = new PluginInfo();
        info.setVersion(VERSION);
        return info;
      },
    ),
    checkConfig: answer(
      () => "checking awsx's configuration",
      (request) => {
        const response = new pb.CheckResponse();
        response.setInputs(request.getNews());
        return response;
      },
    ),
    diffConfig: answer(
      () => "comparing awsx's configuration",
      () => new pb.DiffResponse(),
    ),
    configure: answer(
      () => "configuring awsx",
      () => {
        const response = new pb.ConfigureResponse();
        response.setAcceptsecrets(true);
        response.setAcceptresources(true);
        response.setAcceptoutputs(true);
        response.setSupportspreview(true);
        return response;
      },
    ),
    construct: (call, callback) => {
      construct(call.request, engine).then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          const name = `${call.request.getType()} resource '${call.request.getName()}'`;
          callback(
            serviceError(
              status.UNKNOWN,
              `${name} has a problem: ${error instanceof Error ? error.message : String(error)}`,
            ),
          );
        },
      );
    },
    cancel: answer(
      () => "cancel",
      () => new Empty(),
    ),
    getMapping: answer(
      () => "getMapping",
      () => new pb.GetMappingResponse(),
    ),
    getMappings: answer(
      () => "getMappings",
      () => new pb.GetMappingsResponse(),
    ),
    parameterize: unimplemented("Parameterize"),
    getSchema: unimplemented("GetSchema"),
    invoke: unimplemented("Invoke"),
    call: unimplemented("Call"),
    check: unimplemented("Check"),
    diff: unimplemented("Diff"),
    create: unimplemented("Create"),
    read: unimplemented("Read"),
    update: unimplemented("Update"),
    delete: unimplemented("Delete"),
    list: (call) => {
      call.emit("error", serviceError(status.UNIMPLEMENTED, "awsx doesn't implement List"));
    },
  };
}
