import assert from "node:assert/strict";
import { readGolden } from "./golden-folder";
import { resourceGraph } from "./graph";
import { renderedFiles } from "./rendered";

/** Names the files first: a whole graph's difference at once is unreadable. */
function same(actual: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>): void {
  const hint = "`npm run golden` writes what there is now";
  assert.deepEqual([...actual.keys()].sort(), [...expected.keys()].sort(), hint);
  for (const [path, text] of expected) assert.equal(actual.get(path), text, `${path} differs; ${hint}`);
}

describe("golden files", () => {
  it("show every rendered file of a machine", () => {
    same(renderedFiles(), readGolden("rendered"));
  });

  it("show the resource graph of dev, one file a resource", async function () {
    this.timeout(180_000);
    same(await resourceGraph("dev"), readGolden("graph/dev"));
  });
});
