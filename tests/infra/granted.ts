import type { Recorded } from "./mocks";

/** One statement of a policy: whose it is, and what it says. */
export interface Grant {
  /** What the policy is of, by the last word of its type and its name: `RolePolicy osaka-bastion`. */
  readonly holder: string;
  readonly effect: string;
  /** Whom a resource's policy admits; nobody is named in an identity's. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly string[];
}

interface Statement {
  readonly Effect: string;
  readonly Principal?: string | Record<string, string | string[]>;
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/** Every statement of every policy document that any resource is given, in the order of the resources. */
export function grantsOf(resources: readonly Recorded[]): Grant[] {
  return resources.flatMap(({ type, name, inputs }) =>
    Object.values(inputs).flatMap((value) =>
      statementsIn(value).map((statement): Grant => ({
        holder: `${type.slice(type.lastIndexOf(":") + 1)} ${name}`,
        effect: statement.Effect,
        principals: principalsOf(statement.Principal),
        actions: [statement.Action].flat(),
        resources: [statement.Resource ?? []].flat(),
        conditions: conditionsOf(statement.Condition),
      })),
    ),
  );
}

/** `action, action → resource, resource if condition`, with whom it is for or denied to in front. */
export function line({ effect, principals, actions, resources, conditions }: Grant): string {
  const who = [...(effect === "Allow" ? [] : [effect]), ...principals].join(" ");
  return [
    who === "" ? "" : `${who}: `,
    actions.join(", "),
    resources.length === 0 ? "" : ` → ${resources.join(", ")}`,
    conditions.length === 0 ? "" : ` if ${conditions.join(" and ")}`,
  ].join("");
}

/** The lines of each holder. */
export function tableOf(grants: readonly Grant[]): Record<string, string[]> {
  const table: Record<string, string[]> = {};
  for (const grant of grants) (table[grant.holder] ??= []).push(line(grant));
  return table;
}

function statementsIn(value: unknown): Statement[] {
  if (typeof value !== "string" || !value.startsWith("{")) return [];
  const { Statement = [] } = JSON.parse(value) as { Statement?: Statement[] };
  return Statement;
}

function principalsOf(principal: Statement["Principal"]): string[] {
  if (principal === undefined) return [];
  return typeof principal === "string" ? [principal] : Object.values(principal).flat();
}

function conditionsOf(condition: Statement["Condition"] = {}): string[] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => `${key} ${operator} ${[values].flat().join(", ")}`),
  );
}
