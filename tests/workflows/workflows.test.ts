import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly on: unknown;
  readonly defaults: { readonly run: { readonly shell: string } };
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly environment?: unknown; readonly steps: readonly Step[] }>>;
}

const FOLDER = join(__dirname, "../../.github/workflows");
const textOf = (file: string) => readFileSync(join(FOLDER, file), "utf8");
const workflow = (file: string) => parse(textOf(file)) as Workflow;
const stepsOf = (file: string) => Object.values(workflow(file).jobs).flatMap(({ steps }) => steps);

const FILES = readdirSync(FOLDER);

/** What actionlint says of a workflow, with shellcheck for its scripts where that is installed. Building it takes Go. */
function lint(text: string): string {
  const options = { cwd: join(__dirname, "linter"), input: text, encoding: "utf8" as const };
  const { status, stdout, stderr } = spawnSync("go", ["tool", "actionlint", "-no-color", "-oneline", "-"], options);
  assert.ok(status === 0 || status === 1, stderr);
  return stdout;
}

describe("the workflows", () => {
  for (const file of FILES) {
    it(`${file} fails where a command before a pipe does`, () => {
      // GitHub runs this as `bash -eo pipefail`; without it, by default, as `bash -e`.
      assert.equal(workflow(file).defaults.run.shell, "bash");
    });

    it(`${file} takes others' actions by commit`, () => {
      const used = stepsOf(file).flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
      assert.ok(used.length > 0);
      for (const uses of used) assert.match(uses, /^[\w-]+\/[\w-]+(\/[\w-]+)?@[0-9a-f]{40}$/);
    });
  }

  describe("by their linter", function () {
    this.timeout(300_000);
    before(function () {
      if (spawnSync("go", ["version"]).status !== 0) this.skip();
    });

    for (const file of FILES) {
      it(`${file} is sound`, () => {
        assert.equal(lint(textOf(file)), "");
      });
    }

    it("what is wrong would be found", () => {
      const broken = textOf("pull-request.yml").replace("github.event.pull_request.number", "github.evnt.number");
      assert.match(lint(broken), /property "evnt" is not defined/);
    });
  });
});

describe("a pull request's workflow", () => {
  it("works for forks: it reads the code, and has neither secrets nor credentials", () => {
    const { on, permissions } = workflow("pull-request.yml");
    assert.equal(on, "pull_request");
    assert.deepEqual(permissions, { contents: "read", "security-events": "write" });
    assert.doesNotMatch(textOf("pull-request.yml"), /secrets\.|vars\.|aws-actions|pull_request_target/);
  });

  it("previews with the policy pack", () => {
    const { scripts } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    assert.ok(stepsOf("pull-request.yml").some(({ run = "" }) => run.includes("npm run --silent preview")));
    assert.match(scripts["preview"] ?? "", /--policy-pack policies/);
  });
});

describe("a pull request's findings", () => {
  const at = stepsOf("pull-request.yml").findIndex(({ run = "" }) => run.includes("npm run --silent guard"));
  const [judging, upload] = stepsOf("pull-request.yml").slice(at, at + 2);

  it("go to code scanning, when the preview failed too", () => {
    assert.match(upload?.uses ?? "", /^github\/codeql-action\/upload-sarif@/);
    assert.equal(upload?.with?.["sarif_file"], "head/guard.sarif");
    for (const step of [judging, upload]) assert.match(step?.if ?? "", /success\(\) \|\| failure\(\)/);
  });

  it("aren't sent with a fork's token, which may not", () => {
    assert.match(upload?.if ?? "", /head\.repo\.full_name == github\.repository/);
  });

  /** What bash makes of the step when the guard ends with `code`; `npm` is a stand-in. */
  function ends(code: number): number | null {
    const npm = `npm() { if [ "$3" = guard ]; then return ${code}; fi; }`;
    const script = `${npm}\n${judging?.run?.replaceAll("../plan.json", "/dev/null") ?? ""}`;
    return spawnSync("bash", ["-eo", "pipefail", "-c", script]).status;
  }

  it("don't fail their own step; a guard that couldn't judge does", () => {
    assert.deepEqual([0, 1, 2, 3].map(ends), [0, 0, 1, 1]);
  });
});

describe("the workflow that deploys", () => {
  it("takes a role by OIDC in a protected environment, and keeps no secret", () => {
    const { permissions, jobs } = workflow("deploy.yml");
    assert.deepEqual(permissions, { contents: "read", "id-token": "write" });
    for (const { environment } of Object.values(jobs)) assert.equal(typeof environment, "string");
    assert.doesNotMatch(textOf("deploy.yml"), /secrets\./);
  });

  it("deploys with the same policy pack", () => {
    const up = stepsOf("deploy.yml").filter(({ run = "" }) => run.includes("pulumi up"));
    assert.equal(up.length, 1);
    assert.match(up[0]?.run ?? "", /--policy-pack policies/);
  });
});
