import assert from "node:assert/strict";

import type { Model, Props } from "../../../offline/model";
import { type Difference, diff } from "../../../offline/provider/diff";
import { resourceSchema, type Schema } from "../../../offline/schema/load";
import type { ResourceShape } from "../../../offline/schema/shape";

const TYPE = "aws:lb/listener:Listener";

const model: Model = {
  type: TYPE,
  replaceOn: ["loadBalancerArn", "defaultActions.order"],
  ordered: ["defaultActions"],
  create: () => ({ id: "x", outputs: {} }),
};

function schema(type: string): Schema<ResourceShape> {
  const found = resourceSchema(type);
  assert.ok(found);
  return found;
}

function between(olds: Props, news: Props): Difference {
  return diff(olds, news, schema(TYPE), model);
}

function paths({ changes }: Difference): string[] {
  return changes.map(({ path, kind, replaces }) => `${path} ${kind}${replaces ? " replaces" : ""}`);
}

describe("Diff", () => {
  it("names the nested place of a change", () => {
    const olds = { defaultActions: [{ type: "forward", targetGroupArn: "a" }] };
    const news = { defaultActions: [{ type: "forward", targetGroupArn: "b" }] };
    assert.deepEqual(paths(between(olds, news)), ["defaultActions[0].targetGroupArn update"]);
  });

  it("quotes keys that aren't words", () => {
    assert.deepEqual(paths(between({ tags: { "a.b": "1" } }, { tags: { "a.b": "2" } })), ['tags["a.b"] update']);
  });

  it("replaces for what the model says, also inside an object that comes as a whole", () => {
    assert.deepEqual(paths(between({ loadBalancerArn: "a" }, { loadBalancerArn: "b" })), [
      "loadBalancerArn update replaces",
    ]);
    const olds = { defaultActions: [{ type: "x" }] };
    assert.deepEqual(paths(between(olds, { defaultActions: [{ type: "x" }, { type: "y" }] })), [
      "defaultActions[1] add",
    ]);
    assert.deepEqual(paths(between(olds, { defaultActions: [{ type: "x" }, { type: "y", order: 1 }] })), [
      "defaultActions[1] add replaces",
    ]);
  });

  it("sees another order only in lists that have one", () => {
    const actions = [{ type: "a" }, { type: "b" }];
    assert.equal(between({ defaultActions: actions }, { defaultActions: [...actions].reverse() }).changes.length, 2);
    const groups = { securityGroups: ["a", "b"] };
    assert.deepEqual(
      diff(groups, { securityGroups: ["b", "a"] }, schema("aws:lb/loadBalancer:LoadBalancer"), undefined).changes,
      [],
    );
  });

  it("lets what AWS computes keep its value when it is no longer given, and drops the rest", () => {
    const group = schema("aws:ec2/subnet:Subnet");
    assert.deepEqual(diff({ availabilityZone: "a" }, {}, group, undefined).changes, []);
    assert.deepEqual(paths(diff({ tags: { a: "b" } }, {}, group, undefined)), ["tags delete"]);
  });

  it("deletes first only where both would bear the same name, given by hand", () => {
    const named: Model = {
      ...model,
      type: "aws:sqs/queue:Queue",
      replaceOn: ["fifoQueue"],
      autoName: { property: "name", maxLength: 80 },
    };
    const queue = schema("aws:sqs/queue:Queue");
    const change = (news: Props): boolean =>
      diff({ name: "a" }, { fifoQueue: true, ...news }, queue, named).deleteBeforeReplace;
    assert.equal(change({ name: "a" }), true);
    assert.equal(change({ name: "b" }), false);
    assert.equal(change({ name: "a", __defaults: ["name"] }), false);
  });
});
