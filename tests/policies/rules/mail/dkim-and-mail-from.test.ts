import { dkimAndMailFrom } from "../../../../policies/rules/mail/dkim-and-mail-from";
import { ACCOUNT, REGION } from "../../mail-stack";
import { type Input, Stack } from "../../stack";
import { describePlanted } from "../planted";

type Inputs = Record<string, Input>;
type Added = ReturnType<Stack["add"]>;

interface Change {
  readonly api?: "v1" | "v2";
  readonly domain?: string;
  readonly dkim?: Inputs | null;
  readonly mailFrom?: Inputs | null;
  /** The hosted zone of the stack; null: the zone is elsewhere. */
  readonly zone?: Inputs | null;
  /** By key: another record, or none. */
  readonly records?: Readonly<Record<string, Inputs | null>>;
  /** DKIM records made of the identity's tokens. */
  readonly dkimRecords?: number;
  readonly more?: (stack: Stack) => void;
}

const TOKENS = ["t1", "t2", "t3"];

/** A domain with DKIM, MAIL FROM, and a hosted zone with every record that they need. */
function domainStack({ api = "v2", domain = "example.com", dkim = {}, mailFrom = {}, ...change }: Change): Stack {
  const stack = new Stack();
  const add = (type: string, name: string, inputs: Inputs, outputs: Record<string, string> = {}) =>
    stack.add(type, name, { region: REGION, ...inputs }, outputs);
  const arn = `arn:aws:ses:${REGION}:${ACCOUNT}:identity/${domain}`;
  let signer: Added | undefined;
  const tokens = Object.fromEntries(TOKENS.map((token) => [token, `${token}._domainkey.${domain}`]));
  if (api === "v2") {
    const attributes = { nextSigningKeyLength: "RSA_2048_BIT", tokens: TOKENS };
    signer = add(
      "aws:sesv2/emailIdentity:EmailIdentity",
      "sender",
      { emailIdentity: domain, ...(dkim === null ? {} : { dkimSigningAttributes: { ...attributes, ...dkim } }) },
      { arn, ...tokens },
    );
    const name = "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes";
    if (mailFrom !== null)
      add(name, "sender", { emailIdentity: domain, mailFromDomain: `bounce.${domain}`, ...mailFrom });
  } else {
    add("aws:ses/domainIdentity:DomainIdentity", "sender", { domain }, { arn });
    if (dkim !== null)
      signer = add("aws:ses/domainDkim:DomainDkim", "sender", { domain, dkimTokens: TOKENS, ...dkim }, tokens);
    const name = "aws:ses/mailFrom:MailFrom";
    if (mailFrom !== null) add(name, "sender", { domain, mailFromDomain: `bounce.${domain}`, ...mailFrom });
  }
  const zone =
    change.zone === null
      ? undefined
      : stack.add("aws:route53/zone:Zone", "main", { name: domain, ...change.zone }, { zoneId: "Z1" });
  const sound: Record<string, Inputs> = {
    mx: { name: `bounce.${domain}`, type: "MX", records: [`10 feedback-smtp.${REGION}.amazonses.com`] },
    spf: { name: `bounce.${domain}`, type: "TXT", records: ["v=spf1 include:amazonses.com -all"] },
    dmarc: { name: `_dmarc.${domain}`, type: "TXT", records: ["v=DMARC1; p=quarantine"] },
  };
  TOKENS.slice(0, change.dkimRecords ?? TOKENS.length).forEach((token, at) => {
    const name = `${token}._domainkey.${domain}`;
    sound[`dkim-${at}`] = {
      name: signer?.of(token) ?? name,
      type: "CNAME",
      records: [`${token}.dkim.amazonses.com`],
    };
  });
  const records = change.zone === null ? (change.records ?? {}) : { ...sound, ...change.records };
  for (const [key, inputs] of Object.entries(records)) {
    if (inputs !== null)
      stack.add("aws:route53/record:Record", key, { zoneId: zone?.id ?? "Z9", ...sound[key], ...inputs });
  }
  change.more?.(stack);
  return stack;
}

const changed = (change: Change) => () => domainStack(change);
const record = (key: string, inputs: Inputs | null) => changed({ records: { [key]: inputs } });

