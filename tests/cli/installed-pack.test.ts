import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { oneRule } from "./one-rule";
import { root, Sandbox } from "./sandbox";

const rule = "instance-metadata-v2";

/** The pack as another team has it: packed, and installed into a project that knows nothing of this checkout. */
describe("the policy pack as a package", function () {
  this.timeout(600_000);
  const sandbox = new Sandbox();
  const project = join(sandbox.home, "project");
  const installed = join(project, "node_modules/@dejima/policies");

  before(() => {
    const npm = (cwd: string, ...args: string[]) => execFileSync("npm", args, { cwd, encoding: "utf8", stdio: "pipe" });
    const packed = JSON.parse(npm(root, "pack", "-w", "policies", "--json", "--pack-destination", sandbox.home)) as {
      filename: string;
    }[];
    cpSync(join(root, "tests/cli/programs/installed"), project, { recursive: true });
    writeFileSync(
      join(project, "package.json"),
      JSON.stringify({ name: "installed", private: true, main: "index.cjs" }),
    );
    const file = join(sandbox.home, packed[0]?.filename ?? "");
    npm(project, "install", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts", file);
  });
  after(() => {
    sandbox.dispose();
  });

  function at(fault: boolean): string[] {
    const file = join(sandbox.home, `fault-${fault}.yaml`);
    writeFileSync(file, `config:\n  aws:region: ap-northeast-1\n  installed:fault: "${fault}"\n`);
    return ["-C", project, "-s", "test", "--config-file", file, "--non-interactive"];
  }

  const preview = (fault: boolean) =>
    sandbox.run([
      "preview",
      ...at(fault),
      "--policy-pack",
      "node_modules/@dejima/policies",
      ...oneRule(sandbox.home, rule),
    ]);

  it("has what it needs and nothing else", () => {
    for (const file of ["PulumiPolicy.yaml", "README.md", "LICENSE", "dist/index.js", "dist/guard/main.js"])
      assert.ok(existsSync(join(installed, file)), file);
    for (const file of ["index.ts", "tsconfig.json", "rules", "node_modules/typescript"])
      assert.ok(!existsSync(join(installed, file)), file);
    const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as Record<string, unknown>;
    assert.equal(manifest["devDependencies"], undefined);
    assert.equal(manifest["license"], "Apache-2.0");
  });

  it("passes a sound program under the real CLI", async () => {
    const { code, output } = await preview(false);
    assert.equal(code, 0, output);
    assert.match(output, /dejima/);
    assert.doesNotMatch(output, new RegExp(rule));
  });

  it("refuses a fault under the real CLI, with the fix", async () => {
    const { code, output } = await preview(true);
    assert.notEqual(code, 0, output);
    assert.match(output, new RegExp(`\\[mandatory\\].*${rule}`));
    assert.match(output, /Fix: /);
  });

  it("judges the program's plan by its command, and points at the program's line", async () => {
    const [, config = ""] = oneRule(sandbox.home, rule);
    for (const fault of [false, true]) {
      const plan = join(sandbox.home, "plan.json");
      writeFileSync(plan, (await sandbox.succeed(["preview", ...at(fault), "--json", "--show-sames"])).stdout);
      const folder = join(project, "elsewhere");
      mkdirSync(folder, { recursive: true });
      const guard = join(project, "node_modules/.bin/dejima-guard");
      const { status, stdout } = spawnSync(guard, ["--plan", plan, "--config", config, "-C", ".."], {
        cwd: folder,
        encoding: "utf8",
      });
      assert.equal(status, fault ? 1 : 0, stdout);
      if (fault) assert.match(stdout, /✗ web \(.*\) at \.\.\/index\.cjs:14:\d+\n/);
    }
  });
});
