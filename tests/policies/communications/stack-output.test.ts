import assert from "node:assert/strict";
import { communicationsOutput } from "../../../infra/communications";
import { declaredBy } from "../../../policies/communications/stack-output";
import { type Resource, UNKNOWN, type Value } from "../../../policies/reachability/resources";

const urn = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";

function stackWith(outputs: Readonly<Record<string, Value>>): Resource {
  return { type: "pulumi:pulumi:Stack", name: "shop-dev", urn, props: outputs, propertyDependencies: {} };
}

const declaredAs = (communications: Value) => declaredBy([stackWith({ communications })]);

function problemsOf(json: unknown): string {
  const found = declaredAs(JSON.stringify(json));
  assert.ok(found.kind === "unreadable");
  assert.equal(found.urn, urn);
  return found.problems.join("\n");
}

const row = { from: "web", to: "database", protocol: "tcp", ports: [5432] };

describe("the matrix in the stack output communications (M4)", () => {
  it("is read as the platform writes it", () => {
    const output = communicationsOutput({ maintenance: true, operators: ["198.51.100.0/24"] });
    const found = declaredAs(JSON.stringify(output));
    assert.deepEqual(found, { kind: "declared", declaration: { ...output, parties: {} } });
  });

  it("may be the object itself, and needs no more than rows", () => {
    const found = declaredAs({ rows: [row] });
    assert.deepEqual(found, {
      kind: "declared",
      declaration: {
        version: 1,
        outsiders: {},
        balancers: {},
        parties: {},
        rows: [{ ...row, purpose: "", survives: "automatic" }],
      },
    });
  });

  it("is absent where no stack has such an output", () => {
    assert.deepEqual(declaredBy([]), { kind: "absent" });
    assert.deepEqual(declaredBy([stackWith({ url: "https://example.com" })]), { kind: "absent" });
    const other = { ...stackWith({ communications: "{}" }), type: "aws:ec2/vpc:Vpc" };
    assert.deepEqual(declaredBy([other]), { kind: "absent" });
  });

  it("is unknown as a whole where a part of it is", () => {
    assert.deepEqual(declaredAs(UNKNOWN), { kind: "unknown", urn });
    assert.deepEqual(declaredAs({ rows: [{ ...row, ports: [UNKNOWN] }] }), { kind: "unknown", urn });
  });

  it("is unreadable, not absent, when it is something else", () => {
    assert.match(problemsOf("not a matrix"), /^communications: .*object/);
    const found = declaredAs("{");
    assert.ok(found.kind === "unreadable");
    assert.match(found.problems.join(), /^communications: is no JSON: /);
    assert.equal(declaredAs(7).kind, "unreadable");
  });

  for (const [what, json, words] of [
    ["no rows", { rows: [] }, /rows: a matrix without a row/],
    ["another version", { version: 2, rows: [row] }, /version: this pack reads version 1/],
    ["an entry nobody knows", { rows: [{ ...row, port: 1 }] }, /rows\.0\.port: a matrix has no such entry/],
    ["a row to nobody", { rows: [{ ...row, to: undefined }] }, /rows\.0\.to: whom it is opened to/],
    ["a port that is none", { rows: [row, { ...row, ports: [0] }] }, /rows\.1\.ports\.0: .* 1 to 65535/],
    ["no ports", { rows: [{ ...row, ports: [] }] }, /rows\.0\.ports: without a port/],
    ["another protocol", { rows: [{ ...row, protocol: "icmp" }] }, /rows\.0\.protocol: "tcp" or "udp"/],
    ["another survival", { rows: [{ ...row, survives: "perhaps" }] }, /rows\.0\.survives: "automatic"/],
    ["a block that is none", { rows: [row], outsiders: { office: ["10.0.0"] } }, /outsiders\.office\.0: is no block/],
    [
      "two outsiders",
      { rows: [{ ...row, from: "internet", to: "office" }], outsiders: { office: [] } },
      /rows\.0\.to: /,
    ],
    ["a balancer outside", { rows: [{ ...row, via: "internet" }] }, /rows\.0\.via: internet is outside/],
    ["a party that is outside", { rows: [row], parties: { internet: ["i-1"] } }, /parties\.internet: is an outsider/],
    ["a party of nothing", { rows: [row], parties: { web: [] } }, /parties\.web: names no resource/],
  ] as const) {
    it(`is unreadable with ${what}, and says where`, () => {
      assert.match(problemsOf(json), words);
    });
  }
});
