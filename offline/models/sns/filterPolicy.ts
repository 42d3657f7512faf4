import type { Props } from "../../model";
import { isRecord, text } from "../values";
import { invalid } from "./errors";

/** Source: https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const KEYS = 5;
const COMBINATIONS = 150;

/** How many texts each key may match, at every depth. */
function choices(value: unknown, path: string): number[] {
  if (Array.isArray(value)) return [value.length];
  if (!isRecord(value)) throw invalid(`FilterPolicy: "${path}" must be an object or an array`, "filterPolicy");
  return Object.entries(value).flatMap(([key, inner]) => (key === "$or" ? [] : choices(inner, key)));
}

/** Throws for a filter policy that SNS doesn't take. */
export function refuseFilterPolicy(inputs: Props): void {
  const policy = text(inputs["filterPolicy"]);
  if (policy === undefined) return;
  const parsed: unknown = JSON.parse(policy);
  if (!isRecord(parsed)) throw invalid("FilterPolicy: Filter policy must be a JSON object", "filterPolicy");
  const counts = choices(parsed, "");
  if (text(inputs["filterPolicyScope"]) !== "MessageBody" && Object.values(parsed).some(isRecord))
    throw invalid("Filter policy scope MessageAttributes does not support nested filter policy", "filterPolicy");
  if (counts.length > KEYS)
    throw invalid(`FilterPolicy: Filter policy can not have more than ${KEYS} keys`, "filterPolicy");
  if (counts.reduce((product, count) => product * count, 1) > COMBINATIONS)
    throw invalid("FilterPolicy: Filter policy is too complex", "filterPolicy");
}
