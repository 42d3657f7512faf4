import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sshAccess } from "../../../infra/instances/ssh-access";

const file = (end: string) => sshAccess().files.find(({ path }) => path.endsWith(end))?.content ?? "";

describe("the way from a bastion into a machine (M12)", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dejima-ssh-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("is by a key that EC2 Instance Connect holds, in front of what Debian's sshd_config says", function () {
    if (spawnSync("/usr/sbin/sshd", ["-?"]).error !== undefined) this.skip();
    if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
    const key = join(folder, "key");
    spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
    writeFileSync(join(folder, "drop-in.conf"), file(".conf"));
    // As Debian's begins, and what it would say for itself.
    writeFileSync(join(folder, "sshd_config"), `HostKey ${key}\nInclude ${folder}/*.conf\nX11Forwarding yes\n`);
    const { status, stdout, stderr } = spawnSync("/usr/sbin/sshd", ["-T", "-f", join(folder, "sshd_config")], {
      encoding: "utf8",
    });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
    for (const line of [
      "allowusers admin",
      "authenticationmethods publickey",
      "authorizedkeysfile none",
      "authorizedkeyscommand /usr/local/sbin/dejima-authorized-keys %u",
      "passwordauthentication no",
      "permitrootlogin no",
      "x11forwarding no",
      "allowtcpforwarding no",
    ])
      assert.ok(stdout.split("\n").includes(line), line);
  });

  it("takes the operator's keys of the moment, nobody else's, and nothing that is no key", () => {
    writeFileSync(
      join(folder, "curl"),
      `#!/bin/sh\ncase "$*" in *api/token) echo token ;; *token:\\ token*active-keys/admin) printf 'ssh-ed25519 AAAA me\\nno key\\n' ;; esac\n`,
    );
    chmodSync(join(folder, "curl"), 0o755);
    const keysOf = (user: string) =>
      spawnSync("sh", ["-s", user], {
        input: file("authorized-keys"),
        encoding: "utf8",
        env: { PATH: `${folder}:${process.env["PATH"] ?? ""}` },
      });
    assert.equal(keysOf("admin").stdout, "ssh-ed25519 AAAA me\n");
    assert.equal(keysOf("root").stdout, "");
    writeFileSync(join(folder, "curl"), "#!/bin/sh\nexit 22\n");
    assert.equal(keysOf("admin").stdout, "");
  });
});
