/** Whom a resource's policy lets in, read only as far as AWS's own set-up checks show it: conditions and actions are left aside. */
import { isRecord, text } from "../values";

function statementsOf(policy: string): Record<string, unknown>[] {
  const document: unknown = JSON.parse(policy);
  const statements = isRecord(document) ? document["Statement"] : undefined;
  return (Array.isArray(statements) ? statements : [statements]).filter(isRecord);
}

/** The texts of a value that may be one text or a list of them. */
function listed(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => text(one) ?? []);
}

/** Every action of every statement, `NotAction` left out. */
export function actionsOf(policy: string): string[] {
  return statementsOf(policy).flatMap((statement) => listed(statement["Action"]));
}

/** True when some statement allows anything to the AWS service (`ses.amazonaws.com`), or to anyone. */
export function admitsService(policy: string, service: string): boolean {
  return statementsOf(policy).some((statement) => {
    if (statement["Effect"] !== "Allow") return false;
    const principal = statement["Principal"];
    // `NotPrincipal` with Allow lets in everyone but those.
    if (principal === undefined) return statement["NotPrincipal"] !== undefined;
    if (!isRecord(principal)) return principal === "*";
    return (
      listed(principal["AWS"]).includes("*") ||
      listed(principal["Service"]).some((one) => one === service || one === "*")
    );
  });
}

/** True when some statement allows the action to anyone of the account; conditions are left aside. */
export function admitsAction(policy: string, accountId: string, action: string): boolean {
  const covers = (pattern: string): boolean => {
    const escaped = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*/g, ".*")
      .replace(/\?/g, ".");
    return new RegExp(`^${escaped}$`, "i").test(action);
  };
  return statementsOf(policy).some((statement) => {
    if (statement["Effect"] !== "Allow") return false;
    const { Action, NotAction, Principal } = statement;
    const allowed = Action === undefined ? !listed(NotAction).some(covers) : listed(Action).some(covers);
    if (!allowed) return false;
    if (!isRecord(Principal)) return true;
    return listed(Principal["AWS"]).some((one) => one === "*" || one === accountId || one.includes(`:${accountId}:`));
  });
}
