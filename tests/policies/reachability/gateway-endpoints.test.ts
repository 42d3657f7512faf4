import assert from "node:assert/strict";
import { Stack } from "../stack";
import { addVpc, blocked, undetermined, verdicts } from "./routed-vpcs";

describe("a gateway endpoint", () => {
  const named = (by: "list" | "association" | "nothing", more: Record<string, string | string[]> = {}) => {
    const stack = new Stack();
    const { vpc, table } = addVpc(stack, 0, () => []);
    const listed = by === "list" ? { routeTableIds: [table] } : {};
    const inputs = { vpcId: vpc, serviceName: "com.amazonaws.ap-northeast-1.s3", ...listed, ...more };
    const { id } = stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", inputs);
    const type = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation";
    if (by === "association") stack.add(type, "s3", { vpcEndpointId: id, routeTableId: table });
    return stack.resources(true);
  };

  for (const by of ["list", "association"] as const) {
    it(`may carry to an address that may be of its service, not to the internet (${by})`, () => {
      assert.deepEqual(verdicts(named(by), "v0", "52.219.0.1"), undetermined);
      assert.deepEqual(verdicts(named(by), "v0", "internet"), blocked);
      assert.deepEqual(verdicts(named(by), "52.219.0.1", "v0"), blocked);
    });
  }

  it("carries to no address outside its service's blocks, where they are known, nor from other tables", () => {
    const known = { cidrBlocks: ["52.219.0.0/20"] };
    assert.deepEqual(verdicts(named("list", known), "v0", "52.219.0.1"), undetermined);
    assert.deepEqual(verdicts(named("list", known), "v0", "8.8.8.8"), blocked);
    assert.deepEqual(verdicts(named("nothing"), "v0", "52.219.0.1"), blocked);
    assert.deepEqual(verdicts(named("list", { vpcEndpointType: "Interface" }), "v0", "52.219.0.1"), blocked);
  });
});
