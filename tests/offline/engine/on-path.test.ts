import assert from "node:assert/strict";
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { engineOnPath } from "../../../offline/engine/on-path";
import { fakeExecutable, surroundings } from "./fake-executable";
import { temporaryFolder } from "../../temporary-folder";

describe("a Pulumi CLI on PATH", () => {
  const root = temporaryFolder();
  after(() => {
    rmSync(root, { recursive: true });
  });

  function installed(folder: string, version: string, host = true): string {
    const directory = join(root, folder);
    fakeExecutable(directory, "pulumi", `echo ${version}`);
    if (host) fakeExecutable(directory, "pulumi-language-nodejs", "");
    return directory;
  }

  it("is taken when it is new enough", async () => {
    const folder = installed("new", "v3.249.0");
    assert.deepEqual(await engineOnPath(surroundings([folder])), {
      command: join(folder, "pulumi"),
      version: "3.249.0",
    });
  });

  it("is taken from a later folder when the first is too old", async () => {
    const folders = [installed("old", "v3.248.9"), installed("new", "v3.260.0")];
    assert.deepEqual(await engineOnPath(surroundings(folders)), {
      command: join(root, "new/pulumi"),
      version: "3.260.0",
    });
  });

  it("may be a link to a folder that holds its language host", async () => {
    const target = installed("opt", "v3.260.0");
    const bin = join(root, "bin");
    fakeExecutable(bin, "unrelated", "");
    symlinkSync(join(target, "pulumi"), join(bin, "pulumi"));
    assert.deepEqual(await engineOnPath(surroundings([bin])), { command: join(bin, "pulumi"), version: "3.260.0" });
  });

  it("isn't npm's wrapper in node_modules/.bin, which would download at first run", async () => {
    const folder = installed("project/node_modules/.bin", "v3.260.0");
    assert.deepEqual(await engineOnPath(surroundings([folder])), { way: "pulumi on PATH", reason: "there is none" });
  });

  for (const [what, version, host, reason] of [
    ["too old", "v3.100.0", true, /pulumi is 3\.100\.0, older than 3\.249\.0/],
    ["something else", "hello", true, /doesn't print its version/],
    ["without a language host", "v3.260.0", false, /comes without pulumi-language-nodejs/],
    ["broken", "oops >&2; exit 3", true, /failed \(exit code 3\): oops/],
  ] as const) {
    it(`is refused with the reason when it is ${what}`, async () => {
      const attempt = await engineOnPath(surroundings([installed(`refused-${what}`, version, host)]));
      assert.ok("reason" in attempt);
      assert.match(attempt.reason, reason);
    });
  }
});
