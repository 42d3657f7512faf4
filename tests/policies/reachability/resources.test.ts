import assert from "node:assert/strict";
import {
  elements,
  field,
  given,
  items,
  label,
  parseValue,
  type Resource,
  UNKNOWN,
  type Value,
} from "../../../policies/reachability/resources";

const resource = (props: Resource["props"], propertyDependencies: Resource["propertyDependencies"] = {}): Resource => ({
  type: "aws:ec2/subnet:Subnet",
  name: "data",
  urn: "urn:data",
  props,
  propertyDependencies,
});

describe("resources", () => {
  it("turn Pulumi's sentinels into UNKNOWN, at any depth", () => {
    const parsed = parseValue({ a: ["04da6b54-80e4-46f7-96ec-b56ff0331ba9", 1], b: { c: true, d: null } });
    assert.deepEqual(parsed, { a: [UNKNOWN, 1], b: { c: true, d: undefined } });
  });

  it("tell a property that the program left out from one that isn't known yet", () => {
    assert.equal(given(resource({ routes: UNKNOWN }, { vpcId: [] }), "routes"), undefined);
    assert.equal(given(resource({ routes: UNKNOWN }, { routes: [] }), "routes"), UNKNOWN);
    assert.equal(given(resource({ routes: UNKNOWN }), "routes"), UNKNOWN);
    assert.equal(given(resource({ a: "", b: null }), "a"), undefined);
    assert.equal(given(resource({ a: "", b: null }), "b"), undefined);
    assert.equal(given(resource({ a: false }), "a"), false);
  });

  it("are called by their id, or by their name until they have one", () => {
    assert.equal(label(resource({ id: "subnet-1" })), "subnet-1");
    const unnamed: readonly Value[] = [UNKNOWN, "", undefined];
    for (const id of unnamed) assert.equal(label(resource({ id })), '"data"');
  });

  it("have lists: of items, of one item, of none, or not known", () => {
    assert.deepEqual(items(["a", UNKNOWN]), ["a", UNKNOWN]);
    assert.deepEqual(items("a"), ["a"]);
    assert.deepEqual(items(undefined), []);
    assert.equal(items(UNKNOWN), UNKNOWN);
    assert.deepEqual(elements(UNKNOWN), [UNKNOWN]);
    assert.deepEqual(elements(null), []);
  });

  it("have items whose properties aren't known while the item isn't", () => {
    assert.equal(field(UNKNOWN, "id"), UNKNOWN);
    assert.equal(field({ id: "a" }, "id"), "a");
    assert.equal(field({ id: "" }, "id"), undefined);
    assert.equal(field(["a"], "0"), undefined);
    assert.equal(field("a", "length"), undefined);
  });
});
