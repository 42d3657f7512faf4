import assert from "node:assert/strict";
import { launchedAddress } from "../../../policies/reachability/launch-templates";
import { Links } from "../../../policies/reachability/links";
import type { Resource } from "../../../policies/reachability/resources";
import { hide } from "../hidden-values";
import { Stack } from "../stack";

type Inputs = Parameters<Stack["add"]>[2];
type Id = ReturnType<Stack["add"]>["id"];

/** A group that `refer` points to a template, which gives its instances what `choice` says. */
function launching(choice: boolean | undefined, refer: (template: Id) => Inputs): Stack {
  const stack = new Stack();
  const networkInterfaces = [choice === undefined ? { deviceIndex: 0 } : { associatePublicIpAddress: String(choice) }];
  const inputs = { name: "web", networkInterfaces };
  const { id } = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "web", inputs);
  stack.add("aws:autoscaling/group:Group", "web", refer(id));
  return stack;
}

function answer(resources: readonly Resource[]) {
  const group = resources.find(({ type }) => type === "aws:autoscaling/group:Group");
  assert.ok(group);
  return launchedAddress(new Links(resources), group);
}

const references: Readonly<Record<string, (template: Id) => Inputs>> = {
  "its id": (id) => ({ launchTemplate: { id, version: "1" } }),
  "its name": () => ({ launchTemplate: { name: "web" } }),
  "a mixed policy": (id) => ({
    mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: { launchTemplateId: id } } },
  }),
  "a mixed policy's override": (id) => ({
    mixedInstancesPolicy: {
      launchTemplate: { overrides: [{ launchTemplateSpecification: { launchTemplateId: id } }] },
    },
  }),
};

describe("public addresses by launch template", () => {
  for (const [how, refer] of Object.entries(references)) {
    for (const deployed of [true, false]) {
      it(`are found by ${how}, ids ${deployed ? "known" : "unknown"}`, () => {
        const answers = [true, false, undefined].map((choice) => answer(launching(choice, refer).resources(deployed)));
        assert.deepEqual(answers, ["yes", "no", undefined]);
      });
    }
  }

  it("are found by launch configuration", () => {
    const stack = new Stack();
    const inputs = { name: "web", associatePublicIpAddress: true };
    const { id } = stack.add("aws:ec2/launchConfiguration:LaunchConfiguration", "web", inputs);
    stack.add("aws:autoscaling/group:Group", "web", { launchConfiguration: id });
    for (const deployed of [true, false]) assert.equal(answer(stack.resources(deployed)), "yes");
  });

  it("stay open where the template stands outside the stack", () => {
    assert.equal(
      answer(launching(false, () => ({ launchTemplate: { id: "lt-of-others" } })).resources(true)),
      "perhaps",
    );
  });

  it("stay open while the template's interfaces aren't known", () => {
    const refer = (id: Id): Inputs => ({ launchTemplate: { id } });
    for (const path of [["networkInterfaces"], ["networkInterfaces", "0"]]) {
      const resources = launching(true, refer)
        .resources(true)
        .map((each) => (each.type === "aws:ec2/launchTemplate:LaunchTemplate" ? hide(each, path) : each));
      assert.equal(answer(resources), "perhaps");
    }
    const hidden = launching(true, refer)
      .resources(true)
      .map((each) => ("launchTemplate" in each.props ? hide(each, ["launchTemplate"]) : each));
    assert.equal(answer(hidden), "yes");
  });

  it("are the subnet's to decide where there is no template", () => {
    assert.equal(answer(launching(true, () => ({ minSize: 1 })).resources(true)), undefined);
  });
});
