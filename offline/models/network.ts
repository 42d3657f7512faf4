import type { Model } from "../model";

/** Models of VPC and EC2 networking by type. */
export const models: Record<string, () => Model> = {};
