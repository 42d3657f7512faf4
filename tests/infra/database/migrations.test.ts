import assert from "node:assert/strict";
import { checkNames, migrations } from "../../../infra/database/migrations";

describe("migrations", () => {
  it("are numbered, and each is left to dejima-migrate's transaction", () => {
    const all = migrations();
    assert.deepEqual(
      all.map(({ path }) => path.replace(/^\/usr\/local\/share\/dejima\/migrations\//, "")),
      ["0001-accounts.sql", "0002-views.sql", "0003-reader.sql"],
    );
    for (const { content } of all)
      assert.doesNotMatch(content, /^\s*(BEGIN|COMMIT|ROLLBACK)\s*;|CONCURRENTLY|^\s*\\/im);
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
