import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { artifactFetching, artifactKey, sha256 } from "../../../infra/instances/artifact";

const BUCKET = "s3://main-artifacts-1234567/main-relay";

/** Stands for the AWS CLI: `aws s3 cp … s3://bucket/key file` copies from a folder. */
const AWS = `#!/bin/bash
echo "$AWS_DEFAULT_REGION $*" >>"$HOME_OF_FAKE/calls"
[ "$1 $2" = "s3 cp" ] || exit 255
exec cp "$HOME_OF_FAKE/bucket/\${4#s3://*/}" "$5"
`;

describe("artifacts of a machine", () => {
  let home: string;
  const { username, gid } = userInfo();
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "dejima-artifacts-"));
    for (const [name, text] of [
      ["aws", AWS],
      ["sleep", "#!/bin/sh\n"],
    ] as const) {
      mkdirSync(join(home, "bin"), { recursive: true });
      writeFileSync(join(home, "bin", name), text);
      chmodSync(join(home, "bin", name), 0o755);
    }
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  const file = (name: string, content: string, permissions?: string) => ({
    path: join(home, "root", name),
    content,
    owner: `${username}:${gid}`,
    ...(permissions === undefined ? {} : { permissions }),
  });

  function publish(path: string, content: string, key = artifactKey(path, content)): void {
    const place = join(home, "bucket/main-relay", key);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, content);
  }

  function fetchAll(artifacts: ReturnType<typeof file>[]) {
    const { files } = artifactFetching({ region: "ap-northeast-1", source: BUCKET, artifacts });
    return spawnSync("bash", ["-s"], {
      input: files[0]?.content ?? "",
      encoding: "utf8",
      env: { PATH: `${join(home, "bin")}:${process.env["PATH"] ?? ""}`, HOME_OF_FAKE: home },
    });
  }

  it("are fetched from the group's prefix and installed with their rights, directories made", () => {
    const artifacts = [file("etc/main.cf", "α\n"), file("deep/er/script", "#!/bin/sh\n", "0750")];
    for (const { path, content } of artifacts) publish(path, content);
    const { status, stderr } = fetchAll(artifacts);
    assert.equal(status, 0, stderr);
    for (const { path, content } of artifacts) assert.equal(readFileSync(path, "utf8"), content);
    assert.deepEqual(
      artifacts.map(({ path }) => statSync(path).mode & 0o777),
      [0o644, 0o750],
    );
    assert.match(
      readFileSync(join(home, "calls"), "utf8"),
      /^ap-northeast-1 s3 cp .* s3:\/\/main-artifacts-1234567\/main-relay\//,
    );
  });

  it("are not installed when the bucket holds something else than the user data says", () => {
    const told = file("etc/main.cf", "as told");
    publish(told.path, "planted", artifactKey(told.path, told.content));
    const { status, stderr } = fetchAll([told]);
    assert.equal(status, 1);
    assert.match(stderr, /etc\/main.cf can't be fetched from .*, or isn't what this machine was told/);
    assert.equal(existsSync(told.path), false);
  });

  it("a missing one fails the script after ten tries", () => {
    assert.equal(fetchAll([file("etc/main.cf", "nowhere")]).status, 1);
    assert.equal(readFileSync(join(home, "calls"), "utf8").trim().split("\n").length, 10);
  });

  it("none need no script", () => {
    assert.deepEqual(artifactFetching({ region: "r", source: BUCKET, artifacts: [] }), { files: [], commands: [] });
  });

  it("have a key that tells the content from every other", () => {
    assert.equal(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert.equal(artifactKey("/etc/x", "abc"), `${sha256("abc")}/etc/x`);
  });
});
