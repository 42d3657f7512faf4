import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { mailRecords, type MailRecordsArgs } from "../../../infra/dns/mail-records";
import { isAlias } from "../../../infra/dns/record";
import { resolved } from "../mocks";

const balancer = (name: string) => ({ dnsName: pulumi.output(`${name}.elb.example`), zoneId: pulumi.output("Z1") });

const ARGS: MailRecordsArgs = {
  region: "ap-northeast-1",
  domain: "example.com",
  signs: true,
  mailFrom: "bounce.example.com",
  dkimTokens: pulumi.output(["one", "two", "three"]),
  hostname: "mail.example.com",
  webHostname: "webmail.example.com",
  postmaster: "postmaster@example.com",
  mailBalancer: balancer("mail"),
  webBalancer: balancer("web"),
};

async function lines(more: Partial<MailRecordsArgs>): Promise<string[]> {
  return Promise.all(
    mailRecords({ ...ARGS, ...more }).map(async ({ key, name, type, value }) => {
      const target = isAlias(value) ? value.dnsName : pulumi.output(value);
      return `${key}: ${await resolved(pulumi.output(name))} ${type} ${await resolved(target)}`;
    }),
  );
}

describe("the records of a mail domain (M6)", () => {
  it("are these, and no more", async () => {
    assert.deepEqual(await lines({}), [
      "mail: mail.example.com ALIAS mail.elb.example",
      "web: webmail.example.com ALIAS web.elb.example",
      "mx: example.com MX 10 mail.example.com",
      "dkim-0: one._domainkey.example.com CNAME one.dkim.amazonses.com",
      "dkim-1: two._domainkey.example.com CNAME two.dkim.amazonses.com",
      "dkim-2: three._domainkey.example.com CNAME three.dkim.amazonses.com",
      "mail-from-mx: bounce.example.com MX 10 feedback-smtp.ap-northeast-1.amazonses.com",
      "mail-from-spf: bounce.example.com TXT v=spf1 include:amazonses.com -all",
      "spf: example.com TXT v=spf1 include:amazonses.com -all",
      "dmarc: _dmarc.example.com TXT v=DMARC1; p=quarantine; rua=mailto:postmaster@example.com",
    ]);
  });

  it("have Osaka's DKIM keys under its own domain", async () => {
    const dkim = (await lines({ region: "ap-northeast-3" })).filter((line) => line.startsWith("dkim"));
    assert.equal(dkim[0], "dkim-0: one._domainkey.example.com CNAME one.dkim.ap-northeast-3.amazonses.com");
  });

  it("of a single address are those of the servers only", async () => {
    const some = await lines({ signs: false, mailFrom: undefined });
    assert.deepEqual(
      some.map((line) => line.split(":")[0]),
      ["mail", "web", "mx"],
    );
  });
});
