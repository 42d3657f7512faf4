import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { matrix, tierOf } from "../../../infra/communications";
import { USER_DATA_LIMIT } from "../../../infra/instances/cloud-config";
import { renderedFiles } from "../../golden/rendered";
import { checkScripts, checkUnits, installed } from "./checkers";
import type { UserData } from "./user-data";

const ENDING = ".user-data.yaml";

/** Whatever stands among the golden files as `role.user-data.yaml`, a role's machine in a state of it after a hyphen. */
const USER_DATA = [...renderedFiles()]
  .filter(([name]) => name.endsWith(ENDING))
  .map(([name, text]) => ({ machine: name.slice(0, -ENDING.length), text, data: parse(text) as UserData }));

function schemaCheck(text: string): { status: number | null; output: string } {
  const directory = mkdtempSync(join(tmpdir(), "dejima-user-data-"));
  try {
    const file = join(directory, "user-data.yaml");
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync("cloud-init", ["schema", "--config-file", file], { encoding: "utf8" });
    return { status, output: `${stdout}${stderr}`.trim() };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

describe("the user data of every role", () => {
  it("stands among the golden files: a new role is read and checked here", () => {
    const machines = new Set(
      matrix({ maintenance: true, operators: [] })
        .flatMap(({ from, to }) => [from, to])
        .filter((party) => ["dmz", "proxy"].includes(tierOf(party) ?? "")),
    );
    assert.deepEqual([...new Set(USER_DATA.map(({ machine }) => machine.split("-")[0]))].sort(), [...machines].sort());
  });

  it("would be refused with a setting that cloud-init doesn't know the form of", function () {
    if (!installed("cloud-init")) this.skip();
    assert.notEqual(schemaCheck("#cloud-config\nruncmd: 7\n").status, 0);
  });

  for (const { machine, text, data } of USER_DATA) {
    describe(machine, () => {
      it("is what cloud-init takes, without a remark", function () {
        if (!installed("cloud-init")) this.skip();
        const { status, output } = schemaCheck(text);
        assert.equal(status, 0, output);
        assert.match(output, /^Valid cloud-config: \S+$/);
      });

      it("fits, with room for longer names", () => {
        assert.ok(Buffer.byteLength(text) < USER_DATA_LIMIT - 1024, `${Buffer.byteLength(text)} bytes`);
      });

      it("has scripts that only root may change, and that stop at the first error", () => {
        const scripts = data.write_files.filter(({ content }) => content.startsWith("#!"));
        for (const { path, owner, permissions, content } of scripts) {
          assert.match(`${path} ${owner} ${permissions}`, /^\/usr\/local\/sbin\/\S+ root:root 07[05][05]$/);
          assert.match(content, /^set -eu/m, path);
        }
      });

      it("has scripts without a fault", function () {
        if (!installed("shellcheck")) this.skip();
        assert.ok(checkScripts(data.write_files).length >= 3);
      });

      it("has systemd units without a fault", function () {
        if (!installed("systemd-analyze")) this.skip();
        // The roles' own tests check what belongs to a unit of a package.
        const own = data.write_files.filter(({ path }) => !/\/system\/(?!dejima-)/.test(path));
        const names = checkUnits(own);
        assert.ok(["service", "timer"].every((kind) => names.includes(`dejima-ship-logs.${kind}`)));
      });
    });
  }
});
