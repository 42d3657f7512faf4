import assert from "node:assert/strict";
import { BadInput } from "../../../policies/command-line/bad-input";
import { parseOptions } from "../../../policies/reach/options";

function problems(...args: string[]): readonly string[] {
  try {
    parseOptions(args);
  } catch (error) {
    if (error instanceof BadInput) return error.problems.slice(0, -1);
    throw error;
  }
  throw new Error("nothing was wrong");
}

const one = ["--from", "web", "--to", "internet"];

describe("parseOptions", () => {
  it("reads one question; the protocol is tcp where a port is given, else any", () => {
    assert.deepEqual(parseOptions(["-s", "dev", ...one, "--port=443", "--expect", "blocked"]), {
      stack: { name: "dev", world: "either" },
      project: ".",
      question: {
        kind: "one",
        raw: {
          from: "web",
          to: "internet",
          fromIp: undefined,
          toIp: undefined,
          protocol: "tcp",
          srcPort: undefined,
          dstPort: 443,
        },
      },
      json: false,
      expect: "blocked",
    });
    const options = parseOptions(["--state", "f", ...one]);
    assert.ok(options !== "help" && options.question.kind === "one");
    assert.equal(options.question.raw["protocol"], "any");
  });
  it("reads a file of questions, the matrix, and --help above all", () => {
    const many = parseOptions(["--state", "-", "--queries", "q.json", "--json"]);
    assert.deepEqual(many, { state: "-", project: ".", question: { kind: "many", file: "q.json" }, json: true });
    const all = parseOptions(["--plan", "p", "--stack", "dev", "--offline", "-C", "x", "--all"]);
    assert.deepEqual(all, {
      stack: { name: "dev", world: "offline" },
      plan: "p",
      project: "x",
      question: { kind: "all" },
      json: false,
    });
    assert.equal(parseOptions(["--nonsense", "--help"]), "help");
  });
  it("names every problem at once", () => {
    assert.deepEqual(problems("--form", "web", "--port", "--json", "--expect", "open"), [
      "--form: there is no such option. Did you mean --from?",
      "--port: its value is missing",
      "no question: give --from and --to, --queries FILE or --all",
      "no network: give --stack NAME, --state FILE or --plan FILE",
      "--expect: reachable or blocked is wanted, here open.",
    ]);
  });
  it("refuses what contradicts itself", () => {
    assert.deepEqual(problems("--state", "f", ...one, "--all"), [
      "--from and --to, --queries and --all are three kinds of questions: ask one of them",
    ]);
    assert.deepEqual(problems("--state", "f"), ["no question: give --from and --to, --queries FILE or --all"]);
    assert.deepEqual(problems("--state", "f", "--from", "web"), ["--to: it is missing"]);
    assert.deepEqual(problems("--state", "f", "--stack", "dev", "--offline", "--online", ...one), [
      "--state: --stack already names a state; give one of them",
      "--online: --offline already says the opposite",
    ]);
    assert.deepEqual(problems("--state", "f", "--online", "--all", "--expect", "blocked"), [
      "--online: it is about --stack, which is missing",
      "--expect: it is for a question, not for --all",
    ]);
    assert.deepEqual(problems("--state", "-", "--queries", "-"), [
      "--state - and --queries -: standard input can be only one of them",
    ]);
    assert.deepEqual(problems("--state", "a", "--state", "b", "--json=yes", "stray", ...one), [
      "--state: given twice",
      "--json: it takes no value, here yes",
      "stray: no option stands before it",
    ]);
  });
});
