import assert from "node:assert/strict";
import { BadInput } from "../../../policies/command-line/bad-input";
import { parseOptions } from "../../../policies/guard/options";

const problems = (...args: string[]): readonly string[] => {
  try {
    parseOptions(args);
  } catch (error) {
    if (error instanceof BadInput) return error.problems.slice(0, -1);
    throw error;
  }
  throw new Error("nothing was wrong");
};

describe("the guard's options", () => {
  it("are a stack, a format, a target and a configuration", () => {
    assert.deepEqual(parseOptions(["--state", "s.json"]), { state: "s.json", project: ".", format: "text" });
    assert.deepEqual(
      parseOptions(["--plan", "-", "-s", "dev", "--online", "-C", "x", "-f", "sarif", "-o", "f", "--config", "c"]),
      {
        stack: { name: "dev", world: "online" },
        plan: "-",
        project: "x",
        format: "sarif",
        out: "f",
        config: "c",
      },
    );
    assert.equal("out" in (parseOptions(["--state", "s", "--out", "-"]) as object), false);
    assert.equal(parseOptions(["-h", "--nonsense"]), "help");
    assert.equal(parseOptions(["--rules"]), "rules");
  });

  it("are refused all at once, each with what is wrong", () => {
    assert.deepEqual(problems(), ["no stack: give --stack NAME, --state FILE or --plan FILE"]);
    assert.deepEqual(problems("--state", "s", "--format", "sari"), [
      "--format: text, json, sarif, junit is wanted, here sari. Did you mean sarif?",
    ]);
    assert.deepEqual(problems("--stat", "s", "--out"), [
      "--stat: there is no such option. Did you mean --state?",
      "--out: its value is missing",
      "no stack: give --stack NAME, --state FILE or --plan FILE",
    ]);
    assert.deepEqual(problems("--state", "-", "--config", "-"), [
      "--state - and --config -: standard input can be only one of them",
    ]);
    assert.deepEqual(problems("--state", "s", "--stack", "d", "--offline", "--online"), [
      "--state: --stack already names a state; give one of them",
      "--online: --offline already says the opposite",
    ]);
  });
});
