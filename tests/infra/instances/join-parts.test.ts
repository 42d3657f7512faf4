import assert from "node:assert/strict";
import { joinParts } from "../../../infra/instances/join-parts";

const empty = { packages: [], files: [], commands: [] };

describe("joinParts", () => {
  it("keeps the parts' order, and names a package and a file that several need once", () => {
    const shared = { path: "/etc/shared", content: "same" };
    assert.deepEqual(
      joinParts(
        { packages: ["a", "b"], files: [shared], artifacts: [{ path: "/big", content: "1" }], commands: [["one"]] },
        { packages: ["b", "c"], files: [{ path: "/own", content: "" }, { ...shared }], commands: [["two"], ["one"]] },
        { ...empty, earlyCommands: [["early"]] },
      ),
      {
        packages: ["a", "b", "c"],
        files: [shared, { path: "/own", content: "" }],
        artifacts: [{ path: "/big", content: "1" }],
        earlyCommands: [["early"]],
        commands: [["one"], ["two"], ["one"]],
      },
    );
  });

  it("refuses two parts that disagree about a file, wherever it comes from", () => {
    const one = { ...empty, files: [{ path: "/etc/x", content: "1" }] };
    const message = "two parts of a machine write /etc/x, each something else";
    assert.throws(() => joinParts(one, { ...empty, files: [{ path: "/etc/x", content: "2" }] }), { message });
    assert.throws(() => joinParts(one, { ...empty, artifacts: [{ path: "/etc/x", content: "2" }] }), { message });
    assert.throws(() => joinParts(one, { ...empty, files: [{ path: "/etc/x", content: "1", permissions: "0600" }] }), {
      message,
    });
  });
});
