import assert from "node:assert/strict";
import { readNetwork } from "../../../policies/reachability/network";
import type { Party } from "../../../policies/reachability/parties";
import { type Resource, UNKNOWN, type Value } from "../../../policies/reachability/resources";
import { hide } from "../hidden-values";
import { Stack } from "../stack";

type Inputs = Parameters<Stack["add"]>[2];
type Id = ReturnType<Stack["add"]>["id"];
type Plant = (stack: Stack, subnets: readonly Id[]) => void;

/** Two subnets of a VPC, and what `plant` puts there. */
function inVpc(plant: Plant, subnetInputs: Inputs = {}): Stack {
  const stack = new Stack();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
  const subnets = ["a", "c"].map((zone, at) => {
    const inputs = { vpcId: vpc.id, cidrBlock: `10.0.${at}.0/24`, ...subnetInputs };
    return stack.add("aws:ec2/subnet:Subnet", zone, inputs).id;
  });
  plant(stack, subnets);
  return stack;
}

function only(resources: readonly Resource[]): Party {
  const [party, ...others] = readNetwork(resources).parties;
  assert.ok(party !== undefined && others.length === 0);
  return party;
}

const instance =
  (inputs: Inputs): Plant =>
  (stack, [subnetId = ""]) => {
    stack.add("aws:ec2/instance:Instance", "web", { subnetId, ...inputs });
  };

const databases = [
  ["aws:rds/subnetGroup:SubnetGroup", "aws:rds/instance:Instance"],
  ["aws:rds/subnetGroup:SubnetGroup", "aws:rds/cluster:Cluster"],
  ["aws:docdb/subnetGroup:SubnetGroup", "aws:docdb/cluster:Cluster"],
  ["aws:neptune/subnetGroup:SubnetGroup", "aws:neptune/cluster:Cluster"],
] as const;

describe("parties", () => {
  for (const deployed of [true, false]) {
    it(`are instances and network interfaces in their subnet, ids ${deployed ? "known" : "unknown"}`, () => {
      const eni: Plant = (stack, [subnetId = ""]) => {
        stack.add("aws:ec2/networkInterface:NetworkInterface", "eni", { subnetId });
      };
      for (const plant of [instance({}), eni]) {
        const { subnets, spread } = only(inVpc(plant).resources(deployed));
        assert.deepEqual([subnets.candidates.map(({ name }) => name), subnets.external, spread], [["a"], false, false]);
      }
    });

    for (const [group, type] of databases) {
      it(`are databases in each subnet of their group: ${type}, ids ${deployed ? "known" : "unknown"}`, () => {
        const stack = inVpc((made, subnetIds) => {
          const subnetGroup = made.add(group, "data", { name: "data", subnetIds });
          const property = type.startsWith("aws:neptune/") ? "neptuneSubnetGroupName" : "dbSubnetGroupName";
          made.add(type, "data", { [property]: subnetGroup.of("name") });
        });
        const { subnets, spread } = only(stack.resources(deployed));
        assert.deepEqual(
          [subnets.candidates.map(({ name }) => name), subnets.external, spread],
          [["a", "c"], false, true],
        );
      });
    }
  }

  it("aren't placed for certain where a database's group stands outside, or isn't given", () => {
    for (const inputs of [{ dbSubnetGroupName: "of-others" }, {}]) {
      const stack = inVpc((made) => {
        made.add("aws:rds/instance:Instance", "data", inputs);
      });
      const { subnets, spread } = only(stack.resources(true));
      assert.deepEqual([subnets.external, spread], [true, false]);
    }
  });
});

describe("a read replica", () => {
  const replica =
    (replicateSourceDb: string): Plant =>
    (stack, subnetIds) => {
      stack.add("aws:rds/subnetGroup:SubnetGroup", "data", { name: "data", subnetIds });
      const source = { identifier: "source", dbSubnetGroupName: "data" };
      stack.add("aws:rds/instance:Instance", "source", source);
      stack.add("aws:rds/instance:Instance", "copy", { replicateSourceDb });
    };
  const placeOf = (name: string, stack: Stack) => {
    const found = readNetwork(stack.resources(true)).parties.find(({ resource }) => resource.name === name);
    return [found?.subnets.candidates.length, found?.subnets.external];
  };

  it("is in its source's subnets in one Region, and elsewhere in those of a group that isn't known", () => {
    const source = inVpc(replica("source"));
    assert.deepEqual(placeOf("copy", source), placeOf("source", source));
    assert.deepEqual(placeOf("copy", inVpc(replica("arn:aws:rds:eu-west-1:1:db:source"))), [0, true]);
    assert.deepEqual(placeOf("copy", inVpc(replica("of-others"))), [0, true]);
  });
});

