import { z } from "zod";
import { all, type Certainty } from "../../reachability/certainty";
import type { Links } from "../../reachability/links";
import { given, type Resource, UNKNOWN } from "../../reachability/resources";
import { bad, type Check, findingOf, good, pending } from "../check";
import type { Finding, Rule } from "../rule";
import { signedByDkim, type Signer } from "./dkim";
import { V2_IDENTITY } from "./identities";
import { DMARC_POLICIES, type DmarcPolicy, dmarc, mailFromMx, mailFromSpf } from "./mail-dns";
import { IDENTITY_TYPES, type Names, nameOf, namesIn, onlyName, sameName } from "./same-name";
import { Whereabouts } from "./whereabouts";

const DOMAIN_TYPES = ["aws:ses/domainIdentity:DomainIdentity", V2_IDENTITY];
const DOMAIN_DKIM = "aws:ses/domainDkim:DomainDkim";
const MAIL_FROM = "aws:ses/mailFrom:MailFrom";
const V2_MAIL_FROM = "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes";

const settings = {
  weakestDmarcPolicy: z
    .enum(DMARC_POLICIES)
    .default("none")
    .describe(
      "The weakest policy that a DMARC record may have: what others are to do with mail that isn't the domain's.",
    ),
};

/**
 * Records are judged that the stack writes, and missed where the stack has the hosted zone of the name (`aws.route53.Zone`). What stands in a
 * zone that isn't in the stack, another stack or a person has to see to.
 */
export const dkimAndMailFrom: Rule<typeof settings> = {
  id: "dkim-and-mail-from",
  title: "Receivers can tell that mail is the domain's",
  proves:
    "Proves that mail of every SES domain is signed (DKIM, 2,048 bits where the program can choose) and has a MAIL FROM domain of its own, and that the " +
    "records in hosted zones of the stack say so: the DKIM keys, exactly one MX to SES, SPF, DMARC.",
  why:
    "Receivers take mail for spam, or for forged, that neither its signature nor its envelope shows to be the domain's; " +
    "and nobody tells them what to do with forged mail without a DMARC record.",
  sources: [
    "https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dkim.html",
    "https://docs.aws.amazon.com/ses/latest/dg/mail-from.html",
    "https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dmarc.html",
    "https://www.rfc-editor.org/rfc/rfc7489",
  ],
  fix: "Turn DKIM on, set a MAIL FROM domain, and write the records that the message names.",
  enforcementLevel: "mandatory",
  severity: "medium",
  controls: [],
  tags: ["mail", "ses", "dns"],
  settings,
  defers: true,
  notApplicable: "The stack has no SES domain.",
  judge: ({ links, resources }, { weakestDmarcPolicy }) => {
    const whereabouts = new Whereabouts(links, resources);
    return links
      .ofTypes(...DOMAIN_TYPES)
      .flatMap((identity) => judge(links, whereabouts, identity, weakestDmarcPolicy));
  },
};

function judge(links: Links, whereabouts: Whereabouts, identity: Resource, weakest: DmarcPolicy): readonly Finding[] {
  const names = nameOf(identity);
  const domain = onlyName(names);
  // Of an address, all this is its domain's matter.
  if (domain?.includes("@") === true) return [];
  const question = `it can't be told whether receivers see that mail of ${domain ?? `"${identity.name}"`} is the domain's`;
  if (domain === undefined)
    return [findingOf(identity, question, [pending(`which domain or address SES identity "${identity.name}" is`)])];
  const isOf = (resource: Resource, its: Names) =>
    all(sameName(its, names), whereabouts.sameRegion(resource, identity));
  const checks = [
    ...signedByDkim(links, domain, signersOf(links, isOf)),
    ...mailFromOf(links, isOf, domain, whereabouts.region(identity)),
    dmarc(links, domain, weakest),
  ];
  return [findingOf(identity, question, checks)];
}

type IsOf = (resource: Resource, names: Names) => Certainty;

function signersOf(links: Links, isOf: IsOf): readonly Signer[] {
  const own = links.ofTypes(V2_IDENTITY).map((resource) => ({ resource, is: isOf(resource, nameOf(resource)) }));
  const classic = links
    .ofTypes(DOMAIN_DKIM)
    .map((resource) => ({ resource, is: isOf(resource, namesIn(links, resource, "domain", IDENTITY_TYPES)) }));
  return [...own, ...classic]
    .filter(({ is }) => is !== "no")
    .map(({ resource, is }) => ({
      resource,
      doubt: is === "yes" ? good : pending(`of which domain "${resource.name}" is`),
    }));
}

function mailFromOf(links: Links, isOf: IsOf, domain: string, region: string | undefined): readonly Check[] {
  const settled = [
    ...links
      .ofTypes(MAIL_FROM)
      .map((resource) => ({ resource, is: isOf(resource, namesIn(links, resource, "domain", IDENTITY_TYPES)) })),
    ...links
      .ofTypes(V2_MAIL_FROM)
      .map((resource) => ({ resource, is: isOf(resource, namesIn(links, resource, "emailIdentity", IDENTITY_TYPES)) })),
  ].filter(({ is }) => is !== "no");
  const found = settled.find(({ is }) => is === "yes") ?? settled[0];
  const example = `mailFromDomain: "bounce.${domain}"`;
  if (found === undefined)
    return [
      bad(
        `${domain} has no MAIL FROM domain of its own, so that SPF is that of amazonses.com`,
        `add an aws.sesv2.EmailIdentityMailFromAttributes with ${example}`,
      ),
    ];
  if (found.is === "perhaps") return [pending(`of which domain "${found.resource.name}" sets the MAIL FROM domain`)];
  const name = given(found.resource, "mailFromDomain");
  if (name === UNKNOWN) return [pending(`what MAIL FROM domain "${found.resource.name}" sets`)];
  if (typeof name !== "string")
    return [
      bad(
        `the MAIL FROM domain of ${domain} isn't set: "${found.resource.name}" has no mailFromDomain`,
        `set ${example}`,
      ),
    ];
  if (!name.toLowerCase().endsWith(`.${domain}`))
    return [bad(`MAIL FROM domain ${name} isn't below ${domain}, which SES refuses`, `set ${example}`)];
  return [mailFromMx(links, name, region), mailFromSpf(links, name)];
}
