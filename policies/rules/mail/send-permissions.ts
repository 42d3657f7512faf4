import { elements, field, UNKNOWN, type Value } from "../../reachability/resources";
import { bad, type Check, good, outside, pending } from "../check";
import { parseArn } from "./arns";
import { statementsOf } from "./iam-policy";
import type { UserPolicy } from "./user-policies";

/** All that SES asks of whoever sends by SMTP, and the other name of it. */
const SENDING = ["ses:sendrawemail", "ses:sendemail"];

/** Whether a policy speaks of sending through SES; "perhaps" where that isn't known. */
export function speaksOfSes({ document, arn }: UserPolicy): "yes" | "no" | "perhaps" {
  if (arn !== undefined) return /:aws:policy\/.*SES/i.test(arn) ? "yes" : isOfAws(arn) ? "no" : "perhaps";
  const statements = statementsOf(document);
  if (statements === UNKNOWN) return "perhaps";
  const named = (statements ?? []).map(({ value, effect }) => {
    if (effect !== "Allow" && effect !== UNKNOWN) return "no";
    const actions = elements(value === UNKNOWN ? UNKNOWN : (field(value, "Action") ?? field(value, "NotAction")));
    const isNamed = actions.some((action) => typeof action === "string" && action.toLowerCase().startsWith("ses:"));
    return isNamed && effect === "Allow" ? "yes" : isNamed || actions.includes(UNKNOWN) ? "perhaps" : "no";
  });
  return named.includes("yes") ? "yes" : named.includes("perhaps") ? "perhaps" : "no";
}

/** Does a policy allow everything there is, sending through SES with it, as an administrator's does? */
export function allowsEverything({ document, arn }: UserPolicy): boolean {
  if (arn !== undefined) return /:aws:policy\/AdministratorAccess$/i.test(arn);
  const statements = statementsOf(document);
  if (statements === UNKNOWN || statements === undefined) return false;
  return statements.some(({ value, effect }) => effect === "Allow" && elements(field(value, "Action")).includes("*"));
}

/** Does a policy of somebody who sends by SMTP allow to send from some identities, and nothing else of SES? */
export function sendsOnly(policy: UserPolicy): readonly Check[] {
  const { label, document, arn } = policy;
  if (arn !== undefined) {
    if (speaksOfSes(policy) === "yes")
      return [bad(`${label} allows everything of SES, or to send from every identity`, `${fix} instead`)];
    return isOfAws(arn) ? [] : [outside(`what ${label} allows, which isn't in this stack`)];
  }
  const statements = statementsOf(document);
  if (statements === UNKNOWN) return [pending(`what ${label} allows`)];
  if (statements === undefined) return [];
  return statements.flatMap(({ label: statement, value, effect }): readonly Check[] => {
    if (effect === UNKNOWN) return [pending(`whether ${statement} of ${label} allows or denies`)];
    return effect === "Allow" ? judge(`${statement} of ${label}`, value) : [];
  });
}

const fix = "allow ses:SendRawEmail on the ARN of the identity (and of its configuration set)";

function judge(where: string, statement: Value): readonly Check[] {
  if (field(statement, "NotAction") !== undefined)
    return [bad(`${where} allows all but a few actions (NotAction)`, fix)];
  const actions = elements(field(statement, "Action"));
  const unknown = actions.includes(UNKNOWN) ? [pending(`what ${where} allows`)] : [];
  const ofSes = actions.filter((action) => typeof action === "string").filter((action) => /^(\*|ses:)/i.test(action));
  const more = ofSes.filter((action) => !SENDING.includes(action.toLowerCase()));
  const wide = more.length === 0 ? [] : [bad(`${where} allows more than to send: ${more.join(", ")}`, fix)];
  return ofSes.length === 0 ? unknown : [...unknown, ...wide, resourceCheck(where, statement)];
}

function resourceCheck(where: string, statement: Value): Check {
  if (field(statement, "NotResource") !== undefined)
    return bad(`${where} allows it on all but a few resources (NotResource)`, fix);
  const resources = elements(field(statement, "Resource"));
  const wide = resources.filter((resource) => typeof resource === "string").filter((resource) => !namesOne(resource));
  if (wide.length > 0) {
    const limited = fromSomeAddress(statement);
    if (limited === "yes") return good;
    if (limited === "perhaps") return pending(`what the conditions of ${where} ask for`);
    return bad(`${where} allows to send from every identity of the account: ${wide.join(", ")}`, fix);
  }
  return resources.includes(UNKNOWN) ? pending(`on which identities ${where} allows to send`) : good;
}

/** Does an ARN, or a pattern of ARNs, name one identity or configuration set, or a few? `identity/*` doesn't. */
function namesOne(resource: string): boolean {
  const [kind, ...name] = (parseArn(resource)?.resource ?? "*").split("/");
  return kind !== undefined && /^[a-z-]+$/.test(kind) && !/^[*?.@]*$/.test(name.join("/"));
}

/** https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html: SES's own way to limit whom mail is from. */
function fromSomeAddress(statement: Value): "yes" | "no" | "perhaps" {
  const conditions = field(statement, "Condition");
  if (conditions === UNKNOWN) return "perhaps";
  if (conditions === undefined || conditions === null || typeof conditions !== "object") return "no";
  const answers = Object.entries(conditions as Readonly<Record<string, Value>>).flatMap(([operator, keys]) => {
    if (!/^string(equals|like|equalsignorecase)$/i.test(operator)) return [];
    if (keys === UNKNOWN) return ["perhaps"];
    if (keys === null || typeof keys !== "object") return [];
    return Object.entries(keys as Readonly<Record<string, Value>>)
      .filter(([key]) => key.toLowerCase() === "ses:fromaddress")
      .map(([, values]) => {
        const patterns = elements(values);
        if (patterns.some((each) => typeof each === "string" && /^[*?@.]*$/.test(each))) return "no";
        return patterns.includes(UNKNOWN) ? "perhaps" : "yes";
      });
  });
  return answers.includes("yes") ? "yes" : answers.includes("perhaps") ? "perhaps" : "no";
}

function isOfAws(arn: string): boolean {
  return /^arn:[a-z-]+:iam::aws:policy\//.test(arn);
}
