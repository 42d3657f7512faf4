/** What a statement of a policy may be made of, by IAM's grammar. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
import { AwsError } from "../../aws-error";
import { given, isRecord, text } from "../values";

const CODE = "MalformedPolicyDocument";
const PRINCIPALS = ["aws", "canonicaluser", "federated", "service"];
const COMPARED = ["equals", "notequals", "lessthan", "lessthanequals", "greaterthan", "greaterthanequals"];
const OPERATORS = new Set([
  ...["stringequals", "stringnotequals", "stringequalsignorecase", "stringnotequalsignorecase"],
  ...["stringlike", "stringnotlike", "bool", "binaryequals", "ipaddress", "notipaddress", "null"],
  ...["arnequals", "arnlike", "arnnotequals", "arnnotlike"],
  ...COMPARED.flatMap((word) => [`numeric${word}`, `date${word}`]),
]);

export function syntax(): AwsError {
  return new AwsError(CODE, "Syntax errors in policy.");
}

/** Throws where a condition has an operator that IAM doesn't know, or isn't built as operator, key, values. */
export function refuseConditions(conditions: unknown): void {
  if (!given(conditions)) return;
  if (!isRecord(conditions)) throw syntax();
  for (const [operator, keys] of Object.entries(conditions)) {
    const word = operator.toLowerCase().replace(/^for(any|all)values?:/, "");
    const optional = word.endsWith("ifexists") ? word.slice(0, -"ifexists".length) : word;
    if (!OPERATORS.has(optional) || optional === "") throw syntax();
    if (!isRecord(keys)) throw syntax();
  }
}

/** Throws where principals aren't `"*"` or lists by their known kinds. */
export function refusePrincipals(principals: unknown): void {
  if (!given(principals) || principals === "*") return;
  if (!isRecord(principals)) throw syntax();
  for (const [kind, listed] of Object.entries(principals)) {
    if (!PRINCIPALS.includes(kind.toLowerCase())) throw new AwsError(CODE, `Invalid principal in policy: "${kind}"`);
    for (const one of Array.isArray(listed) ? (listed as unknown[]) : [listed]) {
      const name = text(one);
      const account = kind === "AWS" && !/^(\*|\d{12}|arn:.+|A[A-Z0-9]{15,})$/.test(name ?? "*");
      const service = kind === "Service" && name !== undefined && name !== "*" && !name.includes(".");
      if (account || service)
        throw new AwsError(CODE, `Invalid principal in policy: "${kind.toUpperCase()}":"${name ?? ""}"`);
    }
  }
}

/** Throws for what doesn't name actions: `service:Action`, or `*`. */
export function refuseActions(actions: readonly string[]): void {
  for (const action of actions) {
    if (action === "*") continue;
    const [vendor = "", ...rest] = action.split(":");
    if (rest.length === 0)
      throw new AwsError(CODE, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    if (rest.length > 1) throw new AwsError(CODE, "Actions/Condition can contain only one colon.");
    if (!/^[A-Za-z0-9.-]+$/.test(vendor)) throw new AwsError(CODE, `Vendor ${vendor} is not valid`);
    if (!/^[A-Za-z0-9*?_-]+$/.test(rest[0] ?? "")) throw new AwsError(CODE, "The policy failed legacy parsing");
  }
}

const PARTITIONS = /^(aws(-[a-z]+)*|\*|.*[*?$].*)$/;
/** What the paths of IAM's own resources begin with. */
const IAM_PATHS = [
  ...["user/", "federated-user/", "role/", "group/", "instance-profile/", "mfa/", "server-certificate/"],
  ...["policy/", "sms-mfa/", "saml-provider/", "oidc-provider/", "report/", "access-report/"],
];
const WILD = /[*?$]/;

/** Throws for what isn't an ARN, or `*`, or a pattern of them. */
export function refuseResources(resources: readonly string[]): void {
  for (const resource of resources) {
    if (resource === "*") continue;
    const refuse = (message: string): AwsError => new AwsError(CODE, message);
    if (!resource.startsWith("arn:")) {
      if (WILD.test(resource)) continue;
      throw refuse(`Resource ${resource} must be in ARN format or "*".`);
    }
    const [, partition = "", vendor = "", region = "", account = "", ...path] = resource.split(":");
    if (!PARTITIONS.test(partition)) throw refuse(`Partition "${partition}" is not valid for resource "${resource}".`);
    if (path.length === 0 && !WILD.test(resource)) throw refuse(`Resource ${resource} must be in ARN format or "*".`);
    // Access points, jobs and the like have a Region and an account; buckets and objects have neither.
    if (vendor === "s3" && /^[a-z]/.test(region) && account === "")
      throw refuse(`Resource ${resource} can not contain region information.`);
    if (vendor !== "iam") continue;
    if (/^[a-z]/.test(region)) throw refuse(`IAM resource ${resource} cannot contain region information.`);
    const rest = path.join(":");
    if (rest === "" || rest === "root" || WILD.test(rest.split("/")[0] ?? "")) continue;
    if (!IAM_PATHS.some((start) => rest.startsWith(start)))
      throw refuse(`IAM resource path must either be "*" or start with ${IAM_PATHS.join(", ")}.`);
  }
}

/** True for a text or a list of texts. */
export function isTexts(value: unknown): boolean {
  return typeof value === "string" || (Array.isArray(value) && value.every((one) => typeof one === "string"));
}
