/** Identities and configuration sets: the two versions of SES's API see the same ones. */
import type { IdSource } from "../../ids";
import type { OperationContext } from "../../model";
import type { Thing, World } from "../../world";
import { property, text } from "../values";

/** Types that make an identity, with the input that names it. */
const IDENTITIES = {
  "aws:sesv2/emailIdentity:EmailIdentity": "emailIdentity",
  "aws:ses/emailIdentity:EmailIdentity": "email",
  "aws:ses/domainIdentity:DomainIdentity": "domain",
} as const;

const SETS = {
  "aws:sesv2/configurationSet:ConfigurationSet": "configurationSetName",
  "aws:ses/configurationSet:ConfigurationSet": "name",
} as const;

const TOKEN = "abcdefghijklmnopqrstuvwxyz234567";

function named(world: World, kinds: Record<string, string>, name: string): Thing | undefined {
  for (const [type, key] of Object.entries(kinds)) {
    const found = world.all(type).find((one) => text(property(one, key))?.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The identity with this name or ARN. */
export function identityNamed({ world }: OperationContext, nameOrArn: string): Thing | undefined {
  return named(world, IDENTITIES, nameOrArn.replace(/^arn:.*:identity\//, ""));
}

export function configurationSetNamed({ world }: OperationContext, name: string): Thing | undefined {
  return named(world, SETS, name);
}

export function isAddress(identity: string): boolean {
  return identity.includes("@");
}

/** The domain of an identity: itself, or what stands after the `@`. */
export function domainOf(identity: string): string {
  return identity.slice(identity.lastIndexOf("@") + 1).toLowerCase();
}

/** At least two labels, as DNS has them. */
export function isDomain(name: string): boolean {
  return name.length <= 253 && /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$/i.test(name);
}

/** True when `name` lies under `domain` and isn't it. */
export function isSubdomain(name: string, domain: string): boolean {
  return name.toLowerCase().endsWith(`.${domain.toLowerCase()}`);
}

/** The three names of Easy DKIM's CNAME records. They belong to the domain, whichever resource asks for them. */
export function dkimTokens(ids: IdSource): string[] {
  return [1, 2, 3].map((index) => ids.chars(TOKEN, 32, `dkim-${index}`));
}
