import { crc32 } from "node:zlib";

import { AwsError } from "../aws-error";
import type { Props } from "../model";
import { isRecord } from "../provider/wire";

function records(value: unknown): Props[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** `&{aws:username}` is how a policy variable is written where `${` would be taken for the program's own. */
function variables(text: string): string {
  return text.replaceAll("&{", "${");
}

/** One element stands alone, several are sorted downwards, as the provider does. */
function listed(values: readonly string[]): string | string[] | undefined {
  if (values.length === 0) return undefined;
  return values.length === 1 ? values[0] : [...values].sort().reverse();
}

function principals(value: unknown): unknown {
  const given = records(value);
  if (given.length === 0) return undefined;
  const [only] = given;
  if (given.length === 1 && only?.["type"] === "*" && strings(only["identifiers"]).join() === "*") return "*";
  const byType = new Map<string, string[]>();
  for (const { type, identifiers } of given) {
    const sorted = strings(identifiers).map(variables).sort().reverse();
    byType.set(String(type), [...(byType.get(String(type)) ?? []), ...sorted]);
  }
  const sorted = [...byType].sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([type, identifiers]) => [type, identifiers.length === 1 ? identifiers[0] : identifiers]),
  );
}

function conditions(value: unknown): unknown {
  const byTest = new Map<string, Map<string, string[]>>();
  for (const { test, variable, values } of records(value)) {
    const byVariable = byTest.get(String(test)) ?? new Map<string, string[]>();
    byTest.set(String(test), byVariable);
    const name = variables(String(variable));
    byVariable.set(name, [...(byVariable.get(name) ?? []), ...strings(values).map(variables)]);
  }
  if (byTest.size === 0) return undefined;
  const sorted = <Value>(map: Map<string, Value>): [string, Value][] =>
    [...map].sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(
    sorted(byTest).map(([test, byVariable]) => [
      test,
      Object.fromEntries(sorted(byVariable).map(([name, values]) => [name, values.length === 1 ? values[0] : values])),
    ]),
  );
}

function statementJson(statement: Props): Props {
  const sid = statement["sid"];
  return {
    ...(typeof sid === "string" && sid !== "" ? { Sid: sid } : {}),
    Effect: statement["effect"] ?? "Allow",
    Action: listed(strings(statement["actions"])),
    NotAction: listed(strings(statement["notActions"])),
    Resource: listed(strings(statement["resources"]).map(variables)),
    NotResource: listed(strings(statement["notResources"]).map(variables)),
    Principal: principals(statement["principals"]),
    NotPrincipal: principals(statement["notPrincipals"]),
    Condition: conditions(statement["conditions"]),
  };
}

function statementsOf(document: string, property: string): Props[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch (error) {
    throw new AwsError("ProviderCheck", `merging ${property}: ${String(error)}`, property);
  }
  const statement = isRecord(parsed) ? parsed["Statement"] : undefined;
  return isRecord(statement) ? [statement] : records(statement);
}

/** Later statements replace earlier ones of the same Sid; those without one are added. */
function merged(earlier: readonly Props[], later: readonly Props[]): Props[] {
  const result = [...earlier];
  for (const statement of later) {
    const at = statement["Sid"] === undefined ? -1 : result.findIndex(({ Sid }) => Sid === statement["Sid"]);
    if (at < 0) result.push(statement);
    else result[at] = statement;
  }
  return result;
}

function withoutDuplicates(statements: readonly Props[], property: string): void {
  const seen = new Set<unknown>();
  for (const { Sid: sid } of statements) {
    if (sid !== undefined && sid !== "" && seen.has(sid)) {
      throw new AwsError("ProviderCheck", `duplicate Sid (${JSON.stringify(sid)}) in ${property}`, property);
    }
    seen.add(sid);
  }
}

/** Go's encoder, which the provider uses, escapes these. */
function goEscapes(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** IAM policy JSON in the provider's own form: order of keys, sorting, single values without a list. */
export function getPolicyDocument(args: Props): Props {
  const given = records(args["statements"]);
  const own = given.map(statementJson);
  withoutDuplicates(own, "statements");
  const sources = strings(args["sourcePolicyDocuments"]).flatMap((text) => statementsOf(text, "sourcePolicyDocuments"));
  withoutDuplicates(sources, "sourcePolicyDocuments");
  const overrides = strings(args["overridePolicyDocuments"]).flatMap((text) =>
    statementsOf(text, "overridePolicyDocuments"),
  );
  const statements = merged(merged(sources, own), overrides);
  const version = args["version"] ?? "2012-10-17";
  const document = {
    Version: version,
    ...(args["policyId"] === undefined ? {} : { Id: args["policyId"] }),
    ...(statements.length === 0 ? {} : { Statement: statements }),
  };
  const json = goEscapes(JSON.stringify(document, null, 2));
  return {
    ...args,
    id: String(crc32(json)),
    json,
    minifiedJson: goEscapes(JSON.stringify(document)),
    statements: given.map((statement) => ({
      sid: "",
      effect: "Allow",
      ...Object.fromEntries(
        ["actions", "notActions", "resources", "notResources", "principals", "notPrincipals"].map((key) => [key, []]),
      ),
      ...statement,
    })),
    version,
  };
}
