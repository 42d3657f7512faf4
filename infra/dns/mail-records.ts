import * as pulumi from "@pulumi/pulumi";
import type { Alias, DnsRecord } from "./record";

export interface MailRecordsArgs {
  readonly region: string;
  /** The domain that mail is from. */
  readonly domain: string;
  /** Whether the domain itself is SES's identity; of an address, DKIM and MAIL FROM are its domain owner's matter. */
  readonly signs: boolean;
  readonly mailFrom?: string | undefined;
  readonly dkimTokens: pulumi.Output<string[]>;
  readonly hostname: string;
  readonly webHostname: string;
  readonly postmaster: string;
  readonly mailBalancer: Alias;
  readonly webBalancer: Alias;
}

/** SES hands out three keys: https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dkim-easy.html */
const DKIM_TOKENS = [0, 1, 2];

/** Regions whose DKIM keys stand under a domain of their own: https://docs.aws.amazon.com/general/latest/gr/ses.html#ses_dkim_domains */
const OWN_DKIM_DOMAIN = [
  "af-south-1",
  "ap-northeast-3",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-5",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "il-central-1",
  "me-central-1",
  "us-gov-east-1",
];

const SPF = "v=spf1 include:amazonses.com -all";

/** Every record by which mail and web are found, and by which others know that mail is ours (M6). */
export function mailRecords(args: MailRecordsArgs): DnsRecord[] {
  const { domain, hostname, webHostname, mailBalancer, webBalancer, postmaster } = args;
  return [
    { key: "mail", name: hostname, type: "ALIAS", value: mailBalancer, purpose: "the mail servers" },
    { key: "web", name: webHostname, type: "ALIAS", value: webBalancer, purpose: "webmail" },
    { key: "mx", name: domain, type: "MX", value: `10 ${hostname}`, purpose: "where mail for the domain goes (MX)" },
    ...(args.signs ? [...dkim(args), ...mailFrom(args), spf(domain), dmarc(domain, postmaster)] : []),
  ];
}

function dkim({ domain, region, dkimTokens }: MailRecordsArgs): DnsRecord[] {
  const keys = OWN_DKIM_DOMAIN.includes(region) ? `dkim.${region}.amazonses.com` : "dkim.amazonses.com";
  return DKIM_TOKENS.map((index) => {
    const token = dkimTokens.apply((tokens) => tokens[index] ?? "");
    return {
      key: `dkim-${index}`,
      name: pulumi.interpolate`${token}._domainkey.${domain}`,
      type: "CNAME",
      value: pulumi.interpolate`${token}.${keys}`,
      purpose: "proves the domain to SES and signs its mail (DKIM)",
    };
  });
}

/** Exactly one MX, or SES takes the domain for failed: https://docs.aws.amazon.com/ses/latest/dg/mail-from.html */
function mailFrom({ mailFrom: name, region }: MailRecordsArgs): DnsRecord[] {
  if (name === undefined) return [];
  return [
    {
      key: "mail-from-mx",
      name,
      type: "MX",
      value: `10 feedback-smtp.${region}.amazonses.com`,
      purpose: "where bounces go, the only MX there (MAIL FROM)",
    },
    { key: "mail-from-spf", name, type: "TXT", value: SPF, purpose: "SES may send with this MAIL FROM (SPF)" },
  ];
}

function spf(domain: string): DnsRecord {
  return { key: "spf", name: domain, type: "TXT", value: SPF, purpose: "SES may send for the domain (SPF)" };
}

function dmarc(domain: string, postmaster: string): DnsRecord {
  const value = `v=DMARC1; p=quarantine; rua=mailto:${postmaster}`;
  return { key: "dmarc", name: `_dmarc.${domain}`, type: "TXT", value, purpose: "what isn't ours is spam (DMARC)" };
}
