import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programDependencies } from "../../../offline/engine/program-dependencies";
import { temporaryFolder } from "../../temporary-folder";

describe("a program's dependencies", () => {
  it("are those of the nearest package.json with the installed versions, wherever they are hoisted to", () => {
    const root = temporaryFolder();
    const manifest = (folder: string, content: unknown): void => {
      mkdirSync(join(root, folder), { recursive: true });
      writeFileSync(join(root, folder, "package.json"), JSON.stringify(content));
    };
    manifest("app", { dependencies: { a: "^1", missing: "*" }, devDependencies: { "@s/b": "*" } });
    manifest("app/node_modules/a", { version: "1.2.3" });
    manifest("node_modules/@s/b", { version: "4.5.6" });
    mkdirSync(join(root, "app/infra"));
    assert.deepEqual(programDependencies(join(root, "app/infra")), [
      { name: "@s/b", version: "4.5.6" },
      { name: "a", version: "1.2.3" },
      { name: "missing", version: "" },
    ]);
    rmSync(root, { recursive: true });
  });
});
