import * as pulumi from "@pulumi/pulumi";
import { disconnect, setMocks, type MockCallArgs, type MockResourceArgs } from "@pulumi/pulumi/runtime";

export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What a type answers besides its inputs. A type that isn't here makes the test fail, so that no resource appears unnoticed. */
export type Answers = Readonly<Record<string, (args: MockResourceArgs) => Record<string, unknown>>>;

/** What a data source answers; one that isn't here makes the test fail. */
export type Calls = Readonly<Record<string, (inputs: Record<string, unknown>) => Record<string, unknown>>>;

/** Runs a program under mocks, waits for every resource it makes, and gives them all, in the order of type and name. */
export async function record(answers: Answers, program: () => unknown, calls: Calls = {}): Promise<Recorded[]> {
  const resources: Recorded[] = [];
  const unknown: string[] = [];
  await setMocks(
    {
      newResource: (args) => {
        const inputs = args.inputs as Record<string, unknown>;
        const answer = args.custom === false ? () => ({}) : answers[args.type];
        if (answer === undefined) unknown.push(args.type);
        resources.push({ type: args.type, name: args.name, inputs });
        return { id: `${args.name}-id`, state: { ...inputs, ...answer?.(args) } };
      },
      call: (args: MockCallArgs) => {
        const answer = calls[args.token];
        if (answer === undefined) unknown.push(args.token);
        return answer?.(args.inputs as Record<string, unknown>) ?? {};
      },
    },
    "dejima",
    "test",
    false,
  );
  // The SDK keeps a stack trace of every promise, and mapping them back to TypeScript takes most of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    await program();
    await disconnect();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  // Only now: an error thrown inside of a mock leaves the program waiting for ever.
  if (unknown.length > 0) throw new Error(`the test doesn't know ${[...new Set(unknown)].join(", ")}`);
  return resources.sort((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1));
}

export function resolved<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}
