/**
 * `pulumi-language-nodejs` for a Pulumi CLI that was built from source: Pulumi ships its own host with a release, but publishes it in
 * no registry. Started by the engine with its address as the last argument; prints the port it listens on, as every Pulumi plugin does.
 */
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { Children } from "./children";
import { languageRuntime } from "./language-runtime";

const PARENT_CHECK_MS = 500;
/** The engine lifts the limit too: states and configurations pass 4 MB. */
const MOST_BYTES = 400 * 1024 * 1024;

const engineAddress = process.argv.at(-1) ?? "";
const children = new Children();
const server = new grpc.Server({
  "grpc.max_receive_message_length": MOST_BYTES,
  "grpc.max_send_message_length": MOST_BYTES,
});

let stopping = false;
function stop(code: number): void {
  if (stopping) return;
  stopping = true;
  void children.stop().finally(() => {
    server.forceShutdown();
    process.exit(code);
  });
}

// The engine ends its plugins by SIGINT to their process group, and by SIGKILL five seconds later.
process.on("SIGINT", () => {
  stop(0);
});
process.on("SIGTERM", () => {
  stop(0);
});
// An engine that was killed can't end anything: notice that the parent is gone, or the program would run on.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) stop(1);
}, PARENT_CHECK_MS).unref();

server.addService(
  LanguageRuntimeService,
  languageRuntime(engineAddress, children) as grpc.UntypedServiceImplementation,
);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    console.error(`The Node.js language host can't listen on 127.0.0.1: ${error.message}`);
    process.exit(1);
  }
  console.log(port);
});
