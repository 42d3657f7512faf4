import assert from "node:assert/strict";
import type { PolicyResource } from "@pulumi/policy";
import { readPolicyResources } from "../../policies/policy-resources";
import { type Resource, UNKNOWN, type Value } from "../../policies/reachability/resources";
import { asPolicyResources } from "./stack";

const resource = (type: string, props: Resource["props"], behind: readonly string[] = []): Resource => ({
  type,
  name: "a",
  urn: `urn:${type}`,
  props,
  propertyDependencies: Object.fromEntries(behind.map((key) => [key, ["urn:aws:ec2/vpc:Vpc"]])),
});

const read = (resources: readonly Resource[], wanted = ["aws:"]) =>
  readPolicyResources(asPolicyResources(resources), wanted);
const vpc = resource("aws:ec2/vpc:Vpc", { id: "vpc-1" });

describe("the resources of a policy as plain data", () => {
  it("keep known values, and mark the unknown at any depth", () => {
    const props: Resource["props"] = {
      id: "x",
      list: ["a", UNKNOWN, { deep: UNKNOWN, flag: false }],
      count: 3,
      whole: UNKNOWN,
    };
    assert.deepEqual(read([resource("aws:ec2/x:X", props)])[0]?.props, props);
  });

  it("name what stands behind each property by URN", () => {
    const [, subnet] = read([vpc, resource("aws:ec2/subnet:Subnet", { id: "subnet-1", vpcId: "vpc-1" }, ["vpcId"])]);
    assert.deepEqual(subnet?.propertyDependencies, { vpcId: ["urn:aws:ec2/vpc:Vpc"] });
  });

  it("take as unknown what a creation's preview left out of its outputs", () => {
    const unnamed: readonly Value[] = [undefined, "", UNKNOWN];
    for (const id of unnamed) {
      const [, subnet] = read([vpc, resource("aws:ec2/subnet:Subnet", { id }, ["vpcId"])]);
      assert.equal(subnet?.props.vpcId, UNKNOWN);
    }
    const [, existing] = read([vpc, resource("aws:ec2/subnet:Subnet", { id: "subnet-1" }, ["vpcId"])]);
    assert.equal(existing?.props.vpcId, undefined);
  });

  it("are those of the wanted types", () => {
    const found = read([vpc, resource("random:index/x:X", { id: "x" })]);
    assert.deepEqual(
      found.map(({ type }) => type),
      ["aws:ec2/vpc:Vpc"],
    );
  });

  it("let out an error that isn't about an unknown value", () => {
    const [broken] = asPolicyResources([vpc]);
    const props = new Proxy(
      { id: "x" },
      {
        get: () => {
          throw new TypeError("broken");
        },
      },
    );
    assert.throws(() => readPolicyResources([{ ...broken, props } as PolicyResource], ["aws:"]), /broken/);
  });

  it("tell networks that the program only reads: the engine names no inputs of theirs, but of what it manages", () => {
    const isRead = (resources: readonly Resource[]) => read(resources).map((each) => each.isRead);
    const subnet = resource("aws:ec2/subnet:Subnet", { id: "subnet-1", vpcId: "vpc-1" }, ["vpcId"]);
    const gateway = resource("aws:ec2/internetGateway:InternetGateway", { id: "igw-1" });
    assert.deepEqual(isRead([vpc, subnet, gateway]), [true, undefined, undefined]);
    assert.deepEqual(isRead([vpc, gateway]), [undefined, undefined], "where nothing is told of any resource");
  });
});
