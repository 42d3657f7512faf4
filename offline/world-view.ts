import { isGlobal } from "./provider/place";
import type { Place, Props } from "./model";
import type { Thing, World } from "./world";
import { Things } from "./world-things";

/** The resource that asks: it doesn't see itself, and in a preview not its older generations, which will be gone or are to be replaced. */
export interface Asker {
  urn: string;
  id?: string;
  hidesOlderGenerations: boolean;
}

/** What one operation of one resource may see of the world: its own account and Region. */
export class WorldView implements World {
  constructor(
    private readonly things: Things,
    private readonly place: Place,
    private readonly asker: Asker,
    /** Found by id or ARN when the stack itself has nothing of the kind. */
    private readonly assumed = new Things(),
  ) {}

  find(type: string, id: string): Thing | undefined {
    return this.things.find(type, id, this.place) ?? this.assumed.find(type, id, this.place);
  }

  all(type: string): Thing[] {
    return this.everything().filter((thing) => thing.type === type);
  }

  everything(): Thing[] {
    return this.things.all().filter((thing) => this.isHere(thing) && !this.isAsker(thing));
  }

  put(thing: Thing): void {
    this.things.put(thing);
  }

  patch(thing: Thing, outputs: Props): void {
    this.things.patch(thing, outputs);
  }

  remove(type: string, id: string): void {
    this.things.remove(type, id, this.place);
  }

  private isHere(thing: Thing): boolean {
    return isGlobal(thing.type) || thing.place.region === this.place.region;
  }

  private isAsker(thing: Thing): boolean {
    if (thing.urn !== this.asker.urn) return false;
    return thing.companion === true || this.asker.hidesOlderGenerations || thing.id === this.asker.id;
  }
}
