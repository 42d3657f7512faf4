import { AwsError } from "../aws-error";
import { IdSource } from "../ids";
import type { Model, OperationContext, Place, Props } from "../model";
import { modelOf } from "../models";
import { WorldStore, worldFile } from "../world-store";
import type { Thing } from "../world";
import { Things } from "../world-things";
import { WorldView } from "../world-view";
import type { Autonaming } from "./autoname";
import { plainInputs } from "./bridge-defaults";
import { type Checked, check } from "./check";
import { Dependents } from "./dependents";
import { type Difference, diff } from "./diff";
import { equal } from "./equal";
import { Faults, type FaultSpec } from "./faults";
import { type Kind, Kinds, withinOf } from "./kinds";
import { assemble, genericCreated, previewWithoutIds, secretOutputs } from "./outputs";
import { placeOf } from "./place";
import { parseUrn } from "./urn";
import type { Secrets } from "./wire";

/** What a provider instance was configured with. */
export interface Settings {
  region: string;
  defaultTags: Props;
}

export interface CoreOptions {
  worldDirectory: string;
  /** Whether creates in a preview return ids and computed outputs, or what the real provider would. */
  previewIds: boolean;
  faults: readonly FaultSpec[];
  log: (line: string) => void;
  /** Models by type; for tests, which bring their own. */
  modelOf?: (type: string) => Model | undefined;
  /** Called once per type that has no model. */
  notice: (urn: string, text: string) => void;
}

export interface State {
  id: string;
  inputs: Props;
  outputs: Props;
  /** Outputs that are secret whatever the program says. */
  secrets: Secrets;
}

/** The provider without its wire: what happens to one resource of any type. */
export class Core {
  /** What data sources took the account to have: seen by every resource, in no world file. */
  readonly assumed = new Things();
  private readonly stores = new Map<string, WorldStore>();
  /** What previews have created so far; thrown away as soon as something really changes. */
  private readonly dependents = new Dependents();
  private readonly overlays = new Map<WorldStore, Things>();
  /** Ids that the engine knows of, by URN: what isn't here was never recorded. */
  private readonly mentioned = new Set<string>();
  private readonly kinds: Kinds;
  private readonly faults: Faults;

  constructor(private readonly options: CoreOptions) {
    this.kinds = new Kinds(options.modelOf ?? modelOf, options.notice);
    this.faults = new Faults(options.faults, options.log);
  }

  /** A new provider instance: edits made to world files since are taken up. */
  refreshStores(): void {
    for (const store of this.stores.values()) store.reload();
  }

  /** Resolves when nothing is left to be written. */
  async settled(): Promise<void> {
    await Promise.all([...this.stores.values()].map((store) => store.durable()));
  }

  /** For data sources, whose requests name no stack: what this run has seen so far, in previews with what it would create. */
  seen(preview: boolean): Things[] {
    return [...[...this.stores.values()].map((store) => (preview ? this.overlay(store) : store)), this.assumed];
  }

  store(urn: string): WorldStore {
    const { project, stack } = parseUrn(urn);
    const file = worldFile(this.options.worldDirectory, project, stack);
    const store = this.stores.get(file) ?? new WorldStore(file);
    this.stores.set(file, store);
    return store;
  }

  check(settings: Settings, urn: string, olds: Props | undefined, news: Props, autonaming?: Autonaming): Checked {
    const kind = this.kinds.of(urn);
    const store = this.store(urn);
    if (olds !== undefined) this.mentionOwnerOf(store, urn, olds);
    const adopts = olds === undefined && this.unrecorded(store, urn) !== undefined;
    return check(
      {
        type: kind.type,
        logicalName: parseUrn(urn).name,
        seed: this.seed(urn, store.generation(urn) + (adopts ? 0 : 1)),
        place: placeOf(settings.region, news),
        olds,
        news,
        defaultTags: settings.defaultTags,
        ...(autonaming === undefined ? {} : { autonaming }),
      },
      kind.schema,
      kind.model,
    );
  }

