import assert from "node:assert/strict";
import { basename } from "node:path";
import { checkNames, migrations } from "../../../infra/database/migrations";
import { sha256 } from "../../../infra/instances/artifact";

/** A database that has them compares: once released a migration stays as it is, and a change is a migration of its own. */
const RELEASED = {
  "0001-accounts.sql": "9b5c3f2e95c646499cd4523a32d8cf2dfbc0252813b8b29db400629cc5147c7a",
  "0002-views.sql": "b7621ae0cc474abcadd75dff81564dcda4a3ddb0f5360015be10283dd371a54b",
  "0003-reader.sql": "40d139a4db5864342810eebe8670e5b61aa2ef442e9206f8f30f1f6a0b6afc55",
};

describe("migrations", () => {
  it("stay as they were released, for dejima-migrate refuses a changed one", () => {
    const made = migrations().map(({ path, content }) => [basename(path), sha256(content)]);
    assert.deepEqual(Object.fromEntries(made), RELEASED);
  });

  it("are left to dejima-migrate's transaction", () => {
    for (const { content } of migrations()) {
      assert.doesNotMatch(content, /^\s*(BEGIN|COMMIT|ROLLBACK)\s*;|CONCURRENTLY|^\s*\\/im);
    }
  });

  for (const [what, names] of [
    ["a gap", ["0001-a.sql", "0003-b.sql"]],
    ["a number twice", ["0001-a.sql", "0001-b.sql"]],
    ["another name", ["0001-a.sql", "README.md"]],
    ["a capital letter", ["0001-A.sql"]],
  ] as const) {
    it(`refuse ${what}`, () => {
      assert.throws(
        () => {
          checkNames(names);
        },
        new RegExp(`numbered from 0001 without a gap, and these aren't: .*${names.at(-1) ?? ""}`),
      );
    });
  }
});
