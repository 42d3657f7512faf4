import assert from "node:assert/strict";
import { readNetwork } from "../../../policies/reachability/network";
import { isRoleKnown, listParties } from "../../../policies/reachability/party-list";
import { type Resource, UNKNOWN, type Value } from "../../../policies/reachability/resources";
import { Stack } from "../stack";

type Plant = (stack: Stack, subnetId: ReturnType<Stack["add"]>["id"]) => void;

function rolesOf(plant: Plant, deployed: boolean) {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
  plant(stack, stack.add("aws:ec2/subnet:Subnet", "a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }).id);
  return listParties(readNetwork(stack.resources(deployed))).map(({ role }) => role);
}

const launching =
  (type: string, refer: (id: ReturnType<Stack["add"]>["id"]) => Parameters<Stack["add"]>[2]): Plant =>
  (stack) => {
    const { id } = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "template", {
      tags: { Role: "template" },
      tagSpecifications: [
        { resourceType: "volume", tags: { Role: "disk" } },
        { resourceType: "instance", tags: { Role: "web" } },
      ],
    });
    stack.add(type, "web", refer(id));
  };

const cases: Readonly<Record<string, readonly [Plant, string | undefined]>> = {
  "its own tag": [
    (stack, subnetId) => {
      stack.add("aws:ec2/instance:Instance", "web", { subnetId, tags: { Role: "web" } });
    },
    "web",
  ],
  "the provider's default tags": [
    (stack, subnetId) => {
      stack.add("aws:ec2/instance:Instance", "web", { subnetId, tagsAll: { Role: "web" } });
    },
    "web",
  ],
  "the list of tags of an Auto Scaling group": [
    (stack, subnetId) => {
      const tags = [{ key: "Role", value: "web", propagateAtLaunch: true }];
      stack.add("aws:autoscaling/group:Group", "web", { vpcZoneIdentifiers: [subnetId], tags });
    },
    "web",
  ],
  "what a group's launch template gives its instances": [
    launching("aws:autoscaling/group:Group", (id) => ({ launchTemplate: { id, version: "1" } })),
    "web",
  ],
  "what an instance's launch template gives it": [
    launching("aws:ec2/instance:Instance", (id) => ({ launchTemplate: { id } })),
    "web",
  ],
  "the file system of a mount target, which can't have tags": [
    (stack, subnetId) => {
      const { id } = stack.add("aws:efs/fileSystem:FileSystem", "store", { tags: { Role: "mailstore" } });
      stack.add("aws:efs/mountTarget:MountTarget", "store-a", { fileSystemId: id, subnetId });
    },
    "mailstore",
  ],
  "nobody's, where the file system stands elsewhere": [
    (stack, subnetId) => {
      stack.add("aws:efs/mountTarget:MountTarget", "other", { fileSystemId: "fs-of-others", subnetId });
    },
    undefined,
  ],
};

describe("the role of a party", () => {
  for (const [what, [plant, expected]] of Object.entries(cases)) {
    for (const deployed of [true, false]) {
      it(`is ${what}, ids ${deployed ? "known" : "unknown"}`, () => {
        assert.deepEqual(rolesOf(plant, deployed), [expected]);
      });
    }
  }
});

describe("whether a party's role is known", () => {
  const launch = (tags: Value): readonly Resource[] => {
    const made = (type: string, name: string, props: Resource["props"]): Resource => ({
      type,
      name,
      urn: `urn:pulumi:test::roles::${type}::${name}`,
      props: { id: name, ...props },
      propertyDependencies: {},
    });
    return [
      made("aws:ec2/launchTemplate:LaunchTemplate", "lt", { tagSpecifications: [{ resourceType: "instance", tags }] }),
      made("aws:autoscaling/group:Group", "group", { launchTemplate: { id: "lt" }, vpcZoneIdentifiers: [] }),
      made("aws:ec2/instance:Instance", "machine", { tags }),
    ];
  };
  const known = (tags: Value, name: string) => {
    const network = readNetwork(launch(tags));
    const resource = network.parties.find((party) => party.resource.name === name)?.resource;
    assert.ok(resource !== undefined);
    return isRoleKnown(network, resource);
  };
  for (const name of ["group", "machine"]) {
    it(`holds of a ${name} with the tag, and of one certainly without`, () => {
      assert.equal(known({ Role: "web" }, name), true);
      assert.equal(known({ Name: "web" }, name), true);
      assert.equal(known({}, name), true);
    });
    it(`doesn't hold of a ${name} while its tags aren't known`, () => {
      assert.equal(known(UNKNOWN, name), false);
      assert.equal(known({ Role: UNKNOWN }, name), false);
      assert.equal(known({ Name: UNKNOWN }, name), true);
    });
  }
});
