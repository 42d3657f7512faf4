import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import writeFileAtomic from "write-file-atomic";
import { z } from "zod";

import { ConfigurationError } from "./provider/configuration-error";
import { equal } from "./provider/equal";
import type { Thing } from "./world";
import { Things } from "./world-things";

const thingSchema = z.strictObject({
  type: z.string(),
  id: z.string(),
  urn: z.string(),
  place: z.strictObject({ partition: z.string(), region: z.string(), accountId: z.string() }),
  inputs: z.record(z.string(), z.unknown()),
  outputs: z.record(z.string(), z.unknown()),
  companion: z.boolean().optional(),
  within: z.string().optional(),
});
const documentSchema = z.strictObject({
  version: z.literal(1),
  generations: z.record(z.string(), z.number().int().positive()),
  things: z.array(thingSchema),
});

/** @throws ConfigurationError for a file that people have broken; one that isn't there is an empty world. */
export function checkWorldFile(file: string): void {
  new WorldStore(file);
}

/** `<worldDirectory>/<project>/<stack>.json`. */
export function worldFile(worldDirectory: string, project: string, stack: string): string {
  return join(worldDirectory, encodeURIComponent(project), `${encodeURIComponent(stack)}.json`);
}

/** On disk a value stands once: outputs that repeat an input are left out, so that an edit by hand has one place to go. */
function withoutRepeats(thing: Thing): Thing {
  const outputs = Object.entries(thing.outputs).filter(
    ([key, value]) => !(key in thing.inputs) || !equal(value, thing.inputs[key]),
  );
  return { ...thing, outputs: Object.fromEntries(outputs) };
}

function withRepeats(thing: z.infer<typeof thingSchema>): Thing {
  const { companion, within, ...rest } = thing;
  const given = Object.fromEntries(Object.entries(thing.inputs).filter(([key]) => key !== "__defaults"));
  return {
    ...rest,
    outputs: { ...given, ...thing.outputs },
    ...(companion === undefined ? {} : { companion }),
    ...(within === undefined ? {} : { within }),
  };
}

/** The line (from 1) at which `JSON.parse` gave up: at the position that it names, else at the end. */
function lineOfError(text: string, message: string): number {
  const position = /position (\d+)/.exec(message)?.[1];
  return text.slice(0, position === undefined ? undefined : Number(position)).split("\n").length;
}

/** The line of the thing that a path like `things, 3, id` leads to, found by its URN. */
function lineOfThing(text: string, content: unknown, path: readonly PropertyKey[]): number | undefined {
  const things = z.object({ things: z.array(z.unknown()) }).safeParse(content);
  const thing = things.success && path[0] === "things" ? things.data.things[Number(path[1])] : undefined;
  const urn = z.looseObject({ urn: z.string() }).safeParse(thing);
  const at = urn.success ? text.indexOf(JSON.stringify(urn.data.urn)) : -1;
  return at === -1 ? undefined : text.slice(0, at).split("\n").length;
}

/**
 * The world of one stack, kept in a JSON file that people may edit between runs. A change counts only after `durable()` has
 * resolved; changes made meanwhile share one write.
 */
export class WorldStore extends Things {
  private changed = false;
  private writing: Promise<void> | undefined;

  constructor(readonly file: string) {
    super();
    this.reload();
  }

  /** Takes up edits made by hand; does nothing while something is still to be written. */
  reload(): void {
    if (this.changed || this.writing !== undefined) return;
    this.byKey.clear();
    this.generations.clear();
    if (!existsSync(this.file)) return;
    const document = this.parse(readFileSync(this.file, "utf8"));
    for (const thing of document.things) super.put(withRepeats(thing));
    for (const [urn, count] of Object.entries(document.generations)) this.generations.set(urn, count);
  }

  private parse(text: string): z.infer<typeof documentSchema> {
    let content: unknown;
    try {
      content = JSON.parse(text);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw this.unreadable(`isn't JSON: line ${lineOfError(text, why)}: ${why}`);
    }
    const parsed = documentSchema.safeParse(content);
    if (!parsed.success) {
      const line = lineOfThing(text, content, parsed.error.issues[0]?.path ?? []);
      const where = line === undefined ? "" : ` near line ${line}`;
      throw this.unreadable(`is damaged${where}:\n${z.prettifyError(parsed.error)}`);
    }
    return parsed.data;
  }

  private unreadable(what: string): ConfigurationError {
    const remedy = "Mend it, put a copy of it back, or delete it: then the embedded AWS holds nothing of this stack.";
    return new ConfigurationError(`The world file ${this.file} ${what}\n${remedy}`);
  }

  override put(thing: Thing): void {
    super.put(thing);
    this.changed = true;
  }

  override remove(...key: Parameters<Things["remove"]>): void {
    super.remove(...key);
    this.changed = true;
  }

  override countGeneration(urn: string): void {
    super.countGeneration(urn);
    this.changed = true;
  }

  /** Resolves when every change made so far is on disk (written aside, synced, renamed). */
  async durable(): Promise<void> {
    while (this.changed || this.writing !== undefined) {
      this.writing ??= this.write();
      await this.writing;
    }
  }

  private async write(): Promise<void> {
    try {
      // Lets operations that run at the same time join this write.
      await new Promise((resolve) => setImmediate(resolve));
      this.changed = false;
      mkdirSync(dirname(this.file), { recursive: true });
      await writeFileAtomic(this.file, this.serialise());
    } catch (error) {
      this.changed = true;
      throw error;
    } finally {
      this.writing = undefined;
    }
  }

  private serialise(): string {
    const things = this.all()
      .sort((left, right) => (left.urn + left.type + left.id < right.urn + right.type + right.id ? -1 : 1))
      .map(withoutRepeats);
    return `${JSON.stringify({ version: 1, generations: Object.fromEntries(this.generations), things }, null, 2)}\n`;
  }
}
