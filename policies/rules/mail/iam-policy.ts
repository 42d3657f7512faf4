import { all, any, type Certainty, not } from "../../reachability/certainty";
import { elements, field, parseValue, UNKNOWN, type Value } from "../../reachability/resources";
import { type Arn, matchesArn, matchesText } from "./arns";
import { type Condition, heldText, holdsFor, restrictsSource, type ServiceCall, textOf } from "./iam-conditions";

/** What a service asks to do with the resource that has the policy. */
export interface Request extends ServiceCall {
  readonly action: string;
  readonly resource: Arn;
}

/** What a resource's policy answers. */
export interface Admission {
  readonly admitted: Certainty;
  /** It admits the service for whomever it acts: the "confused deputy". */
  readonly unrestricted: Certainty;
  /** Why it isn't certainly admitted, or which statement is unrestricted. */
  readonly because: string;
}

interface Statement {
  readonly label: string;
  readonly value: Value;
  readonly effect: Value;
}

interface Judged extends Statement {
  /** The service, and what it wants to do. */
  readonly addressed: Certainty;
  readonly resource: Certainty;
  readonly conditions: Certainty;
  readonly restricted: Certainty;
  readonly why: string;
}

/** The statements of a policy document; UNKNOWN where they aren't known, undefined for a text that isn't a policy. */
export function statementsOf(policy: Value): readonly Statement[] | typeof UNKNOWN | undefined {
  if (policy === UNKNOWN) return UNKNOWN;
  const list = field(document(policy), "Statement");
  if (list === UNKNOWN) return UNKNOWN;
  if (list === undefined) return undefined;
  return elements(list).map((value, at) => {
    const sid = field(value, "Sid");
    return {
      label: typeof sid === "string" ? `statement "${sid}"` : `statement ${at + 1}`,
      value,
      effect: field(value, "Effect"),
    };
  });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html: an explicit deny goes before every allow. */
export function admission(statements: readonly Statement[], request: Request): Admission {
  const judged = statements.map((statement) => judge(statement, request));
  const effect = (each: Judged, wanted: string): Certainty =>
    each.effect === UNKNOWN ? "perhaps" : each.effect === wanted ? "yes" : "no";
  const applies = (each: Judged, wanted: string) =>
    all(effect(each, wanted), each.addressed, each.resource, each.conditions);
  const allowed = any(...judged.map((each) => applies(each, "Allow")));
  const denied = any(...judged.map((each) => applies(each, "Deny")));
  const isOpen = (each: Judged) => all(applies(each, "Allow"), not(each.restricted));
  const unrestricted = any(...judged.map(isOpen));
  const admitted = all(allowed, not(denied));
  const first = (wanted: Certainty, of: (each: Judged) => Certainty) => judged.find((each) => of(each) === wanted);
  const denying = first("yes", (each) => applies(each, "Deny"));
  if (denying !== undefined)
    return { admitted, unrestricted, because: `${denying.label} denies ${request.action} to it` };
  if (allowed === "no") {
    const near = judged.find((each) => each.effect === "Allow" && each.addressed === "yes");
    const nothing = `no statement allows ${request.action} to ${request.service}`;
    return { admitted, unrestricted, because: near === undefined ? nothing : `${near.label} ${near.why}` };
  }
  const told =
    admitted === "yes"
      ? (first("yes", isOpen) ?? first("perhaps", isOpen))
      : (first("perhaps", (each) => applies(each, "Deny")) ?? first("perhaps", (each) => applies(each, "Allow")));
  return { admitted, unrestricted, because: told === undefined ? "" : `${told.label} ${told.why}`.trim() };
}

function judge(statement: Statement, request: Request): Judged {
  const { value } = statement;
  const conditions = conditionsOf(value);
  const addressed = all(principal(value, request.service), action(value, request.action));
  const resource = listed(value, "Resource", (pattern) => matchesArn(pattern, request.resource, "text"));
  if (conditions === UNKNOWN) {
    return { ...statement, addressed, resource, conditions: "perhaps", restricted: "perhaps", why: "" };
  }
  const judged = conditions.map((condition) => ({ condition, holds: holdsFor(condition, request) }));
  const failing = judged.find(({ holds }) => holds === "no") ?? judged.find(({ holds }) => holds === "perhaps");
  const why =
    resource === "no"
      ? `is about ${elements(field(value, "Resource")).map(textOf).join(", ")}`
      : failing === undefined
        ? ""
        : described(failing.condition, request);
  const restricted = any(...conditions.map(restrictsSource));
  return { ...statement, addressed, resource, conditions: all(...judged.map(({ holds }) => holds)), restricted, why };
}

function described({ operator, key, values }: Condition, request: Request): string {
  const wanted = values.map(textOf);
  const held = heldText(request, key);
  return `asks for ${operator} ${key} ${wanted.join(" or ")}${held === undefined ? "" : `, but it is ${held}`}`;
}

function principal(statement: Value, service: string): Certainty {
  const matches = (value: Value): Certainty => {
    if (value === UNKNOWN) return "perhaps";
    if (value === "*") return "yes";
    const named = elements(field(value, "Service")).map((each): Certainty => {
      if (each === UNKNOWN) return "perhaps";
      return typeof each === "string" && each.toLowerCase() === service ? "yes" : "no";
    });
    const everybody = elements(field(value, "AWS")).map((each): Certainty => {
      return each === UNKNOWN ? "perhaps" : each === "*" ? "yes" : "no";
    });
    return any(...named, ...everybody);
  };
  const excluded = field(statement, "NotPrincipal");
  return excluded === undefined ? matches(field(statement, "Principal")) : not(matches(excluded));
}

function action(statement: Value, wanted: string): Certainty {
  return listed(statement, "Action", (pattern) => matchesText(pattern.toLowerCase(), wanted.toLowerCase()));
}

/** An element that is one pattern or a list of them, or its opposite (`NotAction`, `NotResource`). */
function listed(statement: Value, key: "Action" | "Resource", matches: (pattern: string) => Certainty): Certainty {
  const some = (value: Value): Certainty =>
    any(...elements(value).map((each) => (typeof each === "string" ? matches(each) : "perhaps")));
  const excluded = field(statement, `Not${key}`);
  return excluded === undefined ? some(field(statement, key)) : not(some(excluded));
}

function conditionsOf(statement: Value): readonly Condition[] | typeof UNKNOWN {
  const operators = field(statement, "Condition");
  if (operators === UNKNOWN) return UNKNOWN;
  if (operators === undefined || operators === null || typeof operators !== "object") return [];
  const found: Condition[] = [];
  for (const [operator, keys] of Object.entries(operators as Readonly<Record<string, Value>>)) {
    if (keys === UNKNOWN) return UNKNOWN;
    if (keys === null || typeof keys !== "object") continue;
    for (const [key, values] of Object.entries(keys as Readonly<Record<string, Value>>)) {
      found.push({ operator, key, values: elements(values) });
    }
  }
  return found;
}

/** A property that holds JSON, which programs give as a text or as an object; undefined for a text that isn't JSON. */
export function document(value: Value): Value {
  if (typeof value !== "string") return value;
  try {
    return parseValue(JSON.parse(value));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
