import assert from "node:assert/strict";
import { Certificate } from "../../../infra/tls/certificate";
import { lineage, record, resolved, theOne, type Answers } from "../mocks";

const SELF = "dejima:tls:Certificate main-mail";

const ANSWERS: Answers = {
  "aws:acm/certificate:Certificate": () => ({
    arn: "arn:certificate",
    domainValidationOptions: [{ resourceRecordName: "_x.mail.example.com.", resourceRecordValue: "_y.acm.example." }],
  }),
  "aws:acm/certificateValidation:CertificateValidation": () => ({}),
  "aws:route53/record:Record": () => ({ fqdn: "_x.mail.example.com" }),
};

describe("Certificate", () => {
  it("with a zone proves its name itself", async () => {
    const made = await record(ANSWERS, async () => {
      const certificate = new Certificate("main-mail", {
        domainName: "mail.example.com",
        exportable: true,
        zoneId: "ZONE",
      });
      assert.equal(await resolved(certificate.arn), "arn:certificate");
    });
    assert.deepEqual(lineage(made), [
      `aws:acm/certificate:Certificate main-mail < ${SELF}`,
      `aws:acm/certificateValidation:CertificateValidation main-mail < ${SELF}`,
      `aws:route53/record:Record main-mail < ${SELF}`,
      SELF,
    ]);
    assert.deepEqual(theOne(made, "aws:acm/certificate:Certificate").inputs, {
      domainName: "mail.example.com",
      validationMethod: "DNS",
      options: { export: "ENABLED" },
      tags: { Name: "main-mail" },
    });
    assert.deepEqual(theOne(made, "aws:route53/record:Record").inputs, {
      zoneId: "ZONE",
      name: "_x.mail.example.com.",
      type: "CNAME",
      ttl: 300,
      records: ["_y.acm.example."],
    });
    assert.deepEqual(theOne(made, "aws:acm/certificateValidation:CertificateValidation").inputs, {
      certificateArn: "arn:certificate",
      validationRecordFqdns: ["_x.mail.example.com"],
    });
  });

  it("without one says which record a person must create, and isn't exportable unless asked", async () => {
    const made = await record(ANSWERS, async () => {
      const { validation } = new Certificate("main-mail", {
        domainName: "webmail.example.com",
        exportable: false,
        zoneId: undefined,
      });
      assert.equal(await resolved(validation.name), "_x.mail.example.com.");
      assert.equal(await resolved(validation.value), "_y.acm.example.");
    });
    assert.equal(made.filter(({ type }) => type === "aws:route53/record:Record").length, 0);
    assert.equal(theOne(made, "aws:acm/certificate:Certificate").inputs["options"], undefined);
    assert.deepEqual(theOne(made, "aws:acm/certificateValidation:CertificateValidation").inputs, {
      certificateArn: "arn:certificate",
    });
  });
});
