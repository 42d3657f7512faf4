import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ZoneRecords } from "../../../infra/dns/zone-records";
import { record } from "../mocks";

describe("ZoneRecords", () => {
  it("makes each record in the zone, an alias with the health of its target (M10)", async () => {
    const made = await record({ "aws:route53/record:Record": () => ({}) }, () => {
      const balancer = { dnsName: pulumi.output("mail.elb.example"), zoneId: pulumi.output("Z1") };
      return new ZoneRecords("main", {
        zoneId: "ZONE",
        records: [
          { key: "mail", name: "mail.example.com", type: "ALIAS", value: balancer, purpose: "servers" },
          { key: "mx", name: "example.com", type: "MX", value: "10 mail.example.com", purpose: "mail" },
        ],
      });
    });
    const self = "dejima:dns:ZoneRecords main";
    assert.deepEqual(
      made.map(({ name, parent, inputs }) => [name, parent, inputs]),
      [
        [
          "main-mail",
          self,
          {
            zoneId: "ZONE",
            name: "mail.example.com",
            type: "A",
            aliases: [{ name: "mail.elb.example", zoneId: "Z1", evaluateTargetHealth: true }],
          },
        ],
        [
          "main-mx",
          self,
          { zoneId: "ZONE", name: "example.com", type: "MX", ttl: 600, records: ["10 mail.example.com"] },
        ],
        ["main", undefined, {}],
      ],
    );
  });
});
