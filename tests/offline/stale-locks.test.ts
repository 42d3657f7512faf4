import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { homeOf } from "../../offline/home";
import { removeStaleLocks } from "../../offline/stale-locks";
import { temporaryFolder } from "../temporary-folder";

describe("locks of the state", () => {
  it("are removed when a killed process of this machine left them, and only then", () => {
    const home = homeOf({ DEJIMA_HOME: temporaryFolder("locks") });
    const folder = join(home.backend, ".pulumi/locks/organization/dejima/dev");
    mkdirSync(folder, { recursive: true });
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    const locks = {
      dead: { pid: dead, hostname: hostname() },
      running: { pid: process.pid, hostname: hostname() },
      elsewhere: { pid: dead, hostname: "another" },
    };
    for (const [name, lock] of Object.entries(locks)) writeFileSync(join(folder, `${name}.json`), JSON.stringify(lock));
    writeFileSync(join(folder, "broken.json"), "{");
    const lines: string[] = [];
    const program = { name: "dejima", directory: "/", configDirectory: "/" };
    removeStaleLocks(home, program, "dev", (line) => lines.push(line));
    assert.deepEqual(readdirSync(folder).sort(), ["broken.json", "elsewhere.json", "running.json"]);
    assert.deepEqual(lines, [`Removed the lock of a Pulumi process that was killed (${dead}).`]);
    removeStaleLocks(home, program, "never-locked", () => {
      assert.fail("there is nothing to say");
    });
    rmSync(home.directory, { recursive: true });
  });
});
