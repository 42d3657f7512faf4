import { strict as assert } from "node:assert";
import { embeddedAws } from "../../harness";

const HOOK = "aws:autoscaling/lifecycleHook:LifecycleHook";
const GROUP = "aws:autoscaling/group:Group";

describe("hooks of the same name in two groups", () => {
  it("are two: each is read, changed and deleted by itself, after a restart too", async () => {
    const first = embeddedAws();
    const template = await first.up("aws:ec2/launchTemplate:LaunchTemplate", "t", { imageId: "ami-0123456789abcdef0" });
    for (const name of ["one", "two"]) {
      await first.up(GROUP, name, {
        name,
        minSize: 0,
        maxSize: 1,
        availabilityZones: ["ap-northeast-1a"],
        launchTemplate: { id: template.id, version: "1" },
      });
    }
    const hook = (autoscalingGroupName: string) => ({
      name: "drain",
      autoscalingGroupName,
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
    });
    const one = await first.up(HOOK, "one", hook("one"));
    const two = await first.up(HOOK, "two", hook("two"));
    assert.equal(one.id, two.id);

    const second = embeddedAws({ worldDirectory: first.worldDirectory });
    assert.deepEqual(second.read(HOOK, "one", one.id, one)?.outputs, one.outputs);
    assert.deepEqual(second.read(HOOK, "two", two.id, two)?.outputs, two.outputs);
    const longer = await second.update(HOOK, "one", one, { ...hook("one"), heartbeatTimeout: 60 });
    assert.equal(longer.outputs["heartbeatTimeout"], 60);
    assert.deepEqual(second.read(HOOK, "two", two.id, two)?.outputs, two.outputs);
    await second.delete(HOOK, "one", longer);
    assert.equal(second.read(HOOK, "one", one.id, one), undefined);
    assert.equal(second.things(HOOK).length, 1);
  });
});
