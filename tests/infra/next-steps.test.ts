import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parseSettings } from "../../infra/config";
import { nextSteps, recordsToCreate } from "../../infra/next-steps";
import { resolved } from "./mocks";

const settings = (more: object = {}) => parseSettings({ ses: { identity: "example.com" }, ...more });
const records = [
  { name: "mail.example.com", type: "ALIAS", value: "mail.elb.example", purpose: "the mail servers" },
  { name: "example.com", type: "MX", value: "10 mail.example.com", purpose: "mail (MX)" },
];
const steps = (more: Partial<Parameters<typeof nextSteps>[0]>) =>
  nextSteps({ settings: settings(), bastionAddress: "bastion.elb.example", records: [], ...more }).split("\n");
const headings = (lines: readonly string[]) =>
  lines.map((line) => line.slice(0, 15).trim()).filter((text) => text !== "");

describe("what a person does after the first deployment", () => {
  it("names every record to create, in columns", () => {
    assert.deepEqual(steps({ records }).slice(0, 3), [
      "DNS            Create these records:",
      "                 mail.example.com  ALIAS  mail.elb.example     the mail servers",
      "                 example.com       MX     10 mail.example.com  mail (MX)",
    ]);
  });

  it("is no more than needed: no records with a zone, no confirmations without addresses", () => {
    assert.deepEqual(headings(steps({})), ["SES sandbox", "Port 25", "Bastions", "First account"]);
    const all = steps({ records, settings: settings({ notifications: { emails: ["ops@example.com"] } }) });
    assert.deepEqual(headings(all), ["DNS", "SES sandbox", "SNS", "Port 25", "Bastions", "First account"]);
    assert.ok(all.some((line) => line.startsWith("SNS") && line.includes("ops@example.com")));
  });

  it("asks to confirm an address as identity", () => {
    const lines = steps({ settings: settings({ ses: { identity: "me@example.com" } }) });
    assert.ok(lines.includes("SES address    Follow the link that AWS mailed to me@example.com."));
  });

  it("says how the first account comes, and opens and closes the maintenance only where it isn't open", () => {
    const shut = steps({});
    assert.ok(shut.some((line) => line.includes("pulumi config set maintenance true")));
    assert.ok(shut.some((line) => line.endsWith("sudo dejima-account domain add example.com")));
    const open = steps({ settings: settings({ maintenance: true }) });
    assert.ok(!open.some((line) => line.includes("maintenance true")));
    assert.ok(open.some((line) => line.includes("maintenance false")));
  });

  it("has the postmaster's domain served, which mail's own needn't be", () => {
    const lines = steps({ settings: settings({ mail: { postmaster: "ops@example.net" } }) });
    const domains = lines.flatMap((line) => /domain add (.+)$/.exec(line)?.[1] ?? []);
    assert.deepEqual(domains, ["example.com", "example.net"]);
  });

  it("warns of a CNAME for the name in an MX record, where there are records to create", () => {
    const warned = (lines: readonly string[]) => lines.some((line) => line.includes("RFC 2181"));
    assert.deepEqual([warned(steps({ records })), warned(steps({}))], [true, false]);
  });

  it("has a load balancer's name in place of its addresses", async () => {
    const balancer = { dnsName: pulumi.output("mail.elb.example"), zoneId: pulumi.output("Z1") };
    const given = [{ key: "mail", name: "mail.example.com", type: "ALIAS", value: balancer, purpose: "p" }] as const;
    assert.deepEqual(await resolved(recordsToCreate(given)), [
      { name: "mail.example.com", type: "ALIAS", value: "mail.elb.example", purpose: "p" },
    ]);
  });
});
