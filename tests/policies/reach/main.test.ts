import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { asPlan, asState, smallNetwork } from "../small-network";

const root = resolve(__dirname, "../../..");
const built = join(root, "policies/dist/reach/main.js");

/** The command as it is built, run in a folder with the small network in all its spellings. */
describe("npm run reach", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "dejima-reach-"));
    write("list.json", smallNetwork);
    write("state.json", asState());
    write("plan.json", asPlan());
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (name: string, json: unknown) => {
    writeFileSync(join(folder, name), JSON.stringify(json));
  };
  const run = (args: readonly string[], input = "", env: NodeJS.ProcessEnv = {}) => {
    const { npm_lifecycle_event: _, ...inherited } = process.env;
    const done = spawnSync(process.execPath, [built, ...args], {
      cwd: folder,
      input,
      encoding: "utf8",
      env: { ...inherited, DEJIMA_HOME: join(folder, "home"), ...env },
    });
    return { code: done.status, out: done.stdout, err: done.stderr };
  };
  const ask = (from: string, to: string, ...more: string[]) => ["--from", from, "--to", to, ...more];

  it("answers from a list, a state, a plan and standard input alike", () => {
    const question = ask("web", "database", "--port", "5432", "--json");
    const state = run(["--state", "state.json", ...question]);
    assert.deepEqual([state.code, state.err], [0, ""]);
    for (const network of [
      ["--state", "list.json"],
      ["--plan", "plan.json"],
      ["--plan", "list.json"],
    ]) {
      const { code, out } = run([...network, ...question]);
      assert.equal(code, 0);
      const { request, connection } = JSON.parse(out) as Record<string, unknown>;
      assert.deepEqual([request, connection], ["reachable", "reachable"], network.join(" "));
    }
    const piped = run(["--state", "-", ...question], JSON.stringify(asState()));
    assert.equal(piped.out, state.out);
  });
  it("explains to a person, without colours where there is no terminal", () => {
    const { code, out } = run(["--state", "state.json", ...ask("database", "internet", "--port", "443")]);
    assert.equal(code, 0);
    assert.match(out, /^In state\.json:\ndatabase → internet, tcp\/443: blocked\n {3}1 {2}/);
    assert.ok(!out.includes(String.fromCharCode(27)));
  });
  it("answers many questions in their order", () => {
    write("queries.json", [
      { from: "internet", to: "web", protocol: "tcp", dstPort: 443, why: "a note" },
      { from: "internet", to: "i-store", protocol: "tcp", dstPort: 5432 },
      { from: "web", to: "worker", protocol: 6, dstPort: 9000 },
    ]);
    const { code, out } = run(["--state", "list.json", "--queries", "queries.json", "--json"]);
    assert.equal(code, 0);
    const answers = JSON.parse(out) as { request: string; connection: string; path: unknown[]; unknowns?: string[] }[];
    assert.deepEqual(
      answers.map(({ request }) => request),
      ["reachable", "blocked", "undetermined"],
    );
    assert.ok(answers.every(({ path }) => Array.isArray(path)));
    assert.deepEqual(answers[2]?.unknowns, [
      "which machines are meant: web (i-web) → worker-a (i-worker-a) is reachable",
      "which machines are meant: web (i-web) → worker-b (i-worker-b) is blocked",
    ]);
  });
  it("prints the matrix of roles", () => {
    const { code, out } = run(["--state", "list.json", "--all"]);
    assert.equal(code, 0);
    assert.match(out, /^In list\.json:\nfrom .*\ninternet {2}web +tcp\/443\n/);
    const cells = JSON.parse(run(["--state", "list.json", "--all", "--json"]).out) as object[];
    assert.equal(cells.length, 13);
  });
  it("ends with 1 only when --expect isn't met", () => {
    const expecting = (verdict: string, ...question: string[]) =>
      run(["--state", "list.json", ...question, "--expect", verdict]);
    const open = ask("internet", "web", "--port", "443");
    assert.equal(expecting("reachable", ...open).code, 0);
    const missed = expecting("blocked", ...open);
    assert.deepEqual([missed.code, missed.err], [1, "Expected blocked: internet → web, tcp/443 is reachable\n"]);
    assert.equal(expecting("blocked", ...ask("internet", "database")).code, 0);
    assert.equal(expecting("reachable", ...ask("web", "worker", "--port", "9000")).code, 1);
    assert.equal(expecting("blocked", ...ask("web", "worker", "--port", "9000")).code, 1);
  });
  it("ends with 2 on bad input, and says which question and field, what is wrong and what is near", () => {
    write("bad.json", [
      { from: "web", to: "databse", protocol: "tcp", dstPort: 5432 },
      { from: "main", to: "internet", protocol: "udp", dstPort: 53 },
    ]);
    const unknownNames = run(["--state", "list.json", "--queries", "bad.json", "--json"]);
    assert.equal(unknownNames.code, 2);
    assert.equal(unknownNames.out, "");
    assert.match(unknownNames.err, /^queries\[0\]\.to: databse isn't there\. Did you mean database\?\n/);
    assert.match(unknownNames.err, /\nqueries\[1\]\.from: main is no end of traffic but a Vpc/);
    const cases: [string[], RegExp][] = [
      [["--state", "list.json", ...ask("web", "internet", "--port", "x")], /^--port is "x": a port is wanted/],
      [["--state", "list.json", ...ask("wbe", "internet")], /^--from: wbe isn't there\. Did you mean web\?/],
      [["--state", "list.json", ...ask("internet", "internet")], /^--to: both ends are the internet/],
      [["--state", "none.json", "--all"], /^--state: none\.json can't be read: ENOENT/],
      [["--state", "list.json", "--queries", "state.json"], /^--queries: state\.json is no array/],
      [["--state", "plan.json", "--all"], /give it by --plan/],
      [[], /^no question: .*\nno network: /],
    ];
    for (const [args, expected] of cases) {
      const { code, err } = run(args);
      assert.equal(code, 2, args.join(" "));
      assert.match(err, expected);
    }
  });
  it("never prints a secret of the state", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: '"hunter2"' };
    write(
      "secret.json",
      asState(
        smallNetwork.map((each) =>
          each.name === "web" && each.type.endsWith("Instance")
            ? { ...each, props: { ...each.props, privateIp: secret, vpcSecurityGroupIds: [secret], userData: secret } }
            : each,
        ),
      ),
    );
    const { code, out, err } = run(["--state", "secret.json", ...ask("web", "internet", "--port", "443")]);
    assert.deepEqual([code, err], [0, ""]);
    assert.match(out, /undetermined/);
    assert.doesNotMatch(out, /hunter2/);
  });
  it("shows its options and examples with --help", () => {
    const { code, out } = run(["--help"]);
    assert.equal(code, 0);
    assert.match(out, /npm run reach -- --stack dev --from web --to internet --protocol tcp --port 443/);
    for (const line of out.split("\n")) assert.ok(line.length <= 140, line);
  });

  describe("--stack", () => {
    const bin = () => join(folder, "bin");
    before(() => {
      mkdirSync(bin());
      const pulumi = join(bin(), "pulumi");
      writeFileSync(
        pulumi,
        `#!/bin/sh
[ "$1 $2 $3 $4 $5 $6" = "stack export -s prod -C ${folder}" ] && exec cat "${folder}/state.json"
echo "error: no stack named '$4' found" >&2
exit 255
`,
      );
      chmodSync(pulumi, 0o755);
    });
    const question = ask("web", "internet", "--port", "443");
    const real = () => ({ PATH: `${bin()}:/usr/bin:/bin` });

    it("exports the real stack where the embedded AWS has none, and says so", () => {
      const { code, out } = run(["--stack", "prod", ...question], "", real());
      assert.equal(code, 0);
      assert.match(out, /^In stack prod:\nweb → internet, tcp\/443: reachable/);
    });
    it("passes on what the CLI says of a stack that isn't there", () => {
      const { code, err } = run(["--stack", "prd", ...question], "", real());
      assert.equal(code, 2);
      assert.equal(err, "--stack: `pulumi stack export -s prd` failed:\nerror: no stack named 'prd' found\n");
    });
    it("says what to do without a CLI, and without a stack of the embedded AWS", () => {
      const without = run(["--stack", "prod", ...question], "", { PATH: "/nowhere" });
      assert.equal(without.code, 2);
      assert.match(without.err, /^--stack: no pulumi on PATH .*--state FILE\n/);
      const offline = run(["--stack", "prod", "--offline", ...question], "", real());
      assert.equal(offline.code, 2);
      assert.match(offline.err, /npm run offline -- up -s prod\n$/);
    });
  });
});
