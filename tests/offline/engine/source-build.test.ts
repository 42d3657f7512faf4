import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { requiredGo, sourceBuild } from "../../../offline/engine/source-build";
import { executable } from "../../../offline/engine/on-path";
import { fakeExecutable, surroundings } from "./fake-executable";
import { temporaryFolder } from "../../temporary-folder";

describe("the build from the Go module proxy", () => {
  let root: string;
  beforeEach(() => {
    root = temporaryFolder();
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function fakeGo(version: string): string {
    const record = join(root, "record");
    const out = 'while [ $# -gt 0 ]; do [ "$1" = -o ] && touch "$2" && chmod +x "$2"; shift; done';
    return fakeExecutable(
      join(root, "bin"),
      "go",
      `[ "$1" = version ] && echo "go version go${version} linux/amd64" && exit\n` +
        `echo "$(basename "$PWD") GOWORK=$GOWORK $*" > '${record}'\necho example.org/package >&2\n${out}`,
    );
  }

  it("builds read-only from the committed go.mod and puts the language host beside", async () => {
    fakeGo("1.26.8");
    const around = surroundings([join(root, "bin"), "/usr/bin", "/bin"]);
    await sourceBuild().make(root, around);
    assert.equal(
      readFileSync(join(root, "record"), "utf8").trim(),
      "build GOWORK=off build -v -mod=readonly -trimpath -buildvcs=false " +
        "-ldflags -s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.259.0 " +
        `-o ${join(root, "pulumi")} github.com/pulumi/pulumi/pkg/v3/cmd/pulumi`,
    );
    assert.ok(executable(join(root, "pulumi")) && executable(join(root, "pulumi-language-nodejs")));
    assert.match(around.shown(), /Building the Pulumi CLI 3\.259\.0 \(once; about 4 minutes on two cores\)/);
  });

  it("checks Go's version first", async () => {
    fakeGo("1.21.4");
    await assert.rejects(sourceBuild().make(root, surroundings([join(root, "bin"), "/usr/bin", "/bin"])), {
      message: `Go is 1.21.4, ${requiredGo()} or newer is needed`,
    });
  });

  it("says that Go is missing", async () => {
    const around = { ...surroundings([]), env: { PATH: root } };
    await assert.rejects(sourceBuild().make(root, around), {
      message: `Go is not installed (${requiredGo()} or newer is needed)`,
    });
  });
});
