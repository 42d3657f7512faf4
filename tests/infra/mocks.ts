import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceOutputsRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import {
  deserializeProperties,
  disconnect,
  getMonitor,
  setMocks,
  type MockCallArgs,
  type MockResourceArgs,
} from "@pulumi/pulumi/runtime";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

export interface Recorded {
  readonly type: string;
  readonly name: string;
  /** `type name`; undefined at the top. */
  readonly parent: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What a component registered as its outputs; nothing for other resources. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What must be there first, by `dependsOn` or by an input, as `type name`; a component stands for its children. */
  readonly dependencies: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly protect: boolean;
  /** Names of the providers it was given itself: a resource's own, or those for a component's children. */
  readonly providers: readonly string[];
}

/** What a type answers besides its inputs. A type that isn't here makes the test fail, so that no resource appears unnoticed. */
export type Answers = Readonly<Record<string, (args: MockResourceArgs) => Record<string, unknown>>>;

/** What a data source answers; one that isn't here makes the test fail. `provider` is empty for the default one. */
export type Calls = Readonly<
  Record<string, (inputs: Record<string, unknown>, provider: string) => Record<string, unknown>>
>;

/** Runs a program under mocks, waits for every resource it makes, and gives them all, in the order of type and name. */
export async function record(answers: Answers, program: () => unknown, calls: Calls = {}): Promise<Recorded[]> {
  const unknown: string[] = [];
  await setMocks(
    {
      newResource: (args) => {
        const answer = args.custom === false && !(args.type in answers) ? () => ({}) : answers[args.type];
        if (answer === undefined) unknown.push(args.type);
        return { id: `${args.name}-id`, state: { ...(args.inputs as object), ...answer?.(args) } };
      },
      call: (args: MockCallArgs) => {
        const answer = calls[args.token];
        if (answer === undefined) unknown.push(args.token);
        return answer?.(args.inputs as Record<string, unknown>, args.provider ?? "") ?? {};
      },
    },
    "dejima",
    "test",
    false,
  );
  const registered = listen();
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
  return registered().sort((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1));
}

/** Every resource in one line, `type name < parent's type and name`, in the order of `record`. */
export function lineage(resources: readonly Recorded[]): string[] {
  return resources.map(({ type, name, parent }) => `${type} ${name}${parent === undefined ? "" : ` < ${parent}`}`);
}

/** The one resource of a type whose name is given; fails where there is none. */
export function theOne(resources: readonly Recorded[], type: string, name?: string): Recorded {
  const [found, ...others] = resources.filter((one) => one.type === type && (name ?? one.name) === one.name);
  if (found === undefined || others.length > 0) throw new Error(`not one, but ${others.length + 1} or no ${type}`);
  return found;
}

export function resolved<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

/** The mocks themselves are told inputs only: what a resource is registered with stands in the requests to their monitor. */
function listen(): () => Recorded[] {
  const monitor = getMonitor() as unknown as MockMonitor;
  const requests: RegisterResourceRequest[] = [];
  const outputs = new Map<string, Record<string, unknown>>();
  const register = monitor.registerResource.bind(monitor);
  const complete = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResource = (request: RegisterResourceRequest, callback) => {
    requests.push(request);
    return register(request, callback);
  };
  // The SDK's own mocks don't know hooks; nothing calls them here.
  Object.assign(monitor, {
    registerResourceHook: (_request: unknown, callback: (error: null) => void) => {
      callback(null);
    },
  });
  monitor.registerResourceOutputs = (request: RegisterResourceOutputsRequest, callback) => {
    outputs.set(nameIn(request.getUrn()), properties(request.getOutputs()));
    complete(request, callback);
  };
  return () =>
    requests.map((request) => {
      const [type, name] = [request.getType(), request.getName()];
      const providers = [
        request.getProvider(),
        ...request
          .getProvidersMap()
          .toObject()
          .map(([, provider]) => provider),
      ];
      return {
        type,
        name,
        parent: request.getParent() === "" ? undefined : nameIn(request.getParent()),
        inputs: properties(request.getObject()),
        outputs: outputs.get(`${type} ${name}`) ?? {},
        dependencies: request.getDependenciesList().map(nameIn).sort(),
        ignoreChanges: request.getIgnorechangesList(),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        protect: request.getProtect() ?? false,
        providers: [...new Set(providers.filter((provider) => provider !== "").map(providerName))],
      };
    });
}

function properties(struct: ReturnType<RegisterResourceRequest["getObject"]>): Record<string, unknown> {
  return struct === undefined ? {} : deserializeProperties(struct);
}

/** `urn:pulumi:stack::project::parent's type$type::name` */
function nameIn(urn: string): string {
  const [types = "", ...name] = urn.split("::").slice(2);
  return `${types.slice(types.lastIndexOf("$") + 1)} ${name.join("::")}`;
}

/** `urn::id` */
function providerName(reference: string): string {
  return nameIn(reference.slice(0, reference.lastIndexOf("::"))).split(" ")[1] ?? "";
}
