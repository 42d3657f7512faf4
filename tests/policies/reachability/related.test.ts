import assert from "node:assert/strict";
import { Links } from "../../../policies/reachability/links";
import { related } from "../../../policies/reachability/related";
import { type Resource, UNKNOWN } from "../../../policies/reachability/resources";

const subnetType = "aws:ec2/subnet:Subnet";
const associationType = "aws:ec2/routeTableAssociation:RouteTableAssociation";

function resource(type: string, name: string, props: Resource["props"], dependencies: Record<string, string[]> = {}) {
  return { type, name, urn: name, props, propertyDependencies: dependencies };
}

describe("related resources", () => {
  const subnets = Array.from({ length: 20 }, (_, at) => resource(subnetType, `subnet-${at}`, { id: `s-${at}` }));
  const associations = [
    resource(associationType, "to 1", { subnetId: "s-1" }),
    // A bare array says nothing of what stands behind it: it may be any.
    resource(associationType, "to any", { subnetId: UNKNOWN }),
    resource(associationType, "to 2", { subnetId: "s-2" }),
    resource(associationType, "to 1 or 2", { subnetId: UNKNOWN }, { subnetId: ["subnet-1", "subnet-2"] }),
  ];
  const links = new Links([...subnets, ...associations]);
  const concerned = (each: Resource) => links.follow(each, "subnetId", subnetType).candidates;
  const namesFor = (subject: Resource | undefined) => {
    assert.ok(subject !== undefined);
    return related(links, "associations", [associationType], concerned, subject).map(({ name }) => name);
  };

  it("are those that scanning all would find, in the same order, a link of unknown value under each that it may mean", () => {
    for (const subnet of subnets) {
      const scanned = associations.filter((each) => concerned(each).includes(subnet)).map(({ name }) => name);
      assert.deepEqual(namesFor(subnet), scanned);
    }
    assert.deepEqual(namesFor(subnets[2]), ["to any", "to 2", "to 1 or 2"]);
  });

  it("are none of a resource that no link means", () => {
    assert.deepEqual(namesFor(associations[0]), []);
  });
});