describe("dkim-and-mail-from (M6)", () => {
  describe("the identity", () => {
    const abroad = { dkim: null, zone: null };
    describePlanted(dkimAndMailFrom, {
      "sound, v2": { stack: changed({}), answer: "proved" },
      "sound, v1": { stack: changed({ api: "v1" }), answer: "proved" },
      "sound, its zone elsewhere": { stack: changed({ zone: null }), answer: "proved" },
      "v1 without DKIM": {
        stack: changed({ api: "v1", dkim: null }),
        answer: "violated",
        words: /DKIM isn't on\nFix: add an aws\.ses\.DomainDkim/,
      },
      "v1 with DKIM of another domain": {
        stack: changed({ api: "v1", dkim: { domain: "example.org" } }),
        answer: "violated",
      },
      "v1 with DKIM by the second API": {
        stack: changed({
          ...{ api: "v1", dkim: null, zone: null },
          more: (stack) => {
            stack.add("aws:sesv2/emailIdentity:EmailIdentity", "twin", {
              ...{ region: REGION, emailIdentity: "example.com" },
              dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" },
            });
          },
        }),
        answer: "proved",
      },
      "a short key": {
        stack: changed({ dkim: { nextSigningKeyLength: "RSA_1024_BIT" } }),
        answer: "violated",
        words: /nextSigningKeyLength is "RSA_1024_BIT"\nFix: set dkimSigningAttributes/,
      },
      "a key that AWS made short": {
        stack: changed({ dkim: { nextSigningKeyLength: "", currentSigningKeyLength: "RSA_1024_BIT" } }),
        answer: "violated",
      },
      "a key that AWS made long": {
        stack: changed({ dkim: { nextSigningKeyLength: "", currentSigningKeyLength: "RSA_2048_BIT" } }),
        answer: "proved",
      },
      "a key of a length that nobody says": {
        stack: changed(abroad),
        answer: "undetermined",
        words: /how long a DKIM key SES makes/,
      },
      "a key of its own": {
        stack: changed({ zone: null, dkim: { nextSigningKeyLength: "", domainSigningSelector: "own" } }),
        answer: "proved",
      },
      "no MAIL FROM": {
        stack: changed({ mailFrom: null }),
        answer: "violated",
        words: /example\.com has no MAIL FROM domain of its own/,
      },
      "no MAIL FROM, v1": { stack: changed({ api: "v1", mailFrom: null }), answer: "violated" },
      "a MAIL FROM without a name": {
        stack: changed({ mailFrom: { mailFromDomain: "" } }),
        answer: "violated",
        words: /has no mailFromDomain/,
      },
      "the MAIL FROM of another domain": {
        stack: changed({ mailFrom: { emailIdentity: "example.org" } }),
        answer: "violated",
      },
      "a MAIL FROM that isn't below it": {
        stack: changed({ mailFrom: { mailFromDomain: "bounce.example.org" } }),
        answer: "violated",
        words: /isn't below example\.com/,
      },
      "an address": {
        stack: () => {
          const stack = new Stack();
          stack.add("aws:sesv2/emailIdentity:EmailIdentity", "sender", { emailIdentity: "me@example.com" });
          return stack;
        },
        answer: "notApplicable",
      },
      "no identity": { stack: () => new Stack(), answer: "notApplicable" },
    });
  });

  describe("the zone", () => {
    describePlanted(dkimAndMailFrom, {
      "without the MX record": {
        stack: record("mx", null),
        answer: "violated",
        words: /bounce\.example\.com has no MX record in the zone/,
      },
      "with two MX records": {
        stack: record("mx", { records: ["10 feedback-smtp.ap-northeast-1.amazonses.com", "20 mail.example.com"] }),
        answer: "violated",
        words: /has 2 MX records .*SES wants exactly one/,
      },
      "with a second MX record set": {
        stack: record("other", { name: "bounce", type: "MX", records: ["20 mail.example.com"] }),
        answer: "violated",
      },
      "with an MX record to another Region": {
        stack: record("mx", { records: ["10 feedback-smtp.eu-west-1.amazonses.com"] }),
        answer: "violated",
        words: /leads to "10 feedback-smtp\.eu-west-1/,
      },
      "with names below the zone's and final dots": {
        stack: changed({
          zone: { name: "example.com." },
          records: {
            mx: { name: "bounce", records: [`10 feedback-smtp.${REGION}.amazonses.com.`] },
            dmarc: { name: "_dmarc", records: ['"v=DMARC1; " "p=none"'] },
          },
        }),
        answer: "proved",
      },
      "without the SPF record": {
        stack: record("spf", null),
        answer: "violated",
        words: /bounce\.example\.com has no TXT record/,
      },
      "with an SPF record for others": {
        stack: record("spf", { records: ["v=spf1 ip4:192.0.2.1 -all"] }),
        answer: "violated",
        words: /doesn't let SES send/,
      },
      "with an SPF record for everybody": {
        stack: record("spf", { records: ["v=spf1 include:amazonses.com +all"] }),
        answer: "violated",
        words: /lets everybody send/,
      },
      "with an SPF record that includes another": {
        stack: record("spf", { records: ["v=spf1 include:spf.example.org -all"] }),
        answer: "undetermined",
      },
      "with two SPF records": {
        stack: record("spf", { records: ["v=spf1 include:amazonses.com -all", "v=spf1 -all"] }),
        answer: "violated",
        words: /has 2 SPF records/,
      },
      "without the DMARC record": {
        stack: record("dmarc", null),
        answer: "violated",
        words: /example\.com has no DMARC record/,
      },
      "with a DMARC record without a policy": { stack: record("dmarc", { records: ["v=DMARC1"] }), answer: "violated" },
      "with something else at _dmarc": {
        stack: record("dmarc", { records: ["hello"] }),
        answer: "violated",
        words: /is no DMARC record/,
      },
      "with a weaker DMARC policy than wanted": {
        stack: changed({}),
        answer: "violated",
        config: { weakestDmarcPolicy: "reject" },
        words: /is quarantine, and reject is the least/,
      },
      "with the DMARC policy that is wanted": {
        stack: changed({}),
        answer: "proved",
        config: { weakestDmarcPolicy: "quarantine" },
      },
      "without a DKIM record": {
        stack: changed({ dkimRecords: 2 }),
        answer: "violated",
        preview: "undetermined",
        words: /DKIM record t3\._domainkey\.example\.com isn't in the zone/,
      },
      "without any DKIM record": { stack: changed({ dkimRecords: 0 }), answer: "violated" },
      "with the record of a key of its own": {
        stack: changed({
          dkim: { nextSigningKeyLength: "", domainSigningSelector: "own" },
          records: { own: { name: "own._domainkey", type: "TXT", records: ["p=MII"] } },
        }),
        answer: "proved",
      },
      "without the record of a key of its own": {
        stack: changed({ dkim: { nextSigningKeyLength: "", domainSigningSelector: "own" } }),
        answer: "violated",
        words: /own\._domainkey\.example\.com isn't in the zone of this stack/,
      },
      "private, with none of them": { stack: changed({ zone: { vpcs: [{ vpcId: "vpc-1" }] } }), answer: "proved" },
      "of the domain above, with its DMARC record": {
        stack: changed({
          domain: "mail.example.com",
          zone: { name: "example.com" },
          records: { dmarc: { name: "_dmarc.example.com", records: ["v=DMARC1; p=reject"] } },
        }),
        answer: "proved",
      },
      "of the domain alone, without its DMARC record": {
        stack: changed({ domain: "mail.example.com", records: { dmarc: null } }),
        answer: "undetermined",
        words: /whether example\.com, whose zone isn't in this stack, has a DMARC record/,
      },
      "that hands the name over to another": {
        stack: changed({
          domain: "mail.example.com",
          zone: { name: "example.com" },
          records: {
            ...{ mx: null, spf: null, dmarc: null },
            ns: { name: "mail", type: "NS", records: ["ns.example.net"] },
          },
        }),
        answer: "proved",
      },
      "elsewhere, with two MX records from here": {
        stack: changed({
          zone: null,
          records: {
            mx: { name: "bounce.example.com", type: "MX", records: ["10 a.example.com", "10 b.example.com"] },
          },
        }),
        answer: "violated",
      },
    });
  });
});
