import assert from "node:assert/strict";
import { parseArguments } from "../../offline/arguments";
import { withoutCode } from "../../offline/import-code";

/** The arguments that the CLI gets, and what the user is told. */
function handedOn(...args: string[]): { args: string[]; told: string[] } {
  const told: string[] = [];
  const handed = withoutCode(args, parseArguments(args), (line) => told.push(line));
  return { args: handed, told };
}

describe("imports on the embedded AWS, which knows no schema to write code from", () => {
  it("are done without code, and the user is told", () => {
    const { args, told } = handedOn("-C", "app", "import", "aws:ec2/vpc:Vpc", "adopted", "vpc-1");
    assert.deepEqual(args, ["-C", "app", "import", "--generate-code=false", "aws:ec2/vpc:Vpc", "adopted", "vpc-1"]);
    assert.equal(told.length, 1);
  });

  it("go on as given when the user says something about code", () => {
    const words = ["import", "--generate-code=false", "aws:ec2/vpc:Vpc", "adopted", "vpc-1"];
    assert.deepEqual(handedOn(...words), { args: words, told: [] });
  });

  it("are told from what only looks like one", () => {
    for (const words of [["up", "--target", "import"], ["stack", "import"], []]) {
      assert.deepEqual(handedOn(...words), { args: words, told: [] });
    }
  });

  it("look for options before `--` only", () => {
    const { args } = handedOn("import", "--", "--generate-code");
    assert.deepEqual(args, ["import", "--generate-code=false", "--", "--generate-code"]);
  });
});