  diff(urn: string, id: string, olds: Props, news: Props): Difference {
    this.mention(urn, id);
    const { schema, model } = this.kinds.of(urn);
    return diff(olds, news, schema, model);
  }

  async create(settings: Settings, urn: string, news: Props, preview: boolean): Promise<State> {
    const kind = this.kinds.of(urn);
    this.kinds.admit(kind, urn, preview);
    if (!preview) await this.faults.before("create", kind.type);
    const store = this.store(urn);
    const things = preview ? this.overlay(store) : store;
    const place = placeOf(settings.region, news);
    const orphan = this.unrecorded(things, urn);
    const state =
      orphan === undefined
        ? this.createNew(kind, things, place, urn, news, preview)
        : this.adopt(kind, things, orphan, news, preview);
    if (!preview) await this.commit(store);
    // What a preview makes is forgotten; an orphan that it adopts is still one when the update comes.
    if (!preview) this.mention(urn, state.id);
    if (preview && !this.options.previewIds) return { ...state, id: "", outputs: previewWithoutIds(plainInputs(news)) };
    return state;
  }

  async update(
    settings: Settings,
    urn: string,
    id: string,
    olds: Props,
    news: Props,
    preview: boolean,
  ): Promise<State> {
    this.mention(urn, id);
    const kind = this.kinds.of(urn);
    if (!preview) await this.faults.before("update", kind.type);
    const store = this.store(urn);
    const things = preview ? this.overlay(store) : store;
    const place = placeOf(settings.region, news);
    const thing =
      things.find(kind.type, id, place, withinOf(kind, olds)) ??
      (preview ? { type: kind.type, id, urn, place, inputs: news, outputs: olds } : undefined);
    if (thing === undefined) {
      throw new AwsError(
        "ResourceNotFoundException",
        `${kind.type} ${id} doesn't exist (any more). \`refresh\` takes it out of the state.`,
      );
    }
    const state = this.change(kind, things, thing, news, preview);
    if (!preview) await this.commit(store);
    return state;
  }

  async delete(settings: Settings, urn: string, id: string, outputs: Props): Promise<void> {
    this.mention(urn, id);
    const kind = this.kinds.of(urn);
    await this.faults.before("delete", kind.type);
    const store = this.store(urn);
    const place = placeOf(settings.region, outputs);
    const thing = store.find(kind.type, id, place, withinOf(kind, outputs));
    // Gone already: a run that was killed after the deletion, or somebody's hand. That is what was wanted.
    if (thing === undefined) return;
    await this.dependents.gone(() => {
      kind.model?.delete?.(
        this.context(kind, store, thing.place, thing.urn, thing.inputs, false, id, store.generation(urn)),
        thing,
      );
    });
    store.remove(kind.type, id, place, thing.within);
    await this.commit(store);
  }

  /** `undefined` when it doesn't exist. `state` is what the engine remembers, empty for an import. */
  read(settings: Settings, urn: string, id: string, state: { inputs: Props; outputs: Props }): State | undefined {
    this.mention(urn, id);
    const kind = this.kinds.of(urn);
    const place = placeOf(settings.region, state.outputs);
    const thing = this.store(urn).find(kind.type, id, place, withinOf(kind, state.outputs));
    if (thing === undefined) return undefined;
    const inputs: Props = { ...thing.inputs };
    for (const key of Object.keys(kind.schema.shape.inputs)) {
      const remembered = state.outputs[key];
      const now = thing.outputs[key];
      // An output that was edited in the world is drift of the input as well, where the program gave one.
      if (key in state.inputs && now !== undefined && remembered !== undefined && !equal(now, remembered))
        inputs[key] = now;
    }
    return this.stateOf(kind, thing, inputs);
  }

