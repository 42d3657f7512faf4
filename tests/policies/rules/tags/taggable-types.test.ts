import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { TAGGABLE } from "../../../../policies/rules/tags/taggable-types";

/** Every type whose typings have `tagsAll`. */
function taggableByTypings(): string[] {
  const root = dirname(require.resolve("@pulumi/aws/package.json"));
  const modules = readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory());
  return modules.flatMap((module) =>
    readdirSync(join(root, module))
      .filter((file) => file.endsWith(".d.ts"))
      .filter((file) => readFileSync(join(root, module, file), "utf8").includes("readonly tagsAll:"))
      .flatMap((file) => {
        const code = readFileSync(join(root, module, file.replace(/\.d\.ts$/, ".js")), "utf8");
        return /__pulumiType = '([^']+)'/.exec(code)?.[1] ?? [];
      }),
  );
}

describe("types that can be tagged", () => {
  it("are those of the typings, and Auto Scaling groups", () => {
    const expected = ["aws:autoscaling/group:Group", ...taggableByTypings()];
    assert.ok(expected.length > 500);
    assert.deepEqual([...TAGGABLE].sort(), expected.sort());
  }).timeout(120_000);
});
