import assert from "node:assert/strict";
import { pathText, stepsOf } from "../../../../policies/rules/network/witness-path";

describe("the path of a witness", () => {
  it("has a route as its table and where it leads", () => {
    const path = [
      { what: "subnet 10.0.0.0/24" },
      { what: "route table rtb-1 sends 0.0.0.0/0 to igw-1", rule: "0.0.0.0/0" },
      { what: "igw-1" },
      { what: "the internet" },
    ];
    assert.equal(pathText(path), "subnet 10.0.0.0/24 → route table rtb-1 → igw-1 → the internet");
  });

  it("keeps where a route leads when the next hop isn't that", () => {
    const route = { what: "route table rtb-1 sends 10.0.0.0/16 to local", rule: "10.0.0.0/16" };
    assert.deepEqual(stepsOf([route, { what: "i-1" }]), [route.what, "i-1"]);
    assert.deepEqual(stepsOf([route]), [route.what]);
  });

  it("names the rule of a firewall unless it is named already", () => {
    const steps = stepsOf([
      { what: "acl-1 lets it in", rule: "100" },
      { what: "sg-1 lets it in by sgr-1", rule: "sgr-1" },
    ]);
    assert.deepEqual(steps, ["acl-1 lets it in by rule 100", "sg-1 lets it in by sgr-1"]);
  });
});
