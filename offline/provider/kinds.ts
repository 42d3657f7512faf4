import { AwsError } from "../aws-error";
import type { Model, Props } from "../model";
import { modelFile } from "../models";
import { resourceSchema, type Schema, typesOfModule } from "../schema/load";
import { nearest } from "../schema/nearest";
import type { ResourceShape } from "../schema/shape";
import { parseUrn } from "./urn";

/** What is known of a resource's type. */
export interface Kind {
  type: string;
  schema: Schema<ResourceShape>;
  model: Model | undefined;
}

/** Finds types and says once of each that it has no model. */
export class Kinds {
  private readonly noticed = new Set<string>();

  constructor(
    private readonly modelOf: (type: string) => Model | undefined,
    private readonly notice: (urn: string, text: string) => void,
  ) {}

  /** @throws AwsError for a type that `@pulumi/aws` doesn't have. */
  of(urn: string): Kind {
    const { type } = parseUrn(urn);
    const schema = resourceSchema(type);
    if (schema !== undefined) return { type, schema, model: this.modelOf(type) };
    const near = nearest(type, typesOfModule(type));
    const hint = near === undefined ? "" : `; did you mean ${near}?`;
    throw new AwsError("ProviderCheck", `@pulumi/aws has no resource type ${type}${hint}`);
  }

  /** A type without a model: one notice in previews. @throws AwsError NotModelled when it is really to be created. */
  admit(kind: Kind, urn: string, preview: boolean): void {
    if (kind.model !== undefined) return;
    const remedy = `add ${modelFile(kind.type)} and list it in the manifest beside it`;
    if (!preview) {
      throw new AwsError(
        "NotModelled",
        `The embedded AWS has no model of ${kind.type}, so it can't create one: ${remedy}.`,
      );
    }
    if (this.noticed.has(kind.type)) return;
    this.noticed.add(kind.type);
    this.notice(
      urn,
      `The embedded AWS has no model of ${kind.type}: only its properties were checked, its outputs are placeholders. To have it, ${remedy}.`,
    );
  }
}

/** What the id of a resource is unique within, where that isn't the Region. */
export function withinOf({ model }: Kind, properties: Props): string | undefined {
  const value = model?.idWithin === undefined ? undefined : properties[model.idWithin];
  return typeof value === "string" ? value : undefined;
}
