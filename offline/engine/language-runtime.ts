import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import type { Children } from "./children";
import { pluginProcess, programProcess, type RuntimeOptions } from "./node-process";
import { programDependencies } from "./program-dependencies";
import { SOURCE_VERSION } from "./version";

/** Exit code by which Pulumi's runner says that it has told the user already (`cmd/run/index.js`). */
const ALREADY_REPORTED = 32;

type Unary<Request, Response> = grpc.handleUnaryCall<Request, Response>;
type Streaming<Request, Response> = grpc.handleServerStreamingCall<Request, Response>;

function optionsOf(info: language.ProgramInfo | undefined): RuntimeOptions {
  return info?.getOptions()?.toJavaScript() ?? {};
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Answers a call from a function that returns the response, or throws. */
function answer<Request, Response>(
  respond: (request: Request) => Response | Promise<Response>,
): Unary<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(respond)
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback({ code: grpc.status.UNKNOWN, details: message(error) });
        },
      );
  };
}

/**
 * Pulumi's `LanguageRuntime` service for Node.js, as far as the engine calls it to run programs and policy packs. What it leaves out
 * (code generation, `pulumi new`, debuggers) the engine hears as UNIMPLEMENTED. It names no required packages: offline every
 * provider is attached, and nothing is to be downloaded.
 */
export function languageRuntime(engineAddress: string, children: Children): Partial<ILanguageRuntimeServer> {
  let engine = engineAddress;

  const handshake = answer((request: language.LanguageHandshakeRequest) => {
    engine = request.getEngineAddress() || engine;
    return new language.LanguageHandshakeResponse();
  });

  const run = answer((request: language.RunRequest) => runProgram(request, engine, children));

  const runPlugin: Streaming<language.RunPluginRequest, language.RunPluginResponse> = (call) => {
    stream(
      call,
      language.RunPluginResponse,
      children,
      () => {
        const { request } = call;
        const { args, cwd, env } = pluginProcess({
          kind: request.getKind(),
          directory: request.getInfo()?.getProgramDirectory() ?? request.getPwd(),
          args: request.getArgsList(),
          env: request.getEnvList(),
          options: optionsOf(request.getInfo()),
        });
        return spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
      },
      (code) => {
        const last = new language.RunPluginResponse();
        last.setExitcode(code);
        call.write(last);
        call.end();
      },
    );
  };

  const installDependencies: Streaming<language.InstallDependenciesRequest, language.InstallDependenciesResponse> = (
    call,
  ) => {
    const cwd = call.request.getInfo()?.getProgramDirectory() ?? call.request.getDirectory();
    stream(
      call,
      language.InstallDependenciesResponse,
      children,
      () => spawn("npm", ["install"], { cwd, stdio: ["ignore", "pipe", "pipe"] }),
      (code) => {
        if (code === 0) call.end();
        else
          call.emit("error", {
            code: grpc.status.UNKNOWN,
            details: `npm install failed in ${cwd} (exit code ${code})`,
          });
      },
    );
  };

  return {
    handshake,
    run,
    runPlugin,
    installDependencies,
    getPluginInfo: answer(() => new plugin.PluginInfo().setVersion(SOURCE_VERSION)),
    getRequiredPackages: answer(() => new language.GetRequiredPackagesResponse()),
    getRequiredPlugins: answer(() => new language.GetRequiredPluginsResponse()),
    about: answer(() => new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    getProgramDependencies: answer((request: language.GetProgramDependenciesRequest) => {
      const directory = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
      const list = programDependencies(directory).map(({ name, version }) =>
        new language.DependencyInfo().setName(name).setVersion(version),
      );
      return new language.GetProgramDependenciesResponse().setDependenciesList(list);
    }),
    cancel: answer(async () => {
      await children.stop();
      return new Empty();
    }),
  };
}

function runProgram(request: language.RunRequest, engine: string, children: Children): Promise<language.RunResponse> {
  const info = request.getInfo();
  const config: Record<string, string> = {};
  request.getConfigMap().forEach((value, key) => {
    config[key] = value;
  });
  const response = new language.RunResponse();
  return new Promise((resolve) => {
    const fail = (error: unknown): void => {
      resolve(response.setError(message(error)));
    };
    try {
      const { args, cwd, env } = programProcess(
        {
          directory: info?.getProgramDirectory() ?? request.getPwd(),
          entryPoint: info?.getEntryPoint() ?? request.getProgram(),
          pwd: request.getPwd(),
          project: request.getProject(),
          stack: request.getStack(),
          organization: request.getOrganization(),
          monitor: request.getMonitorAddress(),
          engine,
          parallel: request.getParallel(),
          dryRun: request.getDryrun(),
          config,
          secretKeys: request.getConfigsecretkeysList(),
          args: request.getArgsList(),
          options: optionsOf(info),
        },
        process.env,
      );
      const child = children.add(spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "inherit", "inherit"] }));
      child.once("error", fail);
      child.once("close", (code, signal) => {
        if (code === ALREADY_REPORTED) response.setBail(true);
        else if (code !== 0) response.setError(`The program ended with ${signal ?? `exit code ${String(code)}`}`);
        resolve(response);
      });
    } catch (error) {
      fail(error);
    }
  });
}

interface OutputMessage {
  setStdout(value: Uint8Array): unknown;
  setStderr(value: Uint8Array): unknown;
}

/** Runs a child whose output goes back over the call; a call that the engine gives up takes its child along. */
function stream<Request, Response extends OutputMessage>(
  call: grpc.ServerWritableStream<Request, Response>,
  Message: new () => Response,
  children: Children,
  start: () => ChildProcessByStdio<null, Readable, Readable>,
  finish: (code: number) => void,
): void {
  const fail = (error: unknown): void => {
    call.emit("error", { code: grpc.status.UNKNOWN, details: message(error) });
  };
  try {
    const child = children.add(start());
    child.stdout.on("data", (data: Buffer) => {
      const part = new Message();
      part.setStdout(data);
      call.write(part);
    });
    child.stderr.on("data", (data: Buffer) => {
      const part = new Message();
      part.setStderr(data);
      call.write(part);
    });
    child.once("error", fail);
    child.once("close", (code) => {
      finish(code ?? 1);
    });
    call.once("cancelled", () => {
      child.kill("SIGTERM");
    });
  } catch (error) {
    fail(error);
  }
}
