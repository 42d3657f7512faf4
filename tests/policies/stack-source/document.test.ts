import assert from "node:assert/strict";
import { BadInput } from "../../../policies/command-line/bad-input";
import { readPlanDocument, readStateDocument } from "../../../policies/stack-source/document";
import { UNKNOWN } from "../../../policies/reachability/resources";
import { asPlan, asState, smallNetwork } from "../small-network";

const state = { option: "--state", name: "s.json" } as const;
const plan = { option: "--plan", name: "p.json" } as const;

function problems(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof BadInput) return error.problems;
    throw error;
  }
  throw new Error("nothing was wrong");
}

describe("a state", () => {
  it("gives its resources with outputs, names and dependencies; what is about to go isn't there", () => {
    const exported = asState(smallNetwork.slice(0, 2));
    const [vpc] = exported.deployment.resources;
    const left = { ...vpc, id: "vpc-0", delete: true };
    const text = JSON.stringify({ ...exported, deployment: { resources: [left, ...exported.deployment.resources] } });
    assert.deepEqual(readStateDocument(text, state), [
      {
        type: "aws:ec2/vpc:Vpc",
        name: "main",
        urn: "urn:pulumi:test::small::aws:ec2/vpc:Vpc::main",
        props: { cidrBlock: "10.0.0.0/16", id: "vpc-1" },
        propertyDependencies: { cidrBlock: [] },
      },
      {
        type: "aws:ec2/internetGateway:InternetGateway",
        name: "main",
        urn: "urn:pulumi:test::small::aws:ec2/internetGateway:InternetGateway::main",
        props: { vpcId: "vpc-1", id: "igw-1" },
        propertyDependencies: { vpcId: [] },
      },
    ]);
  });
  it("tells which provider manages a resource, and its Region", () => {
    const provider = "urn:pulumi:test::small::pulumi:providers:aws::tokyo";
    const [vpc] = asState().deployment.resources;
    const resources = [
      { urn: provider, type: "pulumi:providers:aws", id: "1", inputs: { region: "ap-northeast-1" } },
      { ...vpc, provider: `${provider}::1` },
    ];
    const read = readStateDocument(JSON.stringify({ version: 3, deployment: { resources } }), state);
    assert.deepEqual(read[1]?.provider, { urn: provider, region: "ap-northeast-1" });
  });
  it("tells where the program makes a resource: what a package's component makes, where that component is made", () => {
    const [vpc] = asState().deployment.resources;
    const at = (sourcePosition?: string) => (sourcePosition === undefined ? {} : { sourcePosition });
    const own = at("project:///infra/vpc.ts#1,2");
    const packaged = at("project:///node_modules/awsx/vpc.ts#3,4");
    const resources = [
      { ...vpc, ...own, stackTrace: [own, at("project:///infra/index.ts#5,6")] },
      { ...vpc, ...packaged, stackTrace: [packaged, at(), own] },
      { ...vpc, stackTrace: [at(), own] },
      { ...vpc, ...packaged },
    ];
    const read = readStateDocument(JSON.stringify({ version: 3, deployment: { resources } }), state);
    assert.deepEqual(
      read.map(({ sourcePosition }) => sourcePosition),
      [own.sourcePosition, own.sourcePosition, own.sourcePosition, undefined],
    );
  });

  it("tells what the program only reads", () => {
    const [vpc, gateway] = asState(smallNetwork.slice(0, 2)).deployment.resources;
    const text = JSON.stringify({ version: 3, deployment: { resources: [{ ...vpc, external: true }, gateway] } });
    assert.deepEqual(
      readStateDocument(text, state).map(({ isRead }) => isRead),
      [true, undefined],
    );
  });

  it("may have no resources, or '::' in a name", () => {
    assert.deepEqual(readStateDocument('{"version":3,"deployment":{}}', state), []);
    const urn = "urn:pulumi:test::small::aws:ec2/vpc:Vpc::a::b";
    const text = JSON.stringify({ version: 3, deployment: { resources: [{ urn, type: "aws:ec2/vpc:Vpc" }] } });
    assert.equal(readStateDocument(text, state)[0]?.name, "a::b");
  });
  it("is refused with the place of what is wrong, or the option that was meant", () => {
    assert.deepEqual(
      problems(() => readStateDocument("", state)),
      ["--state: s.json isn't JSON. It is empty."],
    );
    assert.deepEqual(
      problems(() => readStateDocument("\n> dejima@0.1.0 offline\n{}", state)),
      ["--state: s.json isn't JSON. npm's own lines stand before it: use `npm run -s`."],
    );
    assert.match(problems(() => readStateDocument(JSON.stringify(asPlan()), state)).join(), /give it by --plan/);
    assert.match(problems(() => readStateDocument('{"checkpoint":{}}', state)).join(), /pulumi stack export/);
    assert.match(
      problems(() => readStateDocument('[{"type":"aws:ec2/vpc:Vpc","name":"a","props":{}},{"type":1}]', state)).join(
        "\n",
      ),
      /^--state: s\.json, at \[1\]\.type: .*string/,
    );
  });
});

