import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MINIMUM_VERSION, parseEngineVersion, parseGoVersion, SOURCE_VERSION } from "../../../offline/engine/version";
import { projectRoot } from "../../../offline/project-root";

describe("versions of the tools", () => {
  for (const [output, version] of [
    ["v3.259.0\n", "3.259.0"],
    ["3.259.0", "3.259.0"],
    ["v3.260.0-alpha.x1234\n", "3.260.0-alpha.x1234"],
    ["warning: A new version of Pulumi is available\nv3.249.1\n", "3.249.1"],
    ["command not found", undefined],
    ["", undefined],
  ] as const) {
    it(`reads ${JSON.stringify(output)} of the CLI as ${version ?? "no version"}`, () => {
      assert.equal(parseEngineVersion(output)?.version, version);
    });
  }

  for (const [output, version] of [
    ["go version go1.26.8 linux/amd64", "1.26.8"],
    ["go version go1.27rc1 linux/amd64", "1.27.0"],
    ["go 1.25", "1.25.0"],
    ["go: unknown", undefined],
  ] as const) {
    it(`reads ${JSON.stringify(output)} as ${version ?? "no version"} of Go`, () => {
      assert.equal(parseGoVersion(output)?.version, version);
    });
  }

  it("builds the version that the committed go.mod names, which is new enough", () => {
    const module = readFileSync(join(projectRoot, "offline/engine/build/go.mod"), "utf8");
    assert.equal(/github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(module)?.[1], SOURCE_VERSION);
    assert.equal(parseEngineVersion(SOURCE_VERSION)?.compare(MINIMUM_VERSION), 1);
  });
});
