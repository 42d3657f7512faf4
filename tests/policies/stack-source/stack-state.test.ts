import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportStack, type Places, type World } from "../../../policies/stack-source/stack-state";

/** Both CLIs are scripts here that say who they are and how they were called. */
describe("exportStack", () => {
  let folder: string;
  let places: Places;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "dejima-stack-state-"));
    mkdirSync(join(folder, "project"));
    mkdirSync(join(folder, "bin"));
    mkdirSync(join(folder, "home/backend/.pulumi/stacks/mail"), { recursive: true });
    writeFileSync(join(folder, "home/backend/.pulumi/stacks/mail/dev.json"), "{}");
    writeFileSync(join(folder, "project/Pulumi.yaml"), "# a project\nname: mail # of ours\nruntime: nodejs\n");
    writeFileSync(join(folder, "launcher.js"), 'console.log(["embedded", ...process.argv.slice(2)].join(" "))');
    writeFileSync(join(folder, "bin/pulumi"), '#!/bin/sh\necho "real $*"\n');
    chmodSync(join(folder, "bin/pulumi"), 0o755);
    places = {
      project: join(folder, "project"),
      launcher: join(folder, "launcher.js"),
      home: join(folder, "home"),
      env: { PATH: `/app/node_modules/.bin:${join(folder, "bin")}:/usr/bin:/bin` },
    };
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const whose = async (stack: string, world: World, more: Partial<Places> = {}) => {
    const { text, source } = await exportStack(stack, world, { ...places, ...more });
    return [text.trim(), source];
  };
  const words = (stack: string) => `stack export -s ${stack} -C ${join(folder, "project")}`;

  it("asks the embedded AWS when it has the project's stack of that name, however qualified", async () => {
    const embedded = [`embedded ${words("dev")}`, "stack dev of the embedded AWS"];
    assert.deepEqual(await whose("dev", "either"), embedded);
    assert.deepEqual(await whose("dev", "offline"), embedded);
    assert.equal((await whose("organization/mail/dev", "either"))[0], `embedded ${words("organization/mail/dev")}`);
  });
  it("asks the real CLI when it hasn't, when told to, and where the pack stands alone", async () => {
    assert.deepEqual(await whose("prod", "either"), [`real ${words("prod")}`, "stack prod"]);
    assert.deepEqual(await whose("dev", "online"), [`real ${words("dev")}`, "stack dev"]);
    assert.deepEqual(await whose("dev", "either", { launcher: join(folder, "none.js") }), [
      `real ${words("dev")}`,
      "stack dev",
    ]);
  });
  it("doesn't take another project's stack of the same name for it", async () => {
    writeFileSync(join(folder, "project/Pulumi.yaml"), 'name: "other"\n');
    assert.equal((await whose("dev", "either"))[1], "stack dev");
    await assert.rejects(
      whose("dev", "offline"),
      /the embedded AWS has no stack dev\. Make it: npm run offline -- up -s dev/,
    );
  });
  it("finds the embedded AWS by DEJIMA_HOME", async () => {
    writeFileSync(join(folder, "project/Pulumi.yaml"), "name: mail\n");
    const env = { ...places.env, DEJIMA_HOME: join(folder, "elsewhere") };
    assert.equal((await whose("dev", "either", { env }))[1], "stack dev");
    assert.equal(
      (await whose("dev", "either", { home: "/nowhere", env: { ...env, DEJIMA_HOME: places.home } }))[1],
      "stack dev of the embedded AWS",
    );
  });
});