describe("a bare array", () => {
  it("tells accounts and Regions apart by the providers that it names", () => {
    const provider = { urn: "urn:pulumi:prod::shop::pulumi:providers:aws::tokyo", region: "ap-northeast-1" };
    const [vpc] = readStateDocument(JSON.stringify([{ ...smallNetwork[0], provider }]), state);
    assert.deepEqual(vpc?.provider, provider);
  });

  it("gives its resources; a missing urn is made of type and name", () => {
    const text = JSON.stringify([{ type: "aws:ec2/vpc:Vpc", name: "main", id: "vpc-1", props: { tags: null } }]);
    for (const read of [readStateDocument(text, state), readPlanDocument(text, plan)]) {
      assert.equal(read[0]?.urn, "urn:pulumi:list::list::aws:ec2/vpc:Vpc::main");
      assert.equal(read[0]?.props.id, "vpc-1");
    }
  });
});

describe("a plan", () => {
  const read = (json: unknown, existing?: Parameters<typeof readPlanDocument>[2]) =>
    readPlanDocument(JSON.stringify(json), plan, existing);
  const vpc = (id: string, inputs: object, outputs: object) => ({
    urn: "urn:pulumi:test::small::aws:ec2/vpc:Vpc::main",
    type: "aws:ec2/vpc:Vpc",
    id,
    inputs,
    outputs,
  });
  const step = (op: string, oldState: object | undefined, newState: object | undefined) => ({
    op,
    urn: "urn:pulumi:test::small::aws:ec2/vpc:Vpc::main",
    oldState,
    newState,
  });

  it("knows no id of what is to be created, and of unknown values the resources behind them", () => {
    const [, gateway] = read(asPlan(smallNetwork.slice(0, 2)));
    assert.deepEqual(gateway?.props, { id: UNKNOWN, vpcId: UNKNOWN });
    assert.deepEqual(gateway?.propertyDependencies, { vpcId: ["urn:pulumi:test::small::aws:ec2/vpc:Vpc::main"] });
  });
  it("keeps what AWS filled in of what stays, but not what the program no longer gives", () => {
    const before = vpc("vpc-1", { cidrBlock: "10.0.0.0/16", tags: {} }, { mainRouteTableId: "rtb-1", tags: {} });
    const [after] = read({ steps: [step("update", before, vpc("vpc-1", { cidrBlock: "10.1.0.0/16" }, {}))] });
    const props = { id: "vpc-1", mainRouteTableId: "rtb-1", tags: UNKNOWN, cidrBlock: "10.1.0.0/16" };
    assert.deepEqual(after?.props, props);
  });
  it("gives what is replaced once, without its id, and not what is deleted", () => {
    const before = vpc("vpc-1", {}, { mainRouteTableId: "rtb-1" });
    const steps = [
      step("create-replacement", before, vpc("vpc-1", { cidrBlock: "10.1.0.0/16" }, {})),
      step("replace", before, vpc("vpc-1", { cidrBlock: "10.1.0.0/16" }, {})),
      step("delete-replaced", before, undefined),
    ];
    assert.deepEqual(
      read({ steps }).map(({ props }) => props),
      [{ id: UNKNOWN, cidrBlock: "10.1.0.0/16" }],
    );
    assert.deepEqual(read({ steps: [step("delete", before, undefined)] }), []);
  });
  it("takes unchanged resources that it leaves out from the state before, and is refused without it", () => {
    const changes = { steps: [], changeSummary: { same: 16 } };
    assert.match(problems(() => read(changes)).join(), /leaves out 16 unchanged resources.*--show-sames/);
    const existing = readStateDocument(JSON.stringify(asState()), state);
    assert.equal(read(changes, existing).length, 16);
    const deleted = { steps: [step("delete", vpc("vpc-1", {}, {}), undefined)], changeSummary: { same: 15 } };
    assert.equal(read(deleted, existing).length, 15);
  });
  it("tells what the program only reads", () => {
    const [first, second, ...others] = asPlan().steps;
    const steps = [
      { ...first, op: "read" },
      { ...second, newState: { ...second?.newState, external: true } },
      ...others,
    ];
    const read = readPlanDocument(JSON.stringify({ ...asPlan(), steps }), plan).filter(({ isRead }) => isRead);
    assert.deepEqual(
      read.map(({ urn }) => urn),
      [first?.urn, second?.urn],
    );
  });

  it("is refused when the preview failed, or when it is a state", () => {
    const diagnostics = [{ severity: "error", message: "boom\n" }];
    const expected = ["--plan: the preview failed, so it isn't complete: boom"];
    assert.deepEqual(
      problems(() => read({ steps: [], diagnostics })),
      expected,
    );
    assert.match(problems(() => read(asState())).join(), /give it by --state/);
  });
});
