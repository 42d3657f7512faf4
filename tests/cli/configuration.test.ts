import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, Sandbox } from "./sandbox";

describe("a wrong configuration, by the real CLI", function () {
  this.timeout(120_000);
  const sandbox = new Sandbox();
  after(() => {
    sandbox.dispose();
  });

  it("is reported at once: every problem, once, without a stack, and nothing is made", async () => {
    const file = join(sandbox.home, "Pulumi.wrong.yaml");
    const dev = readFileSync(join(root, "Pulumi.dev.yaml"), "utf8");
    writeFileSync(file, dev.replace("10.0.0.0/16", "10.0.0.0/33").replace("dejima:delivery:", "dejima:delivry:"));
    const started = Date.now();
    const { code, output } = await sandbox.run(["preview", "-s", "dev", "--config-file", file]);
    const seconds = (Date.now() - started) / 1000;
    assert.notEqual(code, 0);
    assert.match(output, /error: The configuration has 2 problems:\n\s+vpcs\[0\]\.cidrBlock: "10\.0\.0\.0\/33"; /);
    assert.equal(output.split("Did you mean delivery?").length, 2, output);
    assert.doesNotMatch(output, /\n\s+at |node_modules|aws:ec2/);
    // Node.js 20 takes half a minute to colour a stack that has Pulumi's own lines in it.
    assert.ok(seconds < 30, `it took ${seconds} s`);
  });
});
