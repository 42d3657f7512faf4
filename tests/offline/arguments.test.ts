import assert from "node:assert/strict";
import { parseArguments } from "../../offline/arguments";

describe("the Pulumi command line", () => {
  for (const [line, expected] of [
    ["up -s dev", { command: "up", stack: "dev" }],
    ["up --stack=organization/dejima/dev", { command: "up", stack: "organization/dejima/dev" }],
    ["-C ../other preview -sdev", { command: "preview", commandIndex: 2, stack: "dev", cwd: "../other" }],
    ["--cwd=/x --color never up", { command: "up", commandIndex: 3, cwd: "/x" }],
    ["stack export -s=dev", { command: "stack", subcommand: "export", stack: "dev" }],
    ["up --config-file=a.yaml", { command: "up", configFile: true }],
    ["preview -h", { command: "preview", help: true }],
    ["config set key -- -s", { command: "config", subcommand: "set", stack: undefined }],
    ["--version", { command: undefined, commandIndex: -1 }],
    ["", { command: undefined }],
  ] as const) {
    it(`reads "${line}"`, () => {
      const parsed = parseArguments(line === "" ? [] : line.split(" "));
      assert.deepEqual({ ...parsed, ...expected }, parsed);
    });
  }
});
