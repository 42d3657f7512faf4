import type { Place } from "../../../offline/model";
import type { Thing, World } from "../../../offline/world";

/** The world of the models' unit tests: everything in one list, one Region and account, no persistence. */
export class MemoryWorld implements World {
  private things: Thing[] = [];

  find(type: string, id: string): Thing | undefined {
    return this.things.find((thing) => thing.type === type && (thing.id === id || thing.outputs["arn"] === id));
  }

  all(type: string): Thing[] {
    return this.things.filter((thing) => thing.type === type);
  }

  everything(): Thing[] {
    return [...this.things];
  }

  put(thing: Thing): void {
    this.remove(thing.type, thing.id);
    this.things.push(thing);
  }

  patch(thing: Thing, outputs: Record<string, unknown>): void {
    Object.assign(thing.outputs, outputs);
  }

  remove(type: string, id: string): void {
    this.things = this.things.filter((thing) => thing.type !== type || thing.id !== id);
  }

  /** The same world as an operation on one resource sees it: without that resource. */
  without(urn: string): World {
    const others = (thing: Thing): boolean => thing.urn !== urn || thing.companion === true;
    return {
      find: (type, id) => {
        const thing = this.find(type, id);
        return thing !== undefined && others(thing) ? thing : undefined;
      },
      all: (type) => this.all(type).filter(others),
      everything: () => this.everything().filter(others),
      put: (thing) => {
        this.put(thing);
      },
      patch: (thing, outputs) => {
        this.patch(thing, outputs);
      },
      remove: (type, id) => {
        this.remove(type, id);
      },
    };
  }
}

/** Where the ground truth's examples play. */
export const virginia: Place = { partition: "aws", region: "us-east-1", accountId: "123456789012" };
