import { strict as assert } from "node:assert";
import { refuseUnknownTypes } from "../../../offline/provider/fault-types";
import { parseFaults } from "../../../offline/provider/faults";

describe("types that faults name", () => {
  it("are those of @pulumi/aws", () => {
    refuseUnknownTypes(parseFaults("create:aws:ec2/subnet:Subnet:3=InternalError,slow:aws:ec2/vpc:Vpc:5"));
  });

  it("that don't exist are told, with the nearest one", () => {
    assert.throws(() => {
      refuseUnknownTypes(parseFaults("create:aws:ec2/subnet:Subnett:1=InternalError"));
    }, /no such type\. Did you mean aws:ec2\/subnet:Subnet\?/);
    assert.throws(() => {
      refuseUnknownTypes(parseFaults("throttle:aws:nothing/subnet:Subnet:1"));
    }, /DEJIMA_FAULTS names aws:nothing\/subnet:Subnet, but @pulumi\/aws has no such type\.$/);
  });
});
