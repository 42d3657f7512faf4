import type { Links } from "../../reachability/links";
import { UNKNOWN } from "../../reachability/resources";
import { bad, type Check, good, outside, pending } from "../check";
import { hasZoneOf, type RecordType, writtenAt } from "./dns-records";

/** How strictly others are to treat mail that isn't the domain's, weakest first. */
export const DMARC_POLICIES = ["none", "quarantine", "reject"] as const;
export type DmarcPolicy = (typeof DMARC_POLICIES)[number];

/** Bounces come back only where exactly one MX leads to SES: https://docs.aws.amazon.com/ses/latest/dg/mail-from.html */
export function mailFromMx(links: Links, name: string, region: string | undefined): Check {
  const host = `feedback-smtp.${region ?? "<region>"}.amazonses.com`;
  return record(links, name, "MX", `10 ${host}`, (values) => {
    if (values.length > 1)
      return bad(
        `MAIL FROM domain ${name} has ${values.length} MX records (${values.join(", ")}), and SES wants exactly one`,
        `leave only "10 ${host}" at ${name}`,
      );
    const [only = ""] = values;
    const there = /^\d+\s+feedback-smtp\.([a-z0-9-]+)\.amazonses\.com(?:\.cn)?$/i.exec(only)?.[1]?.toLowerCase();
    if (there === undefined || (region !== undefined && there !== region))
      return bad(
        `the MX record of MAIL FROM domain ${name} leads to ${JSON.stringify(only)}, not to SES in this Region`,
        `set it to "10 ${host}"`,
      );
    return region === undefined
      ? pending(`the Region of SES, whose feedback-smtp the MX record of ${name} has to name`)
      : good;
  });
}

/** https://datatracker.ietf.org/doc/html/rfc7208: one record, and more than one is an error. */
export function mailFromSpf(links: Links, name: string): Check {
  const wanted = '"v=spf1 include:amazonses.com -all"';
  return record(links, name, "TXT", wanted, (values) => {
    const policies = values.filter((value) => /^v=spf1(\s|$)/i.test(value));
    const [only] = policies;
    if (only === undefined)
      return bad(`MAIL FROM domain ${name} has no SPF record`, `add ${wanted} to the TXT records of ${name}`);
    if (policies.length > 1)
      return bad(
        `MAIL FROM domain ${name} has ${policies.length} SPF records, which counts as an error`,
        `keep one at ${name}`,
      );
    const terms = only.toLowerCase().split(/\s+/);
    if (terms.some((term) => /^\+?all$/.test(term)))
      return bad(`the SPF record of ${name} lets everybody send: ${JSON.stringify(only)}`, `end it with "-all"`);
    if (terms.some((term) => /^\+?include:amazonses\.com$/.test(term))) return good;
    if (terms.some((term) => /^(redirect=|\+?include:)/.test(term)))
      return outside(`whether what the SPF record of ${name} includes names SES: ${JSON.stringify(only)}`);
    return bad(
      `the SPF record of ${name} doesn't let SES send: ${JSON.stringify(only)}`,
      `add "include:amazonses.com" to it`,
    );
  });
}

/** A domain without a record of its own has that of its organisation: https://datatracker.ietf.org/doc/html/rfc7489#section-6.6.3 */
export function dmarc(links: Links, domain: string, weakest: DmarcPolicy): Check {
  const names = ancestors(domain);
  const at = names.find((name) => {
    const { certain, possible } = writtenAt(links, `_dmarc.${name}`, "TXT");
    return certain.length > 0 || possible.length > 0;
  });
  const wanted = `"v=DMARC1; p=${weakest === "none" ? "quarantine" : weakest}"`;
  const missing = `add the TXT record _dmarc.${domain} with ${wanted}`;
  if (at === undefined) {
    const isOwn = hasZoneOf(links, domain);
    if (isOwn === "no") return good;
    if (isOwn === "perhaps") return pending(`which zone the stack has, and whether ${domain} lies in it`);
    const above = names.slice(1).filter((name) => hasZoneOf(links, name) !== "yes");
    return above.length === 0
      ? bad(`domain ${domain} has no DMARC record`, missing)
      : outside(
          `whether ${above.join(" or ")}, whose zone isn't in this stack, has a DMARC record for ${domain} too (${missing})`,
        );
  }
  return record(links, `_dmarc.${at}`, "TXT", wanted, (values) => {
    const policies = values.filter((value) => /^v=DMARC1\s*(;|$)/i.test(value));
    const [only] = policies;
    if (only === undefined) return bad(`the TXT record _dmarc.${at} is no DMARC record`, missing);
    if (policies.length > 1)
      return bad(`_dmarc.${at} has ${policies.length} DMARC records, which counts as none`, `keep one`);
    const tags = new Map(
      only
        .split(";")
        .map((tag) => tag.split("=").map((part) => part.trim().toLowerCase()))
        .map(([key = "", value = ""]) => [key, value]),
    );
    const said = (at === domain ? undefined : tags.get("sp")) ?? tags.get("p");
    const policy = DMARC_POLICIES.find((each) => each === said);
    if (policy === undefined)
      return bad(`the DMARC record of ${at} has no policy: ${JSON.stringify(only)}`, `write ${wanted}`);
    return DMARC_POLICIES.indexOf(policy) >= DMARC_POLICIES.indexOf(weakest)
      ? good
      : bad(
          `the DMARC policy of ${at} for ${domain} is ${policy}, and ${weakest} is the least that is wanted`,
          `write ${wanted}`,
        );
  });
}

/** The domain and those above it that somebody may own: all but the last label. */
function ancestors(domain: string): readonly string[] {
  const labels = domain.split(".");
  return labels.slice(0, -1).map((_, at) => labels.slice(at).join("."));
}

/** A record that the stack writes is judged wherever it stands; one that it doesn't write is missed only where the stack has the zone. */
function record(
  links: Links,
  name: string,
  type: RecordType,
  wanted: string,
  judge: (values: readonly string[]) => Check,
): Check {
  const { certain, possible, values } = writtenAt(links, name, type);
  const [doubtful] = possible;
  if (doubtful !== undefined) return pending(`whether record "${doubtful.name}" is the ${type} record of ${name}`);
  if (certain.length > 0) {
    const known = values.filter((value) => value !== UNKNOWN);
    return known.length < values.length ? pending(`what the ${type} record of ${name} says`) : judge(known);
  }
  switch (hasZoneOf(links, name)) {
    case "no":
      return good;
    case "perhaps":
      return pending(`which zone the stack has, and whether ${name} lies in it`);
    case "yes":
      return bad(
        `${name} has no ${type} record in the zone of this stack`,
        `add the ${type} record ${name} with ${wanted}`,
      );
  }
}
