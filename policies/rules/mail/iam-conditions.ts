import { all, any, type Certainty, not } from "../../reachability/certainty";
import { UNKNOWN, type Value } from "../../reachability/resources";
import { type Arn, arnText, matchesArn, matchesText } from "./arns";

/** As which CloudWatch's alarms act. */
export const CLOUDWATCH = "cloudwatch.amazonaws.com";

/** What an AWS service says of itself when it calls another one for a resource of a customer. */
export interface ServiceCall {
  /** Such as `ses.amazonaws.com`. */
  readonly service: string;
  /** The account it calls for (`aws:SourceAccount`); undefined: not known. */
  readonly account: string | undefined;
  /** The resource it calls for (`aws:SourceArn`). */
  readonly source: Arn;
}

/** One condition of a statement, such as `StringEquals` of `aws:SourceAccount`. */
export interface Condition {
  /** As written. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly Value[];
}

/** A condition's operator without its decoration. `ForAnyValue:` and `ForAllValues:` change nothing for keys of one value. */
interface Operator {
  readonly base: string;
  readonly negated: boolean;
  readonly ifExists: boolean;
}

/** What a condition key holds in the call. */
type Held = { readonly text: string | undefined } | { readonly arn: Arn } | "absent" | "unknown";

/**
 * Keys that a call by a service's own principal doesn't have, so that a negated condition on one holds.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const ABSENT = /^aws:(principal(account|arn|orgid|orgpaths|tag\/.*)|username|userid)$/;

export function holdsFor(condition: Condition, call: ServiceCall): Certainty {
  const operator = parse(condition.operator);
  const held = heldBy(call, condition.key);
  if (held === "unknown") return "perhaps";
  const values = condition.values;
  if (operator.base === "null") {
    const wanted = held === "absent" ? "true" : "false";
    return any(...values.map((value) => (value === UNKNOWN ? "perhaps" : yesIf(textOf(value) === wanted))));
  }
  if (held === "absent") return yesIf(operator.negated || operator.ifExists);
  const matched = any(...values.map((value) => matches(operator.base, value, held)));
  return operator.negated ? not(matched) : matched;
}

/** Does the condition admit the service for some accounts or resources only? A pattern that every account fits doesn't. */
export function restrictsSource({ operator: written, key, values }: Condition): Certainty {
  const operator = parse(written);
  if (operator.negated || !/^(string|arn)/.test(operator.base)) return "no";
  const name = key.toLowerCase();
  if (/^aws:source(orgid|orgpaths)$/.test(name)) return "yes";
  const wild = operator.base.endsWith("like") || operator.base.startsWith("arn");
  const names = (text: string) => !wild || !/[*?]/.test(text);
  const restricts = (value: Value): Certainty => {
    if (value === UNKNOWN) return "perhaps";
    if (name === "aws:sourceaccount") return yesIf(names(textOf(value)));
    return yesIf(names(textOf(value).split(":")[4] ?? "*"));
  };
  if (name !== "aws:sourceaccount" && name !== "aws:sourcearn") return "no";
  return all(...values.map(restricts));
}

/** The value that the call really has, to be shown beside the one that was asked for; undefined when that doesn't help. */
export function heldText(call: ServiceCall, key: string): string | undefined {
  const held = heldBy(call, key);
  if (held === "absent") return "not set by AWS services";
  if (held === "unknown") return undefined;
  return "arn" in held ? arnText(held.arn) : held.text;
}

/** A value of a policy document: a text, or what JSON lets stand for one (an account's number, a switch). */
export function textOf(value: Value): string {
  if (value === UNKNOWN) return "a value that isn't known";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function parse(written: string): Operator {
  const plain = written.toLowerCase().replace(/^for(any|all)values?:/, "");
  const ifExists = plain.endsWith("ifexists");
  const base = ifExists ? plain.slice(0, -"ifexists".length) : plain;
  return { base: base.replace("not", ""), negated: base.includes("not"), ifExists };
}

function heldBy(call: ServiceCall, key: string): Held {
  const name = key.toLowerCase();
  switch (name) {
    case "aws:sourceaccount":
      return { text: call.account };
    case "aws:sourcearn":
      return { arn: call.source };
    case "aws:securetransport":
    case "aws:principalisawsservice":
      return { text: "true" };
    case "aws:principalservicename":
      return { text: call.service };
    // SNS kept it for calls of old integrations, of which CloudWatch is one; SES isn't documented to send it.
    case "aws:sourceowner":
      return call.service === CLOUDWATCH ? { text: call.account } : "absent";
    default:
      return ABSENT.test(name) ? "absent" : "unknown";
  }
}

function matches(base: string, value: Value, held: Exclude<Held, string>): Certainty {
  if (value === UNKNOWN) return "perhaps";
  const wanted = textOf(value);
  const exact = wanted.replace(/[*?]/g, "\u0000");
  const against = (pattern: string, style: "text" | "parts"): Certainty =>
    "arn" in held ? matchesArn(pattern, held.arn, style) : matchesText(pattern, held.text);
  switch (base) {
    case "stringequals":
      return against(exact, "text");
    case "stringequalsignorecase":
    case "bool":
      return "arn" in held ? "perhaps" : matchesText(exact.toLowerCase(), held.text?.toLowerCase());
    case "stringlike":
      return against(wanted, "text");
    case "arnequals":
    case "arnlike":
      return "arn" in held ? matchesArn(wanted, held.arn, "parts") : "no";
    default:
      return "perhaps";
  }
}

function yesIf(condition: boolean): Certainty {
  return condition ? "yes" : "no";
}
