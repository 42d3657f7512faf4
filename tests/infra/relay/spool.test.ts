import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { relayMachine } from "../../../infra/relay/relay-machine";
import { RELAY } from "./relay-args";
import { RelayWorld, whyNot } from "./relay-world";

const SPOOL = "/usr/local/sbin/dejima-spool";

/** The volume is held by another machine for two looks, then free. */
const AWS = `echo "$2 $*" >>/run/fake/calls
case $2 in
  describe-volumes)
    if [ -e /run/fake/attached ]; then printf 'vol-0a\\tin-use\\ti-1\\n'
    elif [ "$(grep -c ^describe /run/fake/calls)" -le 2 ]; then printf 'vol-0a\\tin-use\\ti-0\\n'
    else printf 'vol-0a\\tavailable\\tNone\\n'
    fi ;;
  attach-volume) touch /run/fake/attached ;;
esac`;

describe("the mail queue's volume", function () {
  this.timeout(60_000);
  const world = new RelayWorld();
  const disk = join(world.folder, "disk");
  let loop = "";

  before(async function () {
    const free = spawnSync("losetup", ["-f"], { encoding: "utf8" });
    if (whyNot() !== undefined || free.status !== 0) return this.skip();
    await world.open(relayMachine(RELAY).artifacts);
    world.run(["umount", "/var/spool/postfix"]);
    world.run(["mount", "--bind", "/var/lib/postfix", "/var/spool"]);
    world.run(["mkdir", "/var/spool/postfix"]);
    world.run(["sh", "-c", "mkdir -p /dev/disk && mount -t tmpfs tmpfs /dev/disk && mkdir /dev/disk/by-id /run/fake"]);
    world.fake("cloud-init", "case $2 in instance_id) echo i-1 ;; *) echo ap-northeast-1c ;; esac");
    world.fake("sleep", "exec /bin/sleep 0.1");
    world.fake("aws", AWS);
  });

  afterEach(() => {
    if (loop === "") return;
    world.run(["umount", "/var/spool/postfix"], { mayFail: true });
    spawnSync("losetup", ["-d", loop]);
    loop = "";
  });

  after(() => {
    world.stop();
  });

  /** A disk of 64 MiB, unless it is there already. */
  function plugIn(content?: string): void {
    if (content !== undefined) {
      writeFileSync(disk, content);
      truncateSync(disk, 64 * 1024 * 1024);
    }
    loop = spawnSync("losetup", ["-f", "--show", disk], { encoding: "utf8" }).stdout.trim();
    world.run(["ln", "-sfn", loop, "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0a"]);
  }

  it("waits for the machine before it, takes the volume, and makes the queue on it", () => {
    plugIn("");
    const said = world.run([SPOOL]);
    assert.match(said, /waiting for the spool: vol-0a\s+in-use\s+i-0/);
    const calls = world.run(["cat", "/run/fake/calls"]).trim().split("\n");
    assert.deepEqual(
      calls.map((call) => call.split(" ")[0]),
      ["describe-volumes", "describe-volumes", "describe-volumes", "attach-volume", "describe-volumes"],
    );
    assert.match(
      calls[0] ?? "",
      /Name=tag:Spool,Values=dejima-test-main-relay Name=availability-zone,Values=ap-northeast-1c$/,
    );
    assert.match(calls[3] ?? "", /--volume-id vol-0a --instance-id i-1 --device \/dev\/xvdf$/);
    assert.match(world.run(["findmnt", "-no", "FSTYPE,OPTIONS", "/var/spool/postfix"]), /^ext4\s+.*nosuid.*noatime/);
    const owners = world.run(["stat", "-c", "%n %U:%G %a", ...["active", "maildrop", "public", "pid"].map(inQueue)]);
    assert.deepEqual(owners.trim().split("\n"), [
      "/var/spool/postfix/active postfix:root 700",
      "/var/spool/postfix/maildrop postfix:postdrop 730",
      "/var/spool/postfix/public postfix:postdrop 710",
      "/var/spool/postfix/pid root:root 755",
    ]);
    assert.equal(world.run(["postfix", "check"]), "");
    world.run(["sh", "-c", "echo mail >/var/spool/postfix/deferred/A; chown 4242 /var/spool/postfix/deferred/A"]);
  });

  it("finds the queue as it was left, and makes it its own", () => {
    plugIn();
    world.run([SPOOL]);
    assert.equal(world.run(["cat", inQueue("deferred/A")]), "mail\n");
    assert.equal(world.run(["stat", "-c", "%U", inQueue("deferred/A")]), "postfix\n");
    world.run([SPOOL]);
  });

  it("takes a queue that was in use since it was last checked, and one whose volume has grown", () => {
    for (const mebibytes of [64, 96]) {
      truncateSync(disk, mebibytes * 1024 * 1024);
      const used = spawnSync("debugfs", ["-w", "-R", "set_super_value mtime 20400101000000", disk], {
        encoding: "utf8",
      });
      assert.equal(used.status, 0, used.stderr);
      plugIn();
      world.run([SPOOL]);
      const size = Number(world.run(["findmnt", "-bno", "SIZE", "/var/spool/postfix"]));
      assert.ok(size > (mebibytes - 16) * 1024 * 1024, String(size));
      world.run(["umount", "/var/spool/postfix"]);
      spawnSync("losetup", ["-d", loop]);
      loop = "";
    }
  });

  it("writes on no volume that holds something else, and doesn't let Postfix start", () => {
    plugIn("precious");
    assert.throws(() => world.run([SPOOL]), /Bad magic number|superblock/);
    assert.equal(world.run(["head", "-c", "8", loop]), "precious");
  });
});

function inQueue(name: string): string {
  return `/var/spool/postfix/${name}`;
}