  private createNew(kind: Kind, things: Things, place: Place, urn: string, news: Props, preview: boolean): State {
    const context = this.context(kind, things, place, urn, news, preview, undefined, things.generation(urn) + 1);
    const created =
      kind.model?.create(context) ?? genericCreated(kind.type, place, context.inputs, context.ids, kind.schema);
    const outputs = assemble(created.id, place, context.inputs, created.outputs, kind.schema);
    const within = withinOf(kind, context.inputs);
    const thing: Thing = {
      type: kind.type,
      id: created.id,
      urn,
      place,
      inputs: news,
      outputs,
      ...(within === undefined ? {} : { within }),
    };
    things.put(thing);
    things.countGeneration(urn);
    return this.stateOf(kind, thing, news);
  }

  /**
   * A run was killed after AWS had this and before the engine wrote it down: the next create of the same URN gets it, as a
   * repeated call with the same ClientToken does, with the inputs of today. Where today's would need a replacement, the
   * forgotten one is removed and a new one made.
   */
  private adopt(kind: Kind, things: Things, orphan: Thing, news: Props, preview: boolean): State {
    const difference = diff(orphan.inputs, news, kind.schema, kind.model);
    if (!difference.changes.some((change) => change.replaces)) return this.change(kind, things, orphan, news, preview);
    const { urn, id, place } = orphan;
    kind.model?.delete?.(
      this.context(kind, things, place, urn, orphan.inputs, preview, id, things.generation(urn)),
      orphan,
    );
    things.remove(kind.type, id, place, orphan.within);
    return this.createNew(kind, things, placeOf(place.region, news), urn, news, preview);
  }

  private change(kind: Kind, things: Things, thing: Thing, news: Props, preview: boolean): State {
    const { urn, id, place } = thing;
    const context = this.context(kind, things, place, urn, news, preview, id, things.generation(urn));
    const kept = Object.entries(thing.outputs).filter(([key]) => !(key in thing.inputs) || key in news);
    const base = { ...Object.fromEntries(kept), ...context.inputs };
    const computed = kind.model?.update?.(context, { id, outputs: thing.outputs }) ?? {};
    // A model may have patched the thing meanwhile (a companion's view of it), so it is looked up again.
    const outputs = assemble(id, place, base, computed, kind.schema);
    const changed: Thing = { ...thing, inputs: news, outputs };
    things.put(changed);
    return this.stateOf(kind, changed, news);
  }

  private unrecorded(things: Things, urn: string): Thing | undefined {
    const newest = things.madeBy(urn).at(-1);
    return newest === undefined || this.mentioned.has(`${urn}\0${newest.id}`) ? undefined : newest;
  }

  private context(
    kind: Kind,
    things: Things,
    place: Place,
    urn: string,
    inputs: Props,
    preview: boolean,
    id: string | undefined,
    generation: number,
  ): OperationContext {
    const asker = { urn, hidesOlderGenerations: preview, ...(id === undefined ? {} : { id }) };
    return {
      urn,
      place,
      inputs: plainInputs(inputs),
      ids: new IdSource(this.seed(urn, generation)),
      world: new WorldView(things, place, asker, this.assumed),
      preview,
    };
  }

  private stateOf(kind: Kind, thing: Thing, inputs: Props): State {
    return { id: thing.id, inputs, outputs: thing.outputs, secrets: secretOutputs(kind.schema, kind.model) };
  }

  private seed(urn: string, generation: number): string {
    return `${urn}\0${generation}`;
  }

  private mention(urn: string, id: string): void {
    this.mentioned.add(`${urn}\0${id}`);
  }

  /** Inputs that the engine remembers belong to the generation that has them, or else to the oldest. */
  private mentionOwnerOf(store: WorldStore, urn: string, olds: Props): void {
    const made = store.madeBy(urn);
    const owner = made.find((thing) => equal(thing.inputs, olds)) ?? made[0];
    if (owner !== undefined) this.mention(urn, owner.id);
  }

  private overlay(store: WorldStore): Things {
    const overlay = this.overlays.get(store) ?? store.clone();
    this.overlays.set(store, overlay);
    return overlay;
  }

  private async commit(store: WorldStore): Promise<void> {
    this.overlays.delete(store);
    await store.durable();
  }
}
