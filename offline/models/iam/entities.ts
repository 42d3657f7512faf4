/** What IAM's named things share: names, paths, unique ids, quotas. */
import { AwsError } from "../../aws-error";
import type { IdSource } from "../../ids";
import type { Findings } from "../findings";
import { property, text } from "../values";
import type { OperationContext } from "../../model";
import type { Thing } from "../../world";

export const ROLE = "aws:iam/role:Role";
export const USER = "aws:iam/user:User";
export const POLICY = "aws:iam/policy:Policy";
export const INSTANCE_PROFILE = "aws:iam/instanceProfile:InstanceProfile";
export const CODE = "ValidationError";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** `AROA`, `AIDA`, … and 17 characters. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export function uniqueId(ids: IdSource, prefix: string): string {
  return `${prefix}${ids.chars(BASE32, 17, prefix)}`;
}

export function checkName(found: Findings, longest: number, property = "name"): void {
  found.length(property, 1, longest, CODE);
  found.matches(property, /^[\w+=,.@-]*$/, "must match [\\w+=,.@-]", CODE);
  if (property === "name") found.conflict("namePrefix", ["name"], CODE);
}

/** Throws when something of this type has the name already: IAM's names are unique without regard to case. */
export function refuseSameName(
  { world }: OperationContext,
  type: string,
  name: string | undefined,
  message: string,
): void {
  const taken = (thing: Thing): boolean => text(property(thing, "name"))?.toLowerCase() === name?.toLowerCase();
  if (name !== undefined && world.all(type).some(taken)) throw new AwsError("EntityAlreadyExists", message, "name");
}

/** Throws for a path that doesn't begin and end with a slash. */
export function refusePath(value: unknown): void {
  const path = text(value);
  if (path === undefined || (/^\/([\x21-\x7e]*\/)?$/.test(path) && path.length <= 512)) return;
  throw new AwsError(
    CODE,
    "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
    "path",
  );
}

export function pathOf(value: unknown): string {
  return text(value) ?? "/";
}

/** The role that an input names; undefined while unknown. Throws `NoSuchEntity`. */
export function roleNamed({ world }: OperationContext, value: unknown): Thing | undefined {
  const name = text(value);
  if (name === undefined) return undefined;
  const role = world.find(ROLE, name);
  if (role === undefined) throw new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`, "role");
  return role;
}

/** The user that an input names; undefined while unknown. Throws `NoSuchEntity`. */
export function userNamed({ world }: OperationContext, value: unknown): Thing | undefined {
  const name = text(value);
  if (name === undefined) return undefined;
  const user = world.find(USER, name);
  if (user === undefined) throw new AwsError("NoSuchEntity", `The user with name ${name} cannot be found.`, "user");
  return user;
}
