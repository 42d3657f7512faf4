import type { Model } from "../model";

/** Models of the other services by type. */
export const models: Record<string, () => Model> = {};
