import type { Settings } from "../config";
import type { Configured } from "./schema";
import type { Problem } from "./problem";

/** What no single field of the mail settings can tell. `given` is what was written, `settings` with everything derived filled in. */
export function checkMail(given: Configured, settings: Settings): Problem[] {
  return [...identity(given), ...mailFrom(given, settings), ...tls(given), ...zone(settings), ...alarms(settings)];
}

function identity({ ses }: Configured): Problem[] {
  if (ses.identity !== undefined) return [];
  const remedy = "Set it to a domain you own, for example: pulumi config set --path ses.identity example.com";
  return [problem("ses.identity", undefined, "there is no default for whom the mail is from", remedy)];
}

function mailFrom({ ses }: Configured, { mail }: Settings): Problem[] {
  if (ses.mailFrom === undefined) return [];
  const value = ses.mailFrom;
  if (ses.identity?.includes("@")) {
    return [problem("ses.mailFrom", value, "an address has no MAIL FROM domain of its own", "Leave it out.")];
  }
  if (isBelow(value, mail.domain)) return [];
  const limit = `it isn't a subdomain of the identity ${mail.domain}`;
  return [problem("ses.mailFrom", value, limit, `Take one such as bounce.${mail.domain}.`)];
}

function tls({ tls: { source, secretArn, webCertificateArn } }: Configured): Problem[] {
  if (source === "secret") {
    const missing = [
      ...(secretArn === undefined ? [["secretArn", "the ARN of the secret with chain and key of the mail names"]] : []),
      ...(webCertificateArn === undefined
        ? [["webCertificateArn", "the ARN of the web name's certificate in ACM"]]
        : []),
    ];
    return missing.map(([key = "", what = ""]) =>
      problem(`tls.${key}`, undefined, 'tls.source is "secret"', `Set it to ${what}.`),
    );
  }
  if (secretArn === undefined) return [];
  return [problem("tls.secretArn", secretArn, 'tls.source is "acm"', 'Leave it out, or set tls.source to "secret".')];
}

function zone({ dns, mail, web }: Settings): Problem[] {
  if (dns === undefined) return [];
  const names = [
    ["ses.identity", mail.domain],
    ["mail.hostname", mail.hostname],
    ["web.hostname", web.hostname],
  ] as const;
  return names
    .filter(([, name]) => name !== dns.zone && !isBelow(name, dns.zone))
    .map(([path, name]) =>
      problem(path, name, `it lies outside of the zone ${dns.zone}`, "Name one inside of it, or leave dns out."),
    );
}

function alarms({ alarms: rates }: Settings): Problem[] {
  return (["bounceRate", "complaintRate"] as const)
    .filter((rate) => rates[rate].warning >= rates[rate].critical)
    .map((rate) =>
      problem(
        `alarms.${rate}.warning`,
        rates[rate].warning,
        `it isn't below critical, ${rates[rate].critical}`,
        "Lower it: the warning comes first.",
      ),
    );
}

function isBelow(name: string, domain: string): boolean {
  return name.endsWith(`.${domain}`);
}

function problem(path: string, value: unknown, limit: string, remedy: string): Problem {
  return { path, value, limit, remedy };
}
