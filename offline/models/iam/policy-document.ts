/** What IAM takes as a policy: syntax shared by trust, identity and resource policies. */
import { AwsError } from "../../aws-error";
import type { Findings } from "../findings";
import { given, isRecord, text } from "../values";
import { isTexts, refuseActions, refuseConditions, refusePrincipals, refuseResources, syntax } from "./statement";

const CODE = "MalformedPolicyDocument";
const VERSIONS: readonly unknown[] = ["2012-10-17", "2008-10-17"];
const TOP = new Set(["Version", "Id", "Statement"]);
const PARTS = new Set([
  ...["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"],
]);
const ASSUME =
  /^sts:(AssumeRole|AssumeRoleWithSAML|AssumeRoleWithWebIdentity|TagSession|SetSourceIdentity|SetContext|\*|Assume\*|AssumeRole\*)$/i;

export type PolicyKind = "trust" | "identity" | "resource";

/** JSON at all? The provider's own check, before any API call. */
export function checkPolicyJson(found: Findings, property: string): void {
  const value = text(found.inputs[property]);
  if (value === undefined) return;
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    found.refuse(property, CODE, `"${property}" contains an invalid JSON policy: ${why}`);
    return;
  }
  if (!isRecord(parsed)) found.refuse(property, CODE, `"${property}" contains an invalid JSON policy: not an object`);
}

/** Throws `MalformedPolicyDocument` as the API does. An unknown document is never refused. */
export function refusePolicy(value: unknown, kind: PolicyKind): void {
  const document = text(value);
  if (document === undefined) return;
  if (kind !== "resource" && !/^[\t\n\r\x20-\xff]*$/.test(document))
    throw new AwsError(
      "ValidationError",
      "The specified value for policyDocument is invalid. It must contain only printable ASCII characters.",
    );
  const parsed: unknown = JSON.parse(document);
  if (!isRecord(parsed) || Object.keys(parsed).some((key) => !TOP.has(key)) || !given(parsed["Statement"]))
    throw syntax();
  if (given(parsed["Version"]) && !VERSIONS.includes(parsed["Version"])) throw syntax();
  const statements: unknown[] = Array.isArray(parsed["Statement"]) ? parsed["Statement"] : [parsed["Statement"]];
  if (statements.length === 0) throw syntax();
  const sids = new Set<string>();
  for (const statement of statements) {
    refuseStatement(statement, kind);
    const sid = isRecord(statement) ? text(statement["Sid"]) : undefined;
    if (sid === undefined) continue;
    if (kind !== "resource" && !/^[A-Za-z0-9]*$/.test(sid))
      throw new AwsError(
        CODE,
        `Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*`,
      );
    if (sids.has(sid)) throw new AwsError(CODE, `Statement IDs (SID) in a single policy must be unique.`);
    sids.add(sid);
  }
}

function listed(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => text(one) ?? []);
}

function refuseStatement(statement: unknown, kind: PolicyKind): void {
  if (!isRecord(statement) || Object.keys(statement).some((key) => !PARTS.has(key))) throw syntax();
  if (statement["Effect"] !== "Allow" && statement["Effect"] !== "Deny") throw syntax();
  const { Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition, Sid } = statement;
  if ([Action, NotAction, Resource, NotResource].some((one) => given(one) && !isTexts(one))) throw syntax();
  if (given(Sid) && typeof Sid !== "string") throw syntax();
  if ((given(Action) && given(NotAction)) || (given(Resource) && given(NotResource))) throw syntax();
  if (!given(Action) && !given(NotAction)) throw new AwsError(CODE, "Policy statement must contain actions.");
  const actions = [...listed(Action), ...listed(NotAction)];
  refuseActions(actions);
  refuseConditions(Condition);
  for (const principals of [Principal, NotPrincipal]) refusePrincipals(principals);
  if (kind === "trust") refuseTrust(statement, actions);
  else if (kind === "identity") {
    if (given(Principal) || given(NotPrincipal))
      throw new AwsError(CODE, "Policy document should not specify a principal.");
    if (!given(Resource) && !given(NotResource)) throw new AwsError(CODE, "Policy statement must contain resources.");
    refuseResources([...listed(Resource), ...listed(NotResource)]);
  } else if (!given(Principal) && !given(NotPrincipal)) throw new AwsError(CODE, "Missing required field Principal");
}

function refuseTrust(
  { Resource, NotResource, Principal, NotPrincipal }: Record<string, unknown>,
  actions: string[],
): void {
  if (given(Resource) || given(NotResource)) throw new AwsError(CODE, "Has prohibited field Resource.");
  if (!given(Principal) && !given(NotPrincipal)) throw new AwsError(CODE, "Missing required field Principal");
  if (actions.some((action) => action !== "*" && !ASSUME.test(action)))
    throw new AwsError(CODE, "AssumeRole policy may only specify STS AssumeRole actions.");
}

/** Size as IAM counts it: without white space. */
export function policySize(value: unknown): number {
  return (text(value) ?? "").replace(/\s/g, "").length;
}