describe("a party's public address", () => {
  const elastic: Plant = (stack, subnets) => {
    const [subnetId = ""] = subnets;
    const web = stack.add("aws:ec2/instance:Instance", "web", { subnetId, associatePublicIpAddress: false });
    stack.add("aws:ec2/eip:Eip", "web", { instance: web.id });
  };
  const associated: Plant = (stack, subnets) => {
    const [subnetId = ""] = subnets;
    const eni = stack.add("aws:ec2/networkInterface:NetworkInterface", "web", { subnetId });
    stack.add("aws:ec2/eipAssociation:EipAssociation", "web", {
      networkInterfaceId: eni.id,
      allocationId: "eipalloc-1",
    });
  };
  const database: Plant = (stack, subnetIds) => {
    const group = stack.add("aws:rds/subnetGroup:SubnetGroup", "data", { name: "data", subnetIds });
    stack.add("aws:rds/instance:Instance", "data", { dbSubnetGroupName: group.of("name"), publiclyAccessible: true });
  };
  const template: Plant = (stack, subnets) => {
    const networkInterfaces = [{ associatePublicIpAddress: "true" }];
    const { id } = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "web", { networkInterfaces });
    instance({ launchTemplate: { id } })(stack, subnets);
  };
  const cases: Readonly<Record<string, readonly [Stack, string]>> = {
    "chosen at launch": [inVpc(instance({ associatePublicIpAddress: true })), "yes"],
    "refused at launch, whatever the subnet does": [
      inVpc(instance({ associatePublicIpAddress: false }), { mapPublicIpOnLaunch: true }),
      "no",
    ],
    "the subnet's doing": [inVpc(instance({}), { mapPublicIpOnLaunch: true }), "yes"],
    "nobody's doing": [inVpc(instance({})), "no"],
    "a launch template's doing": [inVpc(template), "yes"],
    "an elastic one": [inVpc(elastic), "yes"],
    "an elastic one by association": [inVpc(associated), "yes"],
    "a database's": [inVpc(database), "yes"],
  };
  for (const [what, [stack, expected]] of Object.entries(cases)) {
    it(`${what}: ${expected}`, () => {
      for (const deployed of [true, false]) assert.equal(only(stack.resources(deployed)).publicAddress, expected);
    });
  }

  it("is what an instance that exists shows: one, none, or one that isn't known, whatever the subnet does", () => {
    const shown = (publicIp: Value, dependencies = true) => {
      const found = inVpc(instance({}), { mapPublicIpOnLaunch: true }).resources(true);
      return only(
        found.map((each): Resource => {
          if (!each.type.endsWith(":Instance")) return each;
          const props: Resource["props"] = { ...each.props, publicIp };
          return dependencies ? { ...each, props } : { ...each, props, propertyDependencies: {} };
        }),
      ).publicAddress;
    };
    assert.equal(shown("52.0.0.9"), "yes");
    assert.equal(shown(""), "no");
    assert.equal(shown(UNKNOWN, false), "perhaps");
    assert.equal(shown(UNKNOWN), "yes", "left to AWS, as on a first preview");
  });

  it("is open while the choice, or whose an elastic address is, isn't known", () => {
    const hidden = (stack: Stack, name: string, key: string) =>
      stack.resources(true).map((each) => (each.name === name && key in each.props ? hide(each, [key]) : each));
    const chosen = inVpc(instance({ associatePublicIpAddress: true }));
    assert.equal(only(hidden(chosen, "web", "associatePublicIpAddress")).publicAddress, "perhaps");
    const mapped = inVpc(instance({}), { mapPublicIpOnLaunch: true });
    assert.equal(only(hidden(mapped, "a", "mapPublicIpOnLaunch")).publicAddress, "perhaps");
    const open = hidden(inVpc(elastic), "web", "instance").map((each) => ({ ...each, propertyDependencies: {} }));
    assert.equal(only(open).publicAddress, "perhaps");
  });
});
