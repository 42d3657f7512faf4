import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { bastionMachine } from "../../../infra/bastion/bastion-machine";
import { machine } from "../../../infra/instances/base-machine";
import { proxyMachine } from "../../../infra/proxy/proxy-machine";

const base = { region: "ap-northeast-1", partition: "aws", architecture: "arm64", logGroup: "group" } as const;
const bastion = bastionMachine({ region: base.region, hostKeySecretArn: "arn:aws:s", forwardPorts: [22] });

describe("the scripts of the machines", () => {
  for (const [role, part] of Object.entries({ bastion, proxy: proxyMachine("") })) {
    const scripts = machine(base, part).files.filter(({ content }) => content.startsWith("#!"));
    it(`there are some for ${role}, and only root may change them`, () => {
      assert.ok(scripts.length >= 3);
      assert.ok(
        scripts.every(({ permissions = "", owner }) => /^07[05][05]$/.test(permissions) && owner === undefined),
      );
    });
    for (const { path, content } of scripts) {
      it(`${role}: ${path} is sound shell and stops at the first error`, () => {
        const [shebang = ""] = content.split("\n");
        const { status, stderr } = spawnSync(shebang.slice(2), ["-n"], { input: content, encoding: "utf8" });
        assert.equal(status, 0, stderr);
        assert.match(content, /^set -eu/m);
      });
    }
  }
});
