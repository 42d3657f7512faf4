import { resourceSchema, typesOfModule } from "../schema/load";
import { nearest } from "../schema/nearest";
import type { FaultSpec } from "./faults";

/** @throws Error for a fault of a type that `@pulumi/aws` doesn't have: it would never happen. */
export function refuseUnknownTypes(faults: readonly FaultSpec[]): void {
  for (const { type } of faults) {
    if (resourceSchema(type) !== undefined) continue;
    const near = nearest(type, typesOfModule(type));
    const hint = near === undefined ? "" : ` Did you mean ${near}?`;
    throw new Error(`DEJIMA_FAULTS names ${type}, but @pulumi/aws has no such type.${hint}`);
  }
}
