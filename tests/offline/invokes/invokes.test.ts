import assert from "node:assert/strict";

import { Invokes } from "../../../offline/invokes";
import type { Props } from "../../../offline/model";
import { embeddedAws } from "../harness";

function invoke(token: string, args: Props = {}, region = "ap-northeast-1"): Props {
  return new Invokes(embeddedAws().core).invoke({ region, defaultTags: {} }, token, args, false);
}

describe("getAvailabilityZones", () => {
  const token = "aws:index/getAvailabilityZones:getAvailabilityZones";

  it("gives Tokyo's zones with their ids, without Local Zones", () => {
    const { names, zoneIds } = invoke(token);
    assert.deepEqual(names, ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"]);
    assert.deepEqual(zoneIds, ["apne1-az4", "apne1-az1", "apne1-az2"]);
  });

  it("gives Local Zones only when asked, and filters by opt-in status", () => {
    const all = { allAvailabilityZones: true };
    assert.ok((invoke(token, all)["names"] as string[]).includes("ap-northeast-1-tpe-1a"));
    const filtered = invoke(token, { ...all, filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }] });
    assert.deepEqual(filtered["names"], ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"]);
    assert.throws(() => invoke(token, { filters: [{ name: "colour", values: [] }] }), /The filter 'colour' is invalid/);
  });

  it("leaves out what is excluded", () => {
    assert.deepEqual(invoke(token, { excludeNames: ["ap-northeast-1a"], excludeZoneIds: ["apne1-az2"] })["names"], [
      "ap-northeast-1c",
    ]);
  });
});

describe("the other data sources", () => {
  it("know account, Region and partition", () => {
    assert.equal(invoke("aws:index/getCallerIdentity:getCallerIdentity")["accountId"], "123456789012");
    assert.equal(invoke("aws:index/getRegion:getRegion", {}, "ap-northeast-3")["description"], "Asia Pacific (Osaka)");
    assert.equal(invoke("aws:index/getPartition:getPartition", {}, "cn-north-1")["dnsSuffix"], "amazonaws.com.cn");
    assert.throws(() => invoke("aws:index/getRegion:getRegion", { region: "mars-1" }), /no region found/);
  });

  it("give Debian's images, and no parameter that doesn't exist", () => {
    const token = "aws:ssm/getParameter:getParameter";
    const name = "/aws/service/debian/release/12/latest/amd64";
    assert.match(String(invoke(token, { name })["value"]), /^ami-0[0-9a-f]{16}$/);
    assert.equal(invoke(token, { name })["value"], invoke(token, { name })["value"]);
    assert.throws(() => invoke(token, { name: "/nothing" }), /couldn't find SSM Parameter \/nothing/);
  });

  it("M7: know in which zones email-smtp is offered, and that Osaka hasn't got it", () => {
    const token = "aws:ec2/getVpcEndpointService:getVpcEndpointService";
    const seoul = invoke(token, { service: "email-smtp" }, "ap-northeast-2");
    assert.deepEqual(seoul["availabilityZones"], ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"]);
    assert.throws(() => invoke(token, { service: "email-smtp" }, "ap-northeast-3"), /does not exist/);
  });

  it("that nobody has written yet say which file to add; unknown arguments are named", () => {
    assert.throws(() => invoke("aws:ec2/getAmi:getAmi"), /aws:ec2\/getAmi:getAmi.*offline\/invokes\/ami\.ts/);
    assert.throws(
      () => invoke("aws:index/getRegion:getRegion", { regoin: "x" }),
      /unknown argument `regoin`.*did you mean `region`/,
    );
  });
});
