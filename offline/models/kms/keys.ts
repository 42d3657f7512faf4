/** Keys by the four ways in which other services name them. */
import type { World } from "../../world";
import type { Thing } from "../../world";
import { property, text } from "../values";

const KEY = "aws:kms/key:Key";
const ALIAS = "aws:kms/alias:Alias";
const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";

/** True for `alias/aws/…`: AWS's own key of a service, whose policy nobody can change. */
export function isAwsManaged(reference: string): boolean {
  return /(^|:)alias\/aws\//.test(reference);
}

/** The key with this id, ARN, alias name or alias ARN; undefined where it isn't one of this account and Region. */
export function keyNamed(world: World, reference: string): Thing | undefined {
  const name = /(?:^|:)(alias\/.+)$/.exec(reference)?.[1];
  if (name === undefined) return world.find(KEY, reference);
  const alias = world.find(ALIAS, name);
  const target = alias === undefined ? undefined : text(property(alias, "targetKeyId"));
  return target === undefined ? undefined : world.find(KEY, target);
}

/** The policy in force; undefined while it isn't known. */
export function policyOfKey(world: World, key: Thing): string | undefined {
  const own = world.all(KEY_POLICY).find((one) => [key.id, key.outputs["arn"]].includes(property(one, "keyId")));
  return text(own === undefined ? property(key, "policy") : property(own, "policy"));
}
