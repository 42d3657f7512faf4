import assert from "node:assert/strict";
import { parseSettings } from "../../../infra/config";
import { tlsSources } from "../../../infra/tls/tls-sources";
import { lineage, record, resolved, type Answers } from "../mocks";

const ANSWERS: Answers = {
  "aws:acm/certificate:Certificate": ({ name }) => ({
    arn: `arn:certificate:${name}`,
    domainValidationOptions: [{ resourceRecordName: `_x.${name}`, resourceRecordValue: "_y.acm.example." }],
  }),
  "aws:acm/certificateValidation:CertificateValidation": () => ({}),
  "aws:route53/record:Record": () => ({ fqdn: "_x" }),
};
const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:tls";
const IMPORTED = "arn:aws:acm:ap-northeast-1:123456789012:certificate/web";
const settings = (more: object) => parseSettings({ ses: { identity: "example.com" }, ...more });

async function sources(more: object) {
  let given: { mail: unknown; web: string; proofs: string[] } | undefined;
  const made = await record(ANSWERS, async () => {
    const { mail, webCertificateArn, proofs } = tlsSources("main", settings(more), {});
    given = {
      mail: await resolved(mail),
      web: await resolved(webCertificateArn),
      proofs: proofs.map(({ key, type, purpose }) => `${key} ${type} ${purpose}`),
    };
  });
  return { given, certificates: lineage(made).filter((line) => line.startsWith("dejima:tls:Certificate ")) };
}

describe("where keys and certificates come from", () => {
  it("is ACM by default: one certificate for mail, one for web, each proven by a record", async () => {
    assert.deepEqual(await sources({}), {
      given: {
        mail: { kind: "acm", certificateArn: "arn:certificate:main-mail" },
        web: "arn:certificate:main-web",
        proofs: [
          "mail-certificate CNAME proves the mail name to ACM",
          "web-certificate CNAME proves the web name to ACM",
        ],
      },
      certificates: ["dejima:tls:Certificate main-mail", "dejima:tls:Certificate main-web"],
    });
  });

  it("leaves nothing for a person to prove where there is a zone", async () => {
    const { given } = await sources({ dns: { zoneId: "Z0123456789ABCDEFGHIJ", zone: "example.com" } });
    assert.deepEqual(given?.proofs, []);
  });

  it("can be a secret and a certificate of one's own, and then nothing is made", async () => {
    const { given, certificates } = await sources({
      tls: { source: "secret", secretArn: SECRET, webCertificateArn: IMPORTED },
    });
    assert.deepEqual(given, { mail: { kind: "secret", secretArn: SECRET }, web: IMPORTED, proofs: [] });
    assert.deepEqual(certificates, []);
  });

  it("takes a certificate of one's own for the web alone", async () => {
    const { given, certificates } = await sources({ tls: { webCertificateArn: IMPORTED } });
    assert.equal(given?.web, IMPORTED);
    assert.deepEqual(certificates, ["dejima:tls:Certificate main-mail"]);
    assert.deepEqual(given?.proofs, ["mail-certificate CNAME proves the mail name to ACM"]);
  });
});
