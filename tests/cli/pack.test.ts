import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { oneRule } from "./one-rule";
import { root, Sandbox } from "./sandbox";

const program = join(root, "tests/cli/programs/stranger");
const pack = join(root, "policies");

describe("the policy pack under the real CLI (M1)", function () {
  this.timeout(300_000);
  const sandbox = new Sandbox();
  after(() => {
    sandbox.dispose();
  });

  /** The stack's configuration lies in the sandbox, so that nothing is written into the checkout. */
  function at(fault: string): string[] {
    const file = join(sandbox.home, `${fault}.yaml`);
    if (!existsSync(file)) writeFileSync(file, `config:\n  aws:region: ap-northeast-1\n  stranger:fault: ${fault}\n`);
    return ["-C", program, "-s", fault, "--config-file", file, "--non-interactive"];
  }

  const preview = (fault: string, previewIds: boolean) =>
    sandbox.run(["preview", ...at(fault), "--policy-pack", pack, ...oneRule(sandbox.home, "db-no-internet-egress")], {
      DEJIMA_PREVIEW_IDS: String(previewIds),
    });

  for (const previewIds of [true, false]) {
    const when = previewIds ? "with ids in the preview" : "on the first preview, ids unknown";

    it(`passes a database tier without a way out, ${when}`, async () => {
      const result = await preview("none", previewIds);
      assert.equal(result.code, 0, result.output);
      assert.doesNotMatch(result.output, /db-no-internet-egress/);
    });

    it(`refuses a route to a NAT gateway and names the path, ${when}`, async () => {
      const result = await preview("nat-route", previewIds);
      assert.notEqual(result.code, 0, result.output);
      assert.match(result.output, /\[mandatory\].*db-no-internet-egress/);
      assert.match(result.output, /10\.0\.64\.0\/24 → route table .* → .*(nat-|main).* → internet/);
      assert.match(result.output, /tcp\/443 to 0\.0\.0\.0\/0/);
    });

    it(`refuses an internet gateway route where addresses are public, ${when}`, async () => {
      const result = await preview("internet-gateway-route", previewIds);
      assert.notEqual(result.code, 0, result.output);
      assert.match(result.output, /\[mandatory\].*db-no-internet-egress/);
    });

    it(`stays calm at a default route into a peering, ${when}`, async () => {
      const result = await preview("peering-route", previewIds);
      assert.equal(result.code, 0, result.output);
      assert.doesNotMatch(result.output, /db-no-internet-egress/);
    });
  }

  it("finds the same in a state file, by `pulumi policy analyze --file`", async () => {
    await sandbox.succeed(["up", ...at("nat-route"), "--yes", "--skip-preview"]);
    const file = join(sandbox.home, "state.json");
    writeFileSync(file, (await sandbox.succeed(["stack", "export", "-C", program, "-s", "nat-route"])).stdout);
    const result = await sandbox.run(["policy", "analyze", "-C", program, "--file", file, "--policy-pack", pack]);
    assert.match(result.output, /db-no-internet-egress/);
    assert.match(result.output, /10\.0\.64\.0\/24 → route table rtb-.* → nat-.* → internet/);
    assert.notEqual(result.code, 0, result.output);
  });
});

describe("a way out planted into the internal tier of dev (M1)", function () {
  this.timeout(300_000);
  const sandbox = new Sandbox();
  after(() => {
    sandbox.dispose();
  });

  const gateways = { "nat-route": "(nat-|NAT gateway )", "internet-gateway-route": "(igw-|internet gateway )" };
  for (const [fault, gateway] of Object.entries(gateways)) {
    for (const previewIds of ["true", "false"]) {
      it(`is refused with its path: ${fault}, preview ids ${previewIds}`, async () => {
        const file = join(sandbox.home, `${fault}.yaml`);
        writeFileSync(file, `${readFileSync(join(root, "Pulumi.dev.yaml"), "utf8")}\n  planted:fault: ${fault}\n`);
        const at = ["-C", join(root, "tests/cli/programs/planted"), "-s", fault, "--config-file", file];
        const result = await sandbox.run(
          ["preview", ...at, "--non-interactive", "--suppress-outputs", "--policy-pack", pack],
          { DEJIMA_PREVIEW_IDS: previewIds },
        );
        assert.notEqual(result.code, 0, result.output);
        assert.match(result.output, /\[mandatory\].*db-no-internet-egress/);
        assert.match(result.output, new RegExp(`10\\.0\\.192\\.0/22 → route table .* → ${gateway}.* → internet`));
      });
    }
  }
});
