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

describe("getZone", () => {
  const token = "aws:route53/getZone:getZone";
  const RECORD = "aws:route53/record:Record";
  const settings = { region: "ap-northeast-1", defaultTags: {} };

  it("takes a domain's public zone to be there, and records find it", async () => {
    const aws = embeddedAws();
    const zone = new Invokes(aws.core).invoke(settings, token, { name: "Mail.example." }, true);
    assert.equal(zone["name"], "mail.example");
    assert.match(String(zone["zoneId"]), /^Z[A-Z0-9]{20}$/);
    assert.deepEqual(zone, invoke(token, { name: "mail.example" }));
    const record = { zoneId: zone["zoneId"], name: "imap", type: "A", ttl: 60, records: ["192.0.2.1"] };
    assert.equal((await aws.up(RECORD, "imap", record)).outputs["fqdn"], "imap.mail.example");
    assert.equal(aws.things().length, 1, "the zone stands in no world file");
  });

  it("finds a zone of the program's own by name and by id", async () => {
    const aws = embeddedAws();
    const { id } = await aws.up("aws:route53/zone:Zone", "zone", { name: "mail.example", comment: "ours" });
    for (const args of [{ name: "mail.example" }, { zoneId: id }]) {
      const zone = new Invokes(aws.core).invoke(settings, token, args, false);
      assert.deepEqual([zone["zoneId"], zone["comment"], zone["privateZone"]], [id, "ours", false]);
    }
  });

  it("takes a zone of a configured id to be there, and only then records find it", async () => {
    const aws = embeddedAws();
    const record = {
      zoneId: "Z0123456789ABCDEFGHIJ",
      name: "imap.mail.example",
      type: "A",
      ttl: 60,
      records: ["192.0.2.1"],
    };
    await aws.refuses("NoSuchHostedZone", aws.up(RECORD, "imap", record));
    new Invokes(aws.core).invoke(settings, token, { zoneId: record.zoneId }, false);
    assert.equal((await aws.up(RECORD, "imap", record)).outputs["fqdn"], "imap.mail.example");
  });

  it("refuses ids of no zone and private zones that aren't there", () => {
    assert.throws(() => invoke(token, { zoneId: "zone" }), { code: "NoSuchHostedZone" });
    assert.throws(() => invoke(token, { name: "mail.example", privateZone: true }), /no matching Route 53 Hosted Zone/);
    assert.throws(() => invoke(token, { name: "mail.example", zoneId: "Z0" }), /not both/);
  });
});
