import { strict as assert } from "node:assert";
import { AwsError } from "../../../offline/aws-error";
import type { Props } from "../../../offline/model";
import type { State } from "../../../offline/provider/core";
import { CheckFailed, embeddedAws, type EmbeddedAws, type HarnessOptions } from "../harness";

export type Phase = "check" | "create" | "update" | "delete";

/** A step that AWS, or the provider before it, refused. */
export class Refused extends Error {
  constructor(
    readonly phase: Phase,
    readonly code: string,
    message: string,
    readonly property?: string,
  ) {
    super(message);
  }
}

/** An empty account in which resources are called by names, and refer to each other's outputs as `${name.output}`. */
export class Account {
  readonly aws: EmbeddedAws;
  private readonly named = new Map<string, { type: string; state: State }>();

  /** With `previewing`, everything is created as a preview does: in memory. */
  constructor(
    private readonly previewing = false,
    options: HarnessOptions = {},
  ) {
    this.aws = embeddedAws({ region: "us-east-1", ...options });
  }

  async create(type: string, name: string, inputs: Props): Promise<State> {
    const resolved = this.resolve(inputs) as Props;
    const make = this.previewing ? this.aws.preview(type, name, resolved) : this.aws.up(type, name, resolved);
    const state = await attempt("create", make);
    this.named.set(name, { type, state });
    return state;
  }

  async update(name: string, inputs: Props): Promise<State> {
    const { type, state } = this.get(name);
    const resolved = this.resolve(inputs) as Props;
    const updated = await attempt("update", this.aws.update(type, name, state, resolved));
    this.named.set(name, { type, state: updated });
    return updated;
  }

  async delete(name: string): Promise<void> {
    const { type, state } = this.get(name);
    await attempt("delete", this.aws.delete(type, name, state));
    this.named.delete(name);
  }

  /** These names, the ones created last first. */
  newestFirst(names: readonly string[]): string[] {
    return [...this.named.keys()].reverse().filter((name) => names.includes(name));
  }

  has(name: string): boolean {
    return this.named.has(name);
  }

  state(name: string): State {
    return this.get(name).state;
  }

  private get(name: string): { type: string; state: State } {
    const found = this.named.get(name);
    if (found === undefined) throw new Error(`nothing was created under the name ${name}`);
    return found;
  }

  private resolve(value: unknown): unknown {
    if (typeof value === "string") return this.resolveText(value);
    if (Array.isArray(value)) return value.map((item) => this.resolve(item));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.resolve(item)]));
  }

  private resolveText(value: string): unknown {
    const whole = /^\$\{(\w+)\.(\w+)\}$/.exec(value);
    if (whole !== null) return this.output(whole[1] ?? "", whole[2] ?? "");
    return value.replace(/\$\{([a-zA-Z]\w*)\.(\w+)\}/g, (_, name: string, output: string) =>
      String(this.output(name, output)),
    );
  }

  private output(name: string, output: string): unknown {
    const { state } = this.get(name);
    return output === "id" ? state.id : state.outputs[output];
  }
}

async function attempt<T>(phase: Phase, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    if (error instanceof CheckFailed) {
      const problem = error.checked.problems[0];
      throw new Refused("check", problem?.error.code ?? "", error.message, problem?.property);
    }
    if (error instanceof AwsError) throw new Refused(phase, error.code, error.message, error.property);
    throw error;
  }
}

/** The refusal of a step, or an assertion error when it was accepted. */
export async function refusal(step: Promise<unknown>): Promise<Refused> {
  const answer: unknown = await step.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (answer instanceof Refused) return answer;
  throw answer instanceof Error ? answer : new Error("it was accepted");
}

/** Asserts that a step is refused with this code and a message like this. */
export async function refused(step: Promise<unknown>, code: string, message = /./): Promise<void> {
  const { code: actual, message: text } = await refusal(step);
  assert.equal(actual, code, text);
  assert.match(text, message);
}
