import type { Place, Props } from "./model";

/** One thing that exists in the embedded AWS. */
export interface Thing {
  type: string;
  id: string;
  /** URN of the resource that made it; AWS-made companions carry their owner's. */
  urn: string;
  place: Place;
  inputs: Props;
  outputs: Props;
  /** True for what AWS made beside the resource (main route table, default security group, default ACL, network interfaces). */
  companion?: boolean;
  /** Where its id isn't one for the whole Region: what it is one within, such as a group of machines. */
  within?: string;
}

/** What exists, as a model may ask for it. Confined to the resource's Region and account (global services: `iam`, `route53`). */
export interface World {
  /** The thing with this id (or ARN, for things that are referred to by it). */
  find(type: string, id: string): Thing | undefined;
  /** Everything of a type, without the resource in hand and without older generations of it. */
  all(type: string): Thing[];
  /** Everything, same exclusions. */
  everything(): Thing[];
  /** Adds or replaces an AWS-made companion. */
  put(thing: Thing): void;
  /** Changes the outputs of an existing thing (a route table's `routes` after a `Route` is created). Written through. */
  patch(thing: Thing, outputs: Props): void;
  remove(type: string, id: string): void;
}
