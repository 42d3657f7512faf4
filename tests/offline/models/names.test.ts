import { strict as assert } from "node:assert";
import type { Props } from "../../../offline/model";
import { Account, refused } from "./account";

describe("names, certificates and health checks", () => {
  const RECORD = "aws:route53/record:Record";
  let account: Account;
  beforeEach(async () => {
    account = new Account();
    await account.create("aws:route53/zone:Zone", "zone", { name: "mail.example" });
  });
  const record = (name: string, inputs: Props): Promise<unknown> =>
    account.create(RECORD, name, { zoneId: "${zone.zoneId}", ttl: 300, ...inputs });

  it("zones have an id and four sorted name servers under four domains", () => {
    const { id, outputs } = account.state("zone");
    assert.match(id, /^Z[A-Z0-9]{20}$/);
    const servers = outputs["nameServers"] as string[];
    assert.deepEqual([...servers].sort(), servers);
    assert.equal(new Set(servers.map((server) => server.replace(/^.*awsdns-\d+\./, ""))).size, 4);
  });

  it("records have the zone's name behind theirs", async () => {
    await record("short", { name: "imap", type: "A", records: ["192.0.2.1"] });
    const { id, outputs } = account.state("short");
    assert.equal(outputs["fqdn"], "imap.mail.example");
    assert.equal(id, `${account.state("zone").id}_imap_A`);
  });

  const wrong: [string, Props][] = [
    ["MX", { records: ["mx1.mail.example"] }],
    ["MX", { records: ["ten mx1.mail.example"] }],
    ["AAAA", { records: ["192.0.2.1"] }],
    ["CNAME", { records: ["a.example", "b.example"] }],
    ["TXT", { records: ["x".repeat(256)] }],
    ["SRV", { records: ["0 1 imap.mail.example"] }],
    ["A", { records: ["192.0.2.1", "192.0.2.1"] }],
  ];
  for (const [type, inputs] of wrong) {
    it(`${type} records refuse ${JSON.stringify(inputs["records"]).slice(0, 40)}`, () =>
      refused(record("x", { name: "x", type, ...inputs }), "InvalidChangeBatch"));
  }

  it("a name has one set of each type, and nothing beside a CNAME", async () => {
    await record("one", { name: "x", type: "A", records: ["192.0.2.1"] });
    await refused(record("two", { name: "x.mail.example.", type: "A", records: ["192.0.2.2"] }), "InvalidChangeBatch");
    await refused(
      record("alias", { name: "x", type: "CNAME", records: ["y.example"] }),
      "InvalidChangeBatch",
      /conflicting/,
    );
    await record("two", { name: "x", type: "A", records: ["192.0.2.2"], allowOverwrite: true });
    const weighted = { name: "w", type: "A", records: ["192.0.2.1"], weightedRoutingPolicies: [{ weight: 1 }] };
    await record("w1", { ...weighted, setIdentifier: "one" });
    await record("w2", { ...weighted, setIdentifier: "two" });
    await refused(record("w3", { ...weighted, setIdentifier: "two" }), "InvalidChangeBatch", /already exists/);
    assert.match(account.state("w2").id, /_w_A_two$/);
  });

  it("need a time to live, a zone and a health check that exist", async () => {
    const simple = { name: "x", type: "A", records: ["192.0.2.1"] };
    await refused(account.create(RECORD, "x", { zoneId: "${zone.id}", ...simple }), "InvalidInput", /TTL/);
    await refused(record("x", { ...simple, zoneId: "Z00000000000000000000" }), "NoSuchHostedZone");
    await refused(record("x", { ...simple, healthCheckId: "none" }), "NoSuchHealthCheck");
  });

  it("health checks want what their kind needs", async () => {
    const check = (inputs: Props): Promise<unknown> =>
      account.create("aws:route53/healthCheck:HealthCheck", "x", inputs);
    await refused(check({ type: "TCP", ipAddress: "192.0.2.1" }), "InvalidInput", /port/);
    await refused(check({ type: "HTTPS", port: 443 }), "InvalidInput", /FullyQualifiedDomainName/);
    await refused(check({ type: "TCP", port: 25, ipAddress: "10.0.0.1" }), "InvalidInput", /private/);
    await check({ type: "TCP", port: 25, ipAddress: "192.0.2.1" });
    assert.deepEqual(
      ["failureThreshold", "requestInterval"].map((key) => account.state("x").outputs[key]),
      [3, 30],
    );
  });

  it("certificates ask for a record per name, wildcards for that of the name after them", async () => {
    await account.create("aws:acm/certificate:Certificate", "c", {
      domainName: "mail.example",
      subjectAlternativeNames: ["*.mail.example", "imap.mail.example"],
      validationMethod: "DNS",
      options: { export: "ENABLED" },
    });
    const options = account.state("c").outputs["domainValidationOptions"] as Record<string, string>[];
    assert.equal(options.length, 3);
    assert.equal(options[0]?.["resourceRecordName"], options[1]?.["resourceRecordName"]);
    assert.match(options[2]?.["resourceRecordName"] ?? "", /^_[0-9a-f]{32}\.imap\.mail\.example\.$/);
    const type = "aws:acm/certificateValidation:CertificateValidation";
    const names = options.map((one) => one["resourceRecordName"]);
    const one = { certificateArn: "${c.arn}", validationRecordFqdns: names.slice(0, 1) };
    await refused(account.create(type, "v", one), "ProviderCreate", /missing DNS validation record/);
    await account.create(type, "v", { ...one, validationRecordFqdns: names });
  });

  it("certificates have ten names at most", () =>
    refused(
      account.create("aws:acm/certificate:Certificate", "c", {
        domainName: "mail.example",
        subjectAlternativeNames: Array.from({ length: 10 }, (_, index) => `n${index}.mail.example`),
        validationMethod: "DNS",
      }),
      "LimitExceededException",
    ));
});
