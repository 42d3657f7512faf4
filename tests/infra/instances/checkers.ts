import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { MachineFile } from "../../../infra/instances/cloud-config";

const UNITS = "/etc/systemd/system/";
const SCRIPTS = "/usr/local/sbin/";

/** Whether this machine has all of these programs; a test without its checker skips, visibly. */
export function installed(...programs: readonly string[]): boolean {
  return programs.every((program) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0);
}

/** Every script among the files passes shellcheck without a remark; gives their paths. */
export function checkScripts(files: readonly MachineFile[]): string[] {
  const scripts = files.filter(({ content }) => content.startsWith("#!"));
  for (const { path, content } of scripts) {
    const { status, stdout } = spawnSync("shellcheck", ["-"], { input: content, encoding: "utf8" });
    assert.equal(status, 0, `${path}: ${stdout}`);
  }
  return scripts.map(({ path }) => path);
}

/**
 * Every systemd unit among the files, and every drop-in of an installed one, passes systemd's own check without a remark; gives the
 * units' names. The scripts they start lie in another place than on a machine.
 */
export function checkUnits(files: readonly MachineFile[]): string[] {
  const directory = mkdtempSync(join(tmpdir(), "dejima-units-"));
  try {
    for (const { path, content } of files.filter((file) => file.path.startsWith(UNITS) || isScript(file))) {
      const place = isScript({ path, content }) ? basename(path) : path.slice(UNITS.length);
      const file = join(directory, place);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content.replaceAll(SCRIPTS, `${directory}/`));
      chmodSync(file, isScript({ path, content }) ? 0o755 : 0o644);
    }
    const names = new Set(
      files
        .filter(({ path }) => path.startsWith(UNITS))
        .map(({ path }) => (path.slice(UNITS.length).split("/")[0] ?? "").replace(/\.d$/, "")),
    );
    // The colon at the end: installed units are found too.
    const env = { ...process.env, SYSTEMD_UNIT_PATH: `${directory}:` };
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...names], {
      env,
      encoding: "utf8",
    });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
    return [...names].sort();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function isScript({ path, content }: MachineFile): boolean {
  return path.startsWith(SCRIPTS) && content.startsWith("#!");
}
