import assert from "node:assert/strict";
import fc from "fast-check";
import { BALANCER_NAME_LIMIT, balancerName } from "../../../infra/loadbalancing/balancer-name";

const part = fc.oneof(fc.string(), fc.integer(), fc.boolean());

describe("balancerName", () => {
  it("is a name AWS takes, for whatever is given", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.array(part), (readable, parts) => {
        const name = balancerName(readable, parts);
        assert.match(name, /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/);
        assert.ok(name.length <= BALANCER_NAME_LIMIT, name);
        assert.ok(!name.startsWith("internal-"));
      }),
    );
  });

  it("tells long names apart that begin alike, and stays the same between runs", () => {
    const long = "a-vpc-with-16ch-internal-mail-nlb";
    assert.equal(balancerName("main-proxy", ["dejima", "dev"]), balancerName("main-proxy", ["dejima", "dev"]));
    assert.notEqual(balancerName(`${long}-1`, []), balancerName(`${long}-2`, []));
    assert.notEqual(balancerName("main-proxy", ["dev", 22]), balancerName("main-proxy", ["dev", 23]));
    assert.match(balancerName("main-proxy", ["dejima", "dev"]), /^main-proxy-[0-9a-f]{8}$/);
  });
});
