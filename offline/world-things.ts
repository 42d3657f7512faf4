import type { Place, Props } from "./model";
import { isGlobal } from "./provider/place";
import { withoutUnknowns } from "./unknown";
import type { Thing } from "./world";

function keyOf(type: string, id: string, place: Place, within = ""): string {
  return `${type}\0${id}\0${isGlobal(type) ? "" : place.region}\0${within}`;
}

/** Everything that exists for one stack, and how many times each URN has been created. In memory only. */
export class Things {
  protected readonly byKey = new Map<string, Thing>();
  protected readonly generations = new Map<string, number>();

  /** A copy to try a preview on; changing it doesn't change this. */
  clone(): Things {
    const copy = new PreviewThings();
    for (const thing of this.byKey.values()) copy.put(structuredClone(thing));
    for (const [urn, count] of this.generations) copy.generations.set(urn, count);
    return copy;
  }

  all(): Thing[] {
    return [...this.byKey.values()];
  }

  /** By id, or by ARN for what is referred to by it. */
  find(type: string, id: string, place: Place, within?: string): Thing | undefined {
    const exact = this.byKey.get(keyOf(type, id, place, within));
    if (exact !== undefined || !id.startsWith("arn:")) return exact;
    return this.all().find((thing) => thing.type === type && thing.outputs["arn"] === id);
  }

  /** Everything that this URN made and that still exists, oldest generation first; without AWS-made companions. */
  madeBy(urn: string): Thing[] {
    return this.all().filter((thing) => thing.urn === urn && thing.companion !== true);
  }

  put(thing: Thing): void {
    this.byKey.set(keyOf(thing.type, thing.id, thing.place, thing.within), thing);
  }

  patch(thing: Thing, outputs: Props): void {
    const current = this.byKey.get(keyOf(thing.type, thing.id, thing.place, thing.within)) ?? thing;
    this.put({ ...current, outputs: { ...current.outputs, ...outputs } });
  }

  remove(type: string, id: string, place: Place, within?: string): void {
    this.byKey.delete(keyOf(type, id, place, within));
  }

  /** 0 before the first creation. */
  generation(urn: string): number {
    return this.generations.get(urn) ?? 0;
  }

  countGeneration(urn: string): void {
    this.generations.set(urn, this.generation(urn) + 1);
  }
}

/** What a preview believes to exist. Two unknown values aren't the same value, so they are left out rather than compared. */
class PreviewThings extends Things {
  override put(thing: Thing): void {
    super.put({
      ...thing,
      inputs: withoutUnknowns(thing.inputs) as Props,
      outputs: withoutUnknowns(thing.outputs) as Props,
    });
  }
}
