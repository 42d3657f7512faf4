import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { projectRoot } from "../../../offline/project-root";
import { fakeEngine } from "./fake-engine";
import { temporaryFolder } from "../../temporary-folder";

const HOST = ["-r", "ts-node/register/transpile-only", join(projectRoot, "offline/engine/language-host.ts")];

/** Reads the port that the host prints on its first line. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (data: Buffer) => {
      text += data.toString();
      if (text.includes("\n")) resolve(text.split("\n")[0] ?? "");
    });
    child.once("exit", () => {
      reject(new Error("the language host ended"));
    });
  });
}

function unary<Response>(
  call: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}

function alive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 400 && alive(pid); tries++) await pause(10);
  return !alive(pid);
}

async function written(file: string): Promise<string> {
  for (let tries = 0; tries < 1000; tries++) {
    if (existsSync(file) && readFileSync(file, "utf8") !== "") return readFileSync(file, "utf8");
    await pause(10);
  }
  throw new Error(`${file} wasn't written`);
}

describe("the Node.js language host over gRPC", function () {
  this.timeout(30_000);
  let host: ChildProcess;
  let client: LanguageRuntimeClient;
  let engine: Awaited<ReturnType<typeof fakeEngine>>;
  let output = "";
  const root = temporaryFolder();

  before(async () => {
    symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"));
    engine = await fakeEngine();
    host = spawn(process.execPath, [...HOST, engine.address], { cwd: projectRoot, stdio: ["ignore", "pipe", "pipe"] });
    const port = await firstLine(host);
    host.stdout?.on("data", (data: Buffer) => (output += data.toString()));
    host.stderr?.on("data", (data: Buffer) => (output += data.toString()));
    client = new LanguageRuntimeClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  });
  after(() => {
    client.close();
    engine.stop();
    host.kill("SIGKILL");
    rmSync(root, { recursive: true });
  });

  /** A program (or pack) of one JavaScript file in a folder of its own. */
  function folder(name: string, code: string): string {
    const directory = join(root, name);
    mkdirSync(directory);
    writeFileSync(
      join(directory, "package.json"),
      JSON.stringify({ main: "index.js", dependencies: { "@pulumi/pulumi": "*" } }),
    );
    writeFileSync(join(directory, "index.js"), code);
    return directory;
  }

  const info = (directory: string): language.ProgramInfo =>
    new language.ProgramInfo().setRootDirectory(directory).setProgramDirectory(directory).setEntryPoint(".");

  function run(directory: string): Promise<language.RunResponse> {
    const request = new language.RunRequest()
      .setInfo(info(directory))
      .setPwd(directory)
      .setProject("tiny")
      .setStack("dev")
      .setMonitorAddress(engine.address)
      .setConfigsecretkeysList([]);
    request.getConfigMap().set("tiny:greeting", "hello");
    return unary((done) => client.run(request, done));
  }

  interface PluginRun {
    stdout: string;
    stderr: string;
    code: number | undefined;
  }

  function plugin(
    directory: string,
    env: string[] = [],
  ): { call: grpc.ClientReadableStream<language.RunPluginResponse>; done: Promise<PluginRun> } {
    const request = new language.RunPluginRequest()
      .setInfo(info(directory))
      .setKind("analyzer")
      .setArgsList(["127.0.0.1:1"])
      .setEnvList([`PATH=${process.env["PATH"] ?? ""}`, ...env]);
    const call = client.runPlugin(request);
    const result: PluginRun = { stdout: "", stderr: "", code: undefined };
    const done = new Promise<PluginRun>((resolve, reject) => {
      call.on("data", (message: language.RunPluginResponse) => {
        if (message.hasStdout()) result.stdout += Buffer.from(message.getStdout_asU8()).toString();
        else if (message.hasStderr()) result.stderr += Buffer.from(message.getStderr_asU8()).toString();
        else result.code = message.getExitcode();
      });
      call.on("error", reject);
      call.on("end", () => {
        resolve(result);
      });
    });
    return { call, done };
  }

  it("shakes hands and tells its version", async () => {
    const request = new language.LanguageHandshakeRequest().setEngineAddress(engine.address);
    await unary((done) => client.handshake(request, done));
    const version = await unary<PluginInfo>((done) => client.getPluginInfo(new Empty(), done));
    assert.match(version.getVersion(), /^3\.\d+\.\d+$/);
  });

  it("asks for no packages: offline every provider is attached", async () => {
    const request = new language.GetRequiredPackagesRequest().setInfo(info(projectRoot));
    const response = await unary<language.GetRequiredPackagesResponse>((done) =>
      client.getRequiredPackages(request, done),
    );
    assert.deepEqual(response.getPackagesList(), []);
  });

  it("tells Node.js's version and the program's dependencies", async () => {
    const about = await unary<language.AboutResponse>((done) => client.about(new language.AboutRequest(), done));
    assert.deepEqual([about.getExecutable(), about.getVersion()], [process.execPath, process.version]);
    const request = new language.GetProgramDependenciesRequest().setInfo(info(projectRoot));
    const response = await unary<language.GetProgramDependenciesResponse>((done) =>
      client.getProgramDependencies(request, done),
    );
    const sdk = response.getDependenciesList().find((dependency) => dependency.getName() === "@pulumi/pulumi");
    assert.equal(sdk?.getVersion(), "3.245.0");
  });

  it("says UNIMPLEMENTED to what it leaves out", async () => {
    const request = new language.GenerateProjectRequest();
    await assert.rejects(
      unary((done) => client.generateProject(request, done)),
      { code: grpc.status.UNIMPLEMENTED },
    );
  });

  it("runs a program with its configuration and reports success", async () => {
    const file = join(root, "success");
    const directory = folder(
      "succeeds",
      `require("fs").writeFileSync(${JSON.stringify(file)}, new (require("@pulumi/pulumi").Config)("tiny").require("greeting"))`,
    );
    const response = await run(directory);
    assert.deepEqual([response.getError(), response.getBail()], ["", false], output);
    assert.equal(readFileSync(file, "utf8"), "hello");
  });

  it("hands the program's output to the engine", async () => {
    await run(folder("speaks", `console.log("spoken"); process.exit(0)`));
    while (!output.includes("spoken")) await pause(10);
  });

  it("reports a program that fails, with the exit code", async () => {
    const response = await run(folder("fails", "process.exit(7)"));
    assert.deepEqual([response.getError(), response.getBail()], ["The program ended with exit code 7", false]);
  });

  it("reports a program that was killed, with the signal", async () => {
    const response = await run(folder("killed", `process.kill(process.pid, "SIGKILL")`));
    assert.equal(response.getError(), "The program ended with SIGKILL");
  });

  it("adds nothing to an error that Pulumi's runner has reported (exit code 32)", async () => {
    const response = await run(folder("reported", "process.exit(32)"));
    assert.deepEqual([response.getError(), response.getBail()], ["", true]);
  });

  it("says that npm install is due", async () => {
    const bare = temporaryFolder();
    const response = await run(bare);
    assert.equal(response.getError(), `@pulumi/pulumi can't be found from ${bare}. Have you run npm install there?`);
    rmSync(bare, { recursive: true });
  });

  it("runs a policy pack in its folder and passes on its output and exit code", async () => {
    const directory = folder(
      "pack",
      `console.log(process.cwd(), process.env.EXTRA); console.error("no"); process.exit(3)`,
    );
    assert.deepEqual(await plugin(directory, ["EXTRA=given"]).done, {
      stdout: `${directory} given\n`,
      stderr: "no\n",
      code: 3,
    });
  });

  it("ends a policy pack whose call the engine gives up", async () => {
    const file = join(root, "pack-pid");
    const { call, done } = plugin(
      folder(
        "waits",
        `require("fs").writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`,
      ),
    );
    const pid = Number(await written(file));
    call.cancel();
    await assert.rejects(done, { code: grpc.status.CANCELLED });
    assert.ok(await gone(pid), "the pack runs on");
  });

  it("ends the program when the engine cancels", async () => {
    const file = join(root, "program-pid");
    const running = run(
      folder(
        "long",
        `require("fs").writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`,
      ),
    );
    await written(file);
    await unary((done) => client.cancel(new Empty(), done));
    assert.equal((await running).getError(), "The program ended with SIGTERM");
  });

  it("ends with its program when the engine is killed and can't end it", async () => {
    const file = join(root, "orphan-pid");
    const directory = folder(
      "orphan",
      `require("fs").writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`,
    );
    // Stands in for the engine: starts a host and is killed.
    const parent = spawn(
      process.execPath,
      [
        "-e",
        `require("child_process").spawn(process.execPath, ${JSON.stringify([...HOST, engine.address])}, { stdio: "inherit" })`,
      ],
      { cwd: projectRoot, stdio: ["ignore", "pipe", "inherit"] },
    );
    const port = await firstLine(parent);
    const orphanClient = new LanguageRuntimeClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const request = new language.RunRequest()
      .setInfo(info(directory))
      .setPwd(directory)
      .setMonitorAddress(engine.address);
    const lost = assert.rejects(unary((done) => orphanClient.run(request, done)));
    const pid = Number(await written(file));
    parent.kill("SIGKILL");
    assert.ok(await gone(pid), "the program runs on");
    await lost;
    orphanClient.close();
  });
});
