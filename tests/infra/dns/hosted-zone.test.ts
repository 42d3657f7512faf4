import assert from "node:assert/strict";
import { ConfigurationError } from "../../../infra/config/problem";
import { checkZone } from "../../../infra/dns/hosted-zone";
import { record } from "../mocks";

const CONFIGURED = { zoneId: "Z0123456789ABCDEFGHIJ", zone: "example.com" };

function checked(answer: (inputs: Record<string, unknown>) => Record<string, unknown>) {
  return record({}, () => checkZone(CONFIGURED, {}), { "aws:route53/getZone:getZone": answer });
}

const refused = (message: RegExp) => (error: unknown) =>
  error instanceof ConfigurationError && message.test(error.message);

describe("checkZone", () => {
  it("asks Route 53 by id, and takes the public zone of the configured name", async () => {
    const asked: unknown[] = [];
    await checked((inputs) => {
      asked.push(inputs);
      return { name: "example.com", privateZone: false };
    });
    assert.deepEqual(asked, [{ zoneId: CONFIGURED.zoneId }]);
  });

  it("takes one whose name isn't known, as on the embedded AWS", () =>
    checked(() => ({ name: "", privateZone: false })));

  it("refuses the zone of another name, of a parent or a subdomain too", async () => {
    for (const name of ["example.org", "com", "mail.example.com"]) {
      const message = new RegExp(`dns.zone: "example.com"; Z0123456789ABCDEFGHIJ is the zone ${name}\\. Look`);
      await assert.rejects(
        checked(() => ({ name, privateZone: false })),
        refused(message),
      );
    }
  });

  it("refuses a private zone", () =>
    assert.rejects(
      checked(() => ({ name: "example.com", privateZone: true })),
      refused(/dns.zoneId: "Z0123456789ABCDEFGHIJ"; the zone example.com is private/),
    ));

  const failing = (message: string) => () => {
    throw Object.assign(new Error(message), { details: message });
  };

  it("reports an id that the account doesn't have", () =>
    assert.rejects(
      checked(failing("reading Route 53 Hosted Zone (Z0123456789ABCDEFGHIJ): NoSuchHostedZone: no hosted zone found")),
      refused(/dns.zoneId: .*this account has no hosted zone of this id/),
    ));

  it("passes on any other failure as it is", () =>
    assert.rejects(
      checked(failing("AccessDenied")),
      (error) => !(error instanceof ConfigurationError) && /AccessDenied/.test(String(error)),
    ));
});
