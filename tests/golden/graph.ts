import { Sandbox } from "../cli/sandbox";

/** A resource as `pulumi preview --json` writes it. */
interface PreviewedState {
  urn: string;
  type: string;
  parent?: string;
  inputs?: Record<string, unknown>;
  dependencies?: string[];
  propertyDependencies?: Record<string, string[]>;
  ignoreChanges?: string[];
}

const JSON_PROPERTIES = new Set(["assumeRolePolicy", "policy"]);

/** The resource graph of a first deployment, by the real CLI on the embedded AWS: path of each file to its text. */
export async function resourceGraph(stack: string): Promise<Map<string, string>> {
  const sandbox = new Sandbox();
  try {
    const { stdout } = await sandbox.succeed(["preview", "-s", stack, "--json"]);
    const { steps } = JSON.parse(stdout) as { steps: { newState: PreviewedState }[] };
    const states = steps.map(({ newState }) => newState);
    return new Map(states.map((state): [string, string] => [fileOf(state), textOf(state)]).sort(byFirst));
  } finally {
    sandbox.dispose();
  }
}

/** `aws.ec2.Subnet/main-dmz-apne1-az1.json` */
function fileOf({ urn, type }: PreviewedState): string {
  const [packageName = "", path = "", kind = ""] = type.split(":");
  return `${packageName}.${path.split("/")[0] ?? ""}.${kind}/${urn.slice(urn.lastIndexOf("::") + 2)}.json`;
}

function textOf(state: PreviewedState): string {
  const { urn, type, parent, inputs, dependencies = [], propertyDependencies = {}, ignoreChanges } = state;
  const links = Object.entries(propertyDependencies).filter(([, urns]) => urns.length > 0);
  const resource = {
    type,
    name: urn.slice(urn.lastIndexOf("::") + 2),
    ...(parent === undefined ? {} : { parent: short(parent) }),
    ...(inputs === undefined ? {} : { inputs: readable(inputs) }),
    ...(ignoreChanges === undefined ? {} : { ignoreChanges }),
    dependencies: dependencies.map(short).sort(),
    propertyDependencies: Object.fromEntries(
      links.map(([property, urns]): [string, string[]] => [property, urns.map(short).sort()]).sort(),
    ),
  };
  return `${JSON.stringify(resource, null, 2)}\n`;
}

/** Type and name tell resources apart; the rest of a URN is the parents' types, and stands with the parents. */
function short(urn: string): string {
  const [types = "", name = ""] = urn.split("::").slice(2);
  return `${types.slice(types.lastIndexOf("$") + 1)}::${name}`;
}

/** Keys in order, without the engine's marks; user data and policies as a reviewer reads them. */
function readable(value: unknown, key = ""): unknown {
  if (key === "userData" && typeof value === "string") return Buffer.from(value, "base64").toString().split("\n");
  if (JSON_PROPERTIES.has(key) && typeof value === "string") return JSON.parse(value) as unknown;
  if (Array.isArray(value)) return value.map((item) => readable(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "__defaults")
      .map(([name, inner]): [string, unknown] => [name, readable(inner, name)])
      .sort(byFirst),
  );
}

function byFirst([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
