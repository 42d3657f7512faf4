import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installed } from "../infra/instances/checkers";
import { renderedFiles } from "./rendered";

describe("the user data of every machine", () => {
  let directory: string;
  before(function () {
    if (!installed("cloud-init")) this.skip();
    directory = mkdtempSync(join(tmpdir(), "dejima-user-data-"));
  });
  after(() => {
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  function check(text: string): { status: number | null; output: string } {
    const file = join(directory, "user-data.yaml");
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync("cloud-init", ["schema", "--config-file", file], { encoding: "utf8" });
    return { status, output: `${stdout}${stderr}`.trim() };
  }

  const all = [...renderedFiles()].filter(([name]) => name.endsWith(".user-data.yaml"));

  it("is here for more than one role", () => {
    assert.ok(all.length > 1);
  });

  for (const [name, text] of all) {
    it(`${name} is as cloud-init wants it, without a remark`, () => {
      const { status, output } = check(text);
      assert.equal(status, 0, output);
      assert.match(output, /^Valid cloud-config: \S+$/);
    });
  }

  it("is refused with a setting that cloud-init doesn't know the form of", () => {
    assert.notEqual(check("#cloud-config\nruncmd: 7\n").status, 0);
  });
});
