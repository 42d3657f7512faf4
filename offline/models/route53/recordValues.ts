/** What a record of each type may hold. Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html */
import { isIPv4, isIPv6 } from "node:net";

export const TYPES = [
  ...["A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS"],
  ...["PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT"],
];

const isName = (name: string): boolean => /^(\*\.)?([\w-]{1,63}\.)*[\w-]{1,63}\.?$/.test(name);
const isNumber = (value: string | undefined, most: number): boolean =>
  value !== undefined && /^\d+$/.test(value) && Number(value) <= most;

function mx(value: string): string | undefined {
  const [preference, host, ...rest] = value.trim().split(/\s+/);
  if (host === undefined || rest.length > 0) return "MXRRDATANotTwoFields (MX record doesn't have 2 fields)";
  if (!isNumber(preference, 65535)) return "MXRRDATABadPreference (The preference isn't a number from 0 to 65535)";
  return isName(host) ? undefined : "MXRRDATAIllegalName (The mail server isn't a valid name)";
}

function srv(value: string): string | undefined {
  const [priority, weight, port, target, ...rest] = value.trim().split(/\s+/);
  if (target === undefined || rest.length > 0) return "SRVRRDATANotFourFields (SRV record doesn't have 4 fields)";
  const numbers = [priority, weight, port].every((one) => isNumber(one, 65535));
  return numbers ? undefined : "SRVRRDATANotNumeric (Priority, weight and port must be numbers from 0 to 65535)";
}

function caa(value: string): string | undefined {
  return /^(0|128)\s+[a-z0-9]+\s+".*"$/i.test(value.trim())
    ? undefined
    : `CAARRDATAIllegal (CAA record must be: flags tag "value")`;
}

/** The provider puts the quotes around a text; inside, `" "` parts it into strings of at most 255 characters. */
function txt(value: string): string | undefined {
  const strings = value.replace(/^"|"$/g, "").split(/"\s*"/);
  if (strings.some((one) => one.length > 255)) return "CharacterStringTooLong (Value is too long)";
  return value.length > 4000 ? "TXTRDATATooLong (Text is longer than 4000 characters)" : undefined;
}

const rules: Record<string, (value: string) => string | undefined> = {
  A: (value) => (isIPv4(value) ? undefined : "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)"),
  AAAA: (value) => (isIPv6(value) ? undefined : "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)"),
  CAA: caa,
  CNAME: (value) => (isName(value) ? undefined : "DomainNameIllegal (Value is not a valid domain name)"),
  MX: mx,
  NS: (value) => (isName(value) ? undefined : "DomainNameIllegal (Value is not a valid domain name)"),
  PTR: (value) => (isName(value) ? undefined : "DomainNameIllegal (Value is not a valid domain name)"),
  SPF: txt,
  SRV: srv,
  TXT: txt,
};

/** What is wrong with a value, in the words of Route 53; undefined where nothing is. */
export function valueProblem(type: string, value: string): string | undefined {
  return rules[type]?.(value);
}
