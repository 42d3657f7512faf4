import { isIP } from "node:net";
import { containsCidr, parseCidr } from "../network/cidr";

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** Names that only mean something inside of a network: through the proxy they would reach what it must not. */
const INTERNAL_DOMAINS = ["internal", "local", "localhost", "localdomain", "lan", "home.arpa", "in-addr.arpa"];

/** A block that a VPC may have: private, and of a size between the two prefixes. */
export function privateBlock(text: string, prefix: { largest: number; smallest: number }): boolean {
  const cidr = parseCidr(text);
  if (cidr === undefined || cidr.prefix < prefix.largest || cidr.prefix > prefix.smallest) return false;
  return PRIVATE.some((block) => {
    const outer = parseCidr(block);
    return outer !== undefined && containsCidr(outer, cidr);
  });
}

/** A block that operators may come from. Half of the internet twice is all of it, so large blocks are refused too. */
export function operatorBlock(text: string): boolean {
  const cidr = parseCidr(text);
  return cidr !== undefined && cidr.prefix >= 16;
}

/** A public DNS name, or with a leading dot the domain and all below it (squid's dstdomain). */
export function allowedHost(text: string): boolean {
  const name = text.startsWith(".") ? text.slice(1) : text;
  const labels = name.split(".");
  if (name.length > 253 || labels.length < 2 || isIP(name) !== 0) return false;
  if (!labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))) return false;
  return !INTERNAL_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/**
 * A mail address as SES takes it: a dot-atom (RFC 5321, 4.1.2) of at most 64 characters, and a public DNS name.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateEmailIdentity.html
 */
export function mailAddress(text: string): boolean {
  const [local = "", domain, ...more] = text.split("@");
  if (domain === undefined || more.length > 0 || local.length > 64 || domain.startsWith(".")) return false;
  return /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(local) && allowedHost(domain);
}

export const instanceType = /^[a-z]+\d+[a-z]*(-[a-z0-9]+)?\.[a-z0-9-]+$/;
