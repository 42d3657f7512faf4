import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Log } from "sarif";
import type { JsonReport } from "../../../policies/guard/json-report";

const built = resolve(__dirname, "../../../policies/dist/guard/main.js");

/** A launch template whose metadata answers requests without a session, as a state has it; what else a stack needs isn't there. */
const template = {
  urn: "urn:pulumi:test::small::my:web:Group$aws:ec2/launchTemplate:LaunchTemplate::web",
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  id: "lt-1",
  inputs: { metadataOptions: { httpTokens: "optional" } },
  outputs: { metadataOptions: { httpTokens: "optional" } },
  sourcePosition: "project:///node_modules/my-web/group.ts#3,7",
  stackTrace: [
    { sourcePosition: "project:///node_modules/my-web/group.ts#3,7" },
    {},
    { sourcePosition: "project:///src/web.ts#20,5" },
  ],
};
const good = { ...template, outputs: { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } } };
const onlyMetadata = { all: "disabled", "instance-metadata-v2": "mandatory" };

/** The command as it is built, run in a folder of its own. */
describe("npm run guard", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "dejima-guard-"));
    write("bad.json", { version: 3, deployment: { resources: [template] } });
    write("good.json", { version: 3, deployment: { resources: [good] } });
    write("plan.json", {
      steps: [{ op: "create", urn: template.urn, newState: { ...template, id: "", outputs: {} } }],
    });
    write("config.json", onlyMetadata);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (name: string, json: unknown) => {
    writeFileSync(join(folder, name), JSON.stringify(json));
  };
  const run = (args: readonly string[], input = "") => {
    const { npm_lifecycle_event: _, ...inherited } = process.env;
    const env = { ...inherited, DEJIMA_HOME: join(folder, "home") };
    const done = spawnSync(process.execPath, [built, ...args], { cwd: folder, input, encoding: "utf8", env });
    return { code: done.status, out: done.stdout, err: done.stderr };
  };
  const guard = (state: string, ...more: string[]) => run(["--state", state, "--config", "config.json", ...more]);

  it("ends with 1 on something mandatory, and shows it with the program's line", () => {
    const { code, out, err } = guard("bad.json");
    assert.deepEqual([code, err], [1, ""]);
    assert.match(
      out,
      /^In bad\.json, 1 resource:\n\ninstance-metadata-v2 \(mandatory, \w+\): .*\n {2}✗ web \(.*\) at src\/web\.ts:20:5\n/,
    );
    assert.match(out, /Fix: /);
    assert.ok(!out.includes("\u001b"));
  });

  it("ends with 0 on a stack without findings, and on what is only advisory", () => {
    assert.equal(guard("good.json").code, 0);
    write("advisory.json", { all: "disabled", "instance-metadata-v2": "advisory" });
    const { code, out } = run(["--state", "bad.json", "--config", "advisory.json"]);
    assert.equal(code, 0);
    assert.match(out, /nothing mandatory found, 1 advisory/);
  });

  it("judges a plan and standard input as well", () => {
    assert.equal(run(["--plan", "plan.json", "--config", "config.json"]).code, 1);
    const piped = run(["--state", "-", "--config", "config.json"], readFileSync(join(folder, "bad.json"), "utf8"));
    assert.equal(piped.code, 1);
  });

  it("judges by every rule where no configuration is given", () => {
    const { rules } = JSON.parse(run(["--state", "good.json", "-f", "json"]).out) as JsonReport;
    assert.ok(rules.length > 5);
  });

  it("writes a report into a file, and says on standard output how it ended", () => {
    const { code, out } = guard("bad.json", "--format", "sarif", "--out", "guard.sarif");
    assert.equal(code, 1);
    assert.match(out, /^1 mandatory finding, .* The report: guard\.sarif\n$/);
    const log = JSON.parse(readFileSync(join(folder, "guard.sarif"), "utf8")) as Log;
    const [result] = log.runs[0]?.results ?? [];
    assert.equal(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri, "src/web.ts");
    assert.match(log.runs[0]?.tool.driver.semanticVersion ?? "", /^\d+\.\d+\.\d+/);
  });

  it("tells places by where it runs, when the project lies elsewhere", () => {
    const { rules } = JSON.parse(guard("bad.json", "-f", "json", "-C", "some/project").out) as JsonReport;
    assert.equal(rules[0]?.findings[0]?.place?.file, "some/project/src/web.ts");
  });

  it("replaces a report as a whole, and leaves nothing beside it", () => {
    mkdirSync(join(folder, "reports"));
    writeFileSync(join(folder, "reports/r.xml"), "the one before");
    assert.equal(guard("missing.json", "-f", "junit", "-o", "reports/r.xml").code, 2);
    assert.equal(readFileSync(join(folder, "reports/r.xml"), "utf8"), "the one before");
    guard("bad.json", "-f", "junit", "-o", "reports/r.xml");
    assert.match(readFileSync(join(folder, "reports/r.xml"), "utf8"), /^<\?xml [^]*<\/testsuites>\n$/);
    assert.deepEqual(readdirSync(join(folder, "reports")), ["r.xml"]);
  });

  it("exempts what its configuration exempts", () => {
    const exemptions = [{ resource: "*::web", reason: "old image", owner: "me", expires: "2999-12-31" }];
    write("exempt.json", { all: "disabled", "instance-metadata-v2": { enforcementLevel: "mandatory", exemptions } });
    const { code, out } = run(["--state", "bad.json", "--config", "exempt.json"]);
    assert.equal(code, 0);
    assert.match(out, /exempted until 2999-12-31 by me \("old image"\)/);
  });

  it("ends with 2 on input that is wrong, and says where and what", () => {
    write("typo.json", { "instance-metadata": { exemptions: [] }, "flow-logs": { exemptions: [{ resource: "*" }] } });
    const { code, out, err } = run(["--state", "bad.json", "--config", "typo.json", "--out", "never"]);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(
      err,
      /^--config: typo\.json: instance-metadata: there is no such rule\. Did you mean instance-metadata-v2\?$/m,
    );
    assert.match(err, /^--config: typo\.json: flow-logs\.exemptions\.0\.reason: gives no reason/m);
    assert.equal(existsSync(join(folder, "never")), false);
    writeFileSync(join(folder, "broken.json"), "{");
    assert.match(run(["--state", "bad.json", "--config", "broken.json"]).err, /^--config: broken\.json isn't JSON/);
    assert.match(guard("missing.json").err, /^--state: missing\.json can't be read/);
    assert.match(guard("bad.json", "--out", "no/where.json").err, /^--out: there is no folder no to write/);
    assert.match(guard("bad.json", "--out", "reports").err, /^--out: reports is a folder/);
    assert.equal(run([]).code, 2);
  });

  it("explains itself and the rules", () => {
    const catalogue = readFileSync(resolve(__dirname, "../../../docs/rules.md"), "utf8");
    const titles = (page: string) => page.match(/^## .*/gm);
    assert.deepEqual(titles(run(["--rules"]).out), titles(catalogue));
    const { code, out } = run(["--help"]);
    assert.equal(code, 0);
    for (const word of ["--state", "--plan", "--stack", "--format", "--out", "--config", "Exit codes"])
      assert.ok(out.includes(word), word);
  });
});
