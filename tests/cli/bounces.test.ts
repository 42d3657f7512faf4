import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { oneRule } from "./one-rule";
import { root, Sandbox } from "./sandbox";

const program = join(root, "tests/cli/programs/bounces");

describe("bounce-notifications under the real CLI (M9)", function () {
  this.timeout(300_000);
  const sandbox = new Sandbox();
  after(() => {
    sandbox.dispose();
  });

  function preview(fault: string, previewIds: boolean, settings: object = {}) {
    const file = join(sandbox.home, `${fault}.yaml`);
    if (!existsSync(file)) writeFileSync(file, `config:\n  aws:region: ap-northeast-1\n  bounces:fault: ${fault}\n`);
    const at = ["-C", program, "-s", fault, "--config-file", file, "--non-interactive"];
    const rule = oneRule(sandbox.home, "bounce-notifications", settings);
    return sandbox.run(["preview", ...at, "--policy-pack", join(root, "policies"), ...rule], {
      DEJIMA_PREVIEW_IDS: String(previewIds),
    });
  }

  for (const previewIds of [true, false]) {
    const when = previewIds ? "with ids in the preview" : "on the first preview, ids unknown";

    it(`passes a sender whose bounces and complaints reach a queue, ${when}`, async () => {
      const result = await preview("none", previewIds);
      assert.equal(result.code, 0, result.output);
      assert.doesNotMatch(result.output, /bounce-notifications|warning:/);
    });

    it(`refuses one whose topic only people read, and names the way, ${when}`, async () => {
      const result = await preview("no-subscription", previewIds);
      assert.notEqual(result.code, 0, result.output);
      assert.match(result.output, /\[mandatory\].*bounce-notifications/);
      for (const event of ["bounces", "complaints"]) {
        const way = `${event} of SES identity example\\.com → configuration set bounces → event destination "bounces" → topic`;
        assert.match(result.output, new RegExp(way));
      }
      assert.match(result.output, /none of its subscribers \(email ops@example\.com\) keeps it/);
      assert.match(result.output, /Fix: subscribe a queue/);
    });
  }

  it("doesn't pass a policy that it can't read yet, and says which; told to defer, it warns", async () => {
    const refused = await preview("policies-from-arns", false);
    assert.notEqual(refused.code, 0, refused.output);
    assert.match(refused.output, /undetermined: .*what topic policy "bounces" says, as it is made from values/);
    const deferred = await preview("policies-from-arns", false, { onUndetermined: "defer" });
    assert.equal(deferred.code, 0, deferred.output);
    assert.match(deferred.output, /what topic policy "bounces" says/);
  });
});
