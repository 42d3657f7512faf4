import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hostScript } from "../../../offline/engine/host-script";
import { temporaryFolder } from "../../temporary-folder";

describe("the script beside a CLI that was built from source", () => {
  const root = temporaryFolder();
  const script = join(root, "pulumi-language-nodejs");
  writeFileSync(script, hostScript, { mode: 0o755 });
  after(() => {
    rmSync(root, { recursive: true });
  });

  it("becomes the host that the launcher names, with the engine's arguments", () => {
    const host = join(root, "host with blank.js");
    writeFileSync(host, "console.log(JSON.stringify([process.argv.slice(2), process.ppid]))");
    const env = { DEJIMA_NODE: process.execPath, DEJIMA_LANGUAGE_HOST: host };
    const { stdout } = spawnSync(script, ["-v=3", "127.0.0.1:1"], { env, encoding: "utf8" });
    assert.deepEqual(
      JSON.parse(stdout),
      [["-v=3", "127.0.0.1:1"], process.pid],
      "it must exec: the host watches its parent",
    );
  });

  it("says how to run it when it is started without the launcher", () => {
    const { status, stderr } = spawnSync(script, ["127.0.0.1:1"], { env: {}, encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stderr, /npm run offline -- <command>/);
  });
});
