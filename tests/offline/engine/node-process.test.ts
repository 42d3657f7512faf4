import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  pluginProcess,
  programProcess,
  SdkNotInstalled,
  type ProgramRequest,
} from "../../../offline/engine/node-process";
import { projectRoot } from "../../../offline/project-root";
import { temporaryFolder } from "../../temporary-folder";

const runner = (name: string): string => join(projectRoot, "node_modules/@pulumi/pulumi/cmd", name, "index.js");

const request: ProgramRequest = {
  directory: projectRoot,
  entryPoint: "infra/",
  pwd: projectRoot,
  project: "dejima",
  stack: "dev",
  organization: "organization",
  monitor: "127.0.0.1:1",
  engine: "127.0.0.1:2",
  parallel: 8,
  dryRun: true,
  config: { "aws:region": "ap-northeast-1" },
  secretKeys: ["dejima:key"],
  args: ["extra"],
  options: {},
};

describe("the Node.js processes of the language host", () => {
  it("run a program under its own SDK's runner", () => {
    const { args, cwd, env } = programProcess(request, { HOME: "/home/a" });
    assert.deepEqual(args, [
      runner("run"),
      "--monitor=127.0.0.1:1",
      "--engine=127.0.0.1:2",
      "--project=dejima",
      "--stack=dev",
      `--pwd=${projectRoot}`,
      "--organization=organization",
      "--parallel=8",
      "--dry-run",
      "infra/",
      "extra",
    ]);
    assert.equal(cwd, projectRoot);
    assert.deepEqual(env, {
      HOME: "/home/a",
      PULUMI_NODEJS_TYPESCRIPT: "true",
      PULUMI_CONFIG: `{"aws:region":"ap-northeast-1"}`,
      PULUMI_CONFIG_SECRET_KEYS: `["dejima:key"]`,
    });
  });

  it("follow the runtime options of Pulumi.yaml", () => {
    const options = {
      typescript: false,
      tsconfig: "tsconfig.pulumi.json",
      nodeargs: "--enable-source-maps --trace-warnings",
    };
    const { args, env } = programProcess({ ...request, dryRun: false, options }, {});
    assert.deepEqual(args.slice(0, 3), ["--enable-source-maps", "--trace-warnings", runner("run")]);
    assert.ok(!args.includes("--dry-run"));
    assert.equal(env["PULUMI_NODEJS_TYPESCRIPT"], "false");
    assert.equal(env["PULUMI_NODEJS_TSCONFIG_PATH"], "tsconfig.pulumi.json");
  });

  it("run a policy pack in its folder, with the environment of the call alone", () => {
    const directory = join(projectRoot, "policies");
    const { args, cwd, env } = pluginProcess({
      kind: "analyzer",
      directory,
      args: ["127.0.0.1:2"],
      env: ["A=1", "A=2", "B=x=y", "=odd"],
      options: {},
    });
    assert.deepEqual(args, [runner("run-policy-pack"), "127.0.0.1:2", directory]);
    assert.equal(cwd, directory);
    assert.deepEqual(env, { A: "2", B: "x=y", PULUMI_NODEJS_TYPESCRIPT: "true" });
  });

  it("run any other plugin under the plugin runner", () => {
    const { args } = pluginProcess({ kind: "resource", directory: projectRoot, args: [], env: [], options: {} });
    assert.deepEqual(args, [runner("run-plugin"), projectRoot]);
  });

  it("say where npm install is due when the SDK isn't found", () => {
    const directory = temporaryFolder();
    assert.throws(() => programProcess({ ...request, directory }, {}), SdkNotInstalled);
    rmSync(directory, { recursive: true });
  });
});
