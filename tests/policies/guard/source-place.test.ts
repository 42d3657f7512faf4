import assert from "node:assert/strict";
import { placeText, sourcePlaceOf } from "../../../policies/guard/source-place";

describe("a source position", () => {
  it("is a file by the folder of the command, a line and a column", () => {
    const place = { file: "infra/network/vpc.ts", line: 106, column: 12 };
    assert.deepEqual(sourcePlaceOf("project:///infra/network/vpc.ts#106,12", ""), place);
    assert.deepEqual(sourcePlaceOf("project:///vpc.ts#1,2", "../other"), {
      file: "../other/vpc.ts",
      line: 1,
      column: 2,
    });
    assert.deepEqual(sourcePlaceOf("project:///a%20b.ts#7", "x"), { file: "x/a b.ts", line: 7, column: undefined });
  });

  it("may be of another spelling, which says nothing", () => {
    for (const other of [undefined, "", "plugin:///x.ts#1,1", "project:///x.ts", "project:///x.ts#0,1", "x.ts#1,1"])
      assert.equal(sourcePlaceOf(other, ""), undefined);
    assert.equal(sourcePlaceOf("project:///%zz.ts#1,1", "")?.file, "%zz.ts");
  });

  it("is written as terminals and editors follow it", () => {
    assert.equal(placeText({ file: "a.ts", line: 3, column: 4 }), "a.ts:3:4");
    assert.equal(placeText({ file: "a.ts", line: 3, column: undefined }), "a.ts:3");
  });
});
