import { AwsError } from "../aws-error";
import type { OperationContext } from "../model";
import { property, text } from "./values";

/** The name asked for, or the prefix with something unique after it; undefined while unknown. */
export function nameOf({ inputs, ids }: OperationContext, name = "name", prefix = "namePrefix"): string | undefined {
  const asked = text(inputs[name]);
  if (asked !== undefined) return asked;
  const start = text(inputs[prefix]);
  // The Terraform provider appends a timestamp and a counter: 26 digits.
  return start === undefined
    ? undefined
    : `${start}2026${String(ids.integer(0, 0xffffffff, "name")).padStart(22, "0")}`;
}

/** Throws when something of this type already has the name. */
export function refuseDuplicate(
  { world }: OperationContext,
  type: string,
  name: string | undefined,
  code: string,
  message: string,
  key = "name",
): void {
  if (name === undefined) return;
  if (world.all(type).some((thing) => text(property(thing, key)) === name)) throw new AwsError(code, message, key);
}
