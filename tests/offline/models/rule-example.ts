import type { Props } from "../../../offline/model";
import { Refused, type Account } from "./account";

interface Declared {
  type: string;
  name: string;
  inputs: Props;
}

/** A refused or an accepted example of a rule in the ground truth. */
export interface Example {
  resources: Declared[];
  /** One more resource, `count` times; `${i}`, `${i+1}`, `${1000+i}`, `${i/256}` and `${i%256}` count from 0. */
  repeat?: { resource: Declared; count: number };
  /** Names to delete afterwards: like a destroy, in the reverse order of their creation. */
  delete?: string[];
  /** What is declared after all that: a known name is an update. */
  then?: Declared[];
}

/** Deleting and updating needs a real world; the rest is the same in a preview, and quicker. */
export function needsUp(example: Example): boolean {
  return example.delete !== undefined || example.then !== undefined;
}

/** Every type that an example declares. */
export function typesOf(example: Example): string[] {
  const all = [
    ...example.resources,
    ...(example.then ?? []),
    ...(example.repeat === undefined ? [] : [example.repeat.resource]),
  ];
  return all.map((one) => one.type);
}

/** Plays an example; the refusal where there is one. */
export async function play(account: Account, example: Example): Promise<Refused | undefined> {
  try {
    for (const one of example.resources) await account.create(one.type, one.name, one.inputs);
    for (let i = 0; i < (example.repeat?.count ?? 0); i += 1) {
      const one = counted(example.repeat?.resource, i) as Declared;
      await account.create(one.type, one.name, one.inputs);
    }
    for (const name of account.newestFirst(example.delete ?? [])) await account.delete(name);
    for (const one of example.then ?? []) {
      if (account.has(one.name)) await account.update(one.name, one.inputs);
      else await account.create(one.type, one.name, one.inputs);
    }
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

const expression = /\$\{(?:(\d+)\+)?i(?:([+/%])(\d+))?\}/g;

function counted(value: unknown, i: number): unknown {
  if (typeof value === "string") {
    const replaced = value.replace(expression, (_, plus?: string, operator?: string, operand?: string) => {
      const right = Number(operand ?? 0);
      const base = i + Number(plus ?? 0);
      if (operator === "/") return String(Math.floor(base / right));
      if (operator === "%") return String(base % right);
      return String(base + right);
    });
    // An expression alone in its string stands for a number.
    return value.startsWith("${") && value !== replaced && /^\d+$/.test(replaced) ? Number(replaced) : replaced;
  }
  if (Array.isArray(value)) return value.map((item) => counted(item, i));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, counted(item, i)]));
}
