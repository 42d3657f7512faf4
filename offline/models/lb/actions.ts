import type { Findings } from "../findings";
import { given, isRecord, records, text } from "../values";

const CODE = "ValidationError";

/** What each kind of action can't do without: property, and how the provider spells it. */
const needs: Record<string, readonly [string, string]> = {
  redirect: ["redirect", "redirect"],
  "fixed-response": ["fixedResponse", "fixed_response"],
  "authenticate-oidc": ["authenticateOidc", "authenticate_oidc"],
  "authenticate-cognito": ["authenticateCognito", "authenticate_cognito"],
};
const KINDS = ["forward", "authenticate-oidc", "authenticate-cognito", "redirect", "fixed-response", "jwt-validation"];

/** What the provider redirects to where it isn't said: everything as it came. */
export const REDIRECT = {
  host: "#{host}",
  path: "/#{path}",
  port: "#{port}",
  protocol: "#{protocol}",
  query: "#{query}",
};

/** The provider's rules about the actions of listeners and rules. */
export function checkActions(found: Findings, property: "defaultActions" | "actions"): void {
  const spelled = property === "actions" ? "action" : "default_action";
  records(found.inputs[property]).forEach((action, index) => {
    const inner = found.at(`${property}[${index}]`, action);
    const path = `${spelled}[${index}]`;
    inner.oneOf("type", KINDS, CODE);
    inner.between("order", 1, 50000, CODE);
    const kind = text(action["type"]);
    const need = kind === undefined ? undefined : needs[kind];
    if (need !== undefined && !given(action[need[0]]))
      inner.refuse(
        need[0],
        CODE,
        `Attribute "${path}.${need[1]}" must be specified when "${path}.type" is "${kind ?? ""}".`,
      );
    if (kind === "forward") checkForward(inner, path);
    checkParts(inner);
  });
}

function checkForward(inner: Findings, path: string): void {
  const { targetGroupArn, forward } = inner.inputs;
  if (given(targetGroupArn) && given(forward)) {
    inner.refuse("forward", CODE, `Only one of "${path}.target_group_arn" or "${path}.forward" can be specified`);
  }
  if (!given(targetGroupArn) && !given(forward)) {
    inner.refuse(
      "targetGroupArn",
      CODE,
      `Either "${path}.target_group_arn" or "${path}.forward" must be specified when "${path}.type" is "forward".`,
    );
  }
}

function checkParts(inner: Findings): void {
  const { fixedResponse, redirect, forward } = inner.inputs;
  inner.arn("targetGroupArn", CODE);
  if (isRecord(fixedResponse)) {
    const fixed = inner.at("fixedResponse", fixedResponse);
    fixed.oneOf(
      "contentType",
      ["text/plain", "text/css", "text/html", "application/javascript", "application/json"],
      CODE,
    );
    fixed.length("messageBody", 0, 1024, CODE);
    fixed.matches("statusCode", /^[245]\d\d$/, "must be 2XX, 4XX or 5XX", CODE);
  }
  if (isRecord(redirect)) {
    const to = inner.at("redirect", redirect);
    to.oneOf("statusCode", ["HTTP_301", "HTTP_302"], CODE);
    to.oneOf("protocol", ["HTTP", "HTTPS", "#{protocol}"], CODE);
    to.length("host", 1, 128, CODE);
    to.length("path", 1, 128, CODE);
    to.length("query", 0, 128, CODE);
  }
  if (isRecord(forward)) {
    const groups = records(forward["targetGroups"]);
    if (groups.length > 5) inner.refuse("forward", CODE, `Too many target groups: ${groups.length}, at most 5`);
    groups.forEach((group, index) => {
      inner.at(`forward.targetGroups[${index}]`, group).between("weight", 0, 999, CODE);
    });
    const stickiness = forward["stickiness"];
    if (isRecord(stickiness)) inner.at("forward.stickiness", stickiness).between("duration", 1, 604800, CODE);
  }
}
