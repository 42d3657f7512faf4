import type { Links } from "../../reachability/links";
import { elements, type Resource, UNKNOWN, type Value } from "../../reachability/resources";
import { bad, type Check, good, inBlock, pending } from "../check";
import { hasZoneOf, mayStandBelow, writtenAt } from "./dns-records";
import { V2_IDENTITY } from "./identities";

/** https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dkim-easy.html */
const TOKENS = 3;

/** What signs the mail of a domain: an identity of the second API by itself, one of the first by its `DomainDkim`. */
export interface Signer {
  readonly resource: Resource;
  /** It isn't certain that it is of this domain. */
  readonly doubt: Check;
}

/** Is the domain's mail signed, with a key of 2,048 bits where the program can choose, and can the stack's own zone prove the key? */
export function signedByDkim(links: Links, domain: string, signers: readonly Signer[]): readonly Check[] {
  const [signer] = [...signers].sort((a, b) => rank(a) - rank(b));
  if (signer === undefined)
    return [bad(`the mail of ${domain} isn't signed: DKIM isn't on`, `add an aws.ses.DomainDkim for ${domain}`)];
  return [signer.doubt, keyLength(domain, signer.resource), ...keyRecords(links, domain, signer.resource)];
}

function rank({ resource, doubt }: Signer): number {
  return (doubt.answer === "good" ? 0 : 2) + (resource.type === V2_IDENTITY ? 0 : 1);
}

function keyLength(domain: string, signer: Resource): Check {
  if (signer.type !== V2_IDENTITY) return good; // The first API offers no choice.
  const [origin, selector, chosen, current] = [
    "signingAttributesOrigin",
    "domainSigningSelector",
    "nextSigningKeyLength",
    "currentSigningKeyLength",
  ].map((key) => inBlock(signer, "dkimSigningAttributes", key));
  if (chosen === "RSA_2048_BIT") return good;
  if (typeof chosen === "string")
    return bad(`the DKIM key of ${domain} is short: nextSigningKeyLength is ${JSON.stringify(chosen)}`, fix);
  if (isOwnKey(origin, selector)) return good; // The program brings the key.
  if (chosen === UNKNOWN || origin === UNKNOWN || selector === UNKNOWN)
    return pending(`how long the DKIM key of ${domain} is`);
  if (current === "RSA_2048_BIT") return good;
  if (typeof current === "string")
    return bad(`the DKIM key of ${domain} is short: currentSigningKeyLength is ${JSON.stringify(current)}`, fix);
  return pending(`how long a DKIM key SES makes for ${domain} (say it: ${fix})`);
}

const fix = 'set dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" }';

function isOwnKey(origin: Value, selector: Value): boolean {
  return origin === "EXTERNAL" || (typeof selector === "string" && selector !== "");
}

/** By what names others look the key up: those that SES makes (CNAME), or the selector of a key that the program brings (TXT). */
function keyRecords(links: Links, domain: string, signer: Resource): readonly Check[] {
  const isOwnZone = hasZoneOf(links, domain);
  if (isOwnZone === "no") return [];
  if (isOwnZone === "perhaps") return [pending(`which zone the stack has, and whether ${domain} lies in it`)];
  const selector = inBlock(signer, "dkimSigningAttributes", "domainSigningSelector");
  if (selector === UNKNOWN) return [pending(`by which selector the DKIM key of ${domain} is found`)];
  if (typeof selector === "string") return [standsAt(links, `${selector}._domainkey.${domain}`, "TXT")];
  const likely = mayStandBelow(links, `_domainkey.${domain}`, "CNAME");
  if (likely.length === 0)
    return [
      bad(`the zone of ${domain} in this stack has no DKIM record`, `add the ${TOKENS} CNAME records of its tokens`),
    ];
  const made = likely.filter(({ props, propertyDependencies }) => {
    return props.name === UNKNOWN && propertyDependencies["name"]?.includes(signer.urn) === true;
  });
  if (made.length >= TOKENS) return [];
  const tokens =
    signer.type === V2_IDENTITY ? inBlock(signer, "dkimSigningAttributes", "tokens") : signer.props.dkimTokens;
  const known = elements(tokens).flatMap((token) => (typeof token === "string" ? [token] : []));
  return known.length === TOKENS
    ? known.map((token) => standsAt(links, `${token}._domainkey.${domain}`, "CNAME"))
    : [pending(`whether ${TOKENS} records of the zone are those of the DKIM tokens of ${domain}`)];
}

function standsAt(links: Links, name: string, type: "CNAME" | "TXT"): Check {
  const { certain, possible } = writtenAt(links, name, type);
  if (certain.length > 0) return good;
  const [doubtful] = possible;
  if (doubtful !== undefined) return pending(`whether record "${doubtful.name}" is the DKIM record ${name}`);
  return bad(`DKIM record ${name} isn't in the zone of this stack`, `add it, as ${type}`);
}
