import type { Model } from "../model";
import { models as mail } from "./mail";
import { models as network } from "./network";
import { models as services } from "./services";

const loaders = new Map(Object.entries({ ...network, ...services, ...mail }));

/** The model of a type, loaded at its first use; `undefined` where there is none. */
export function modelOf(type: string): Model | undefined {
  return loaders.get(type)?.();
}

/** Every type with a model. */
export function modelledTypes(): string[] {
  return [...loaders.keys()];
}

/** The file that a model of this type belongs in, for messages. */
export function modelFile(type: string): string {
  const [, service, name] = /^aws:([^/:]+)\/([^:]+):/.exec(type) ?? [];
  return `offline/models/${service ?? "index"}/${name ?? type}.ts`;
}
