import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HOST_KEY, renderSshdConfig } from "../../../infra/bastion/sshd-config";

const has = (text: string, line: string) => text.split("\n").includes(line);

describe("sshd_config of the bastions (M12)", () => {
  const text = renderSshdConfig({ forwardPorts: [22, 5432] });

  for (const line of [
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "PermitRootLogin no",
    "AuthenticationMethods publickey",
    "AllowAgentForwarding no",
    "X11Forwarding no",
    "PermitTunnel no",
    "GatewayPorts no",
    "LogLevel VERBOSE",
  ]) {
    it(`says ${line}`, () => {
      assert.ok(has(text, line));
    });
  }

  it("forwards to the ports of the matrix only, and with none to nothing", () => {
    assert.ok(has(text, "PermitOpen *:22 *:5432"));
    assert.ok(has(renderSshdConfig({ forwardPorts: [] }), "PermitOpen none"));
  });

  it("asks for a sign of life before the load balancer forgets the connection", () => {
    const seconds = Number(/^ClientAliveInterval (\d+)$/m.exec(text)?.[1]);
    assert.ok(seconds > 0 && seconds < 1860);
  });

  it("sets nothing twice: sshd takes the first and ignores the rest", () => {
    const keywords = text.split("\n").flatMap((line) => line.split(" ")[0] || []);
    assert.deepEqual(keywords, [...new Set(keywords)]);
  });

  it("is what sshd takes, without a remark", function () {
    if (spawnSync("/usr/sbin/sshd", ["-?"]).error !== undefined) this.skip();
    const directory = mkdtempSync(join(tmpdir(), "dejima-sshd-"));
    try {
      const key = join(directory, "key");
      spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
      writeFileSync(join(directory, "sshd_config"), text.replace(HOST_KEY, key));
      // The package's service makes it.
      if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
      const { status, stdout, stderr } = spawnSync("/usr/sbin/sshd", ["-t", "-f", join(directory, "sshd_config")], {
        encoding: "utf8",
      });
      assert.deepEqual({ status, said: stdout + stderr }, { status: 0, said: "" });
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
