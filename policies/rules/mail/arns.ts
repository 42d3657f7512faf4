import { all, type Certainty } from "../../reachability/certainty";

/** An ARN of which some parts may not be known yet: those are undefined. */
export interface Arn {
  readonly partition: string | undefined;
  readonly service: string | undefined;
  /** Empty for what belongs to no Region. */
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly resource: string | undefined;
}

export const unknownArn: Arn = {
  partition: undefined,
  service: undefined,
  region: undefined,
  account: undefined,
  resource: undefined,
};

/** Undefined for a text that isn't an ARN. */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, account, ...resource] = text.split(":");
  if (prefix !== "arn" || resource.length === 0) return undefined;
  return { partition, service, region, account, resource: resource.join(":") };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** The text, with `?` for each part that isn't known. */
export function arnText(arn: Arn): string {
  return ["arn", ...partsOf(arn).map((part) => part ?? "?")].join(":");
}

/**
 * Does a pattern with `*` and `?` match? In `text` style a wildcard may stand for colons too, as in `StringLike`; in `parts` style it stands for
 * something inside one of the six parts, as in `ArnLike`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function matchesArn(pattern: string, arn: Arn, style: "text" | "parts"): Certainty {
  if (pattern === "*") return "yes";
  const parts = partsOf(arn);
  const known = parts.every((part) => part !== undefined);
  if (known && style === "text") return matchesText(pattern, arnText(arn));
  const wanted = parseArn(pattern);
  if (wanted === undefined) return style === "parts" ? "no" : "perhaps";
  const answer = all(...partsOf(wanted).map((part, at) => matchesText(part ?? "", parts[at])));
  return answer === "no" && style === "text" && pattern.includes("*") ? "perhaps" : answer;
}

/** `text` undefined: not known. */
export function matchesText(pattern: string, text: string | undefined): Certainty {
  if (/^\*+$/.test(pattern)) return "yes";
  if (text === undefined) return "perhaps";
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${expression}$`, "s").test(text) ? "yes" : "no";
}

function partsOf({ partition, service, region, account, resource }: Arn): readonly (string | undefined)[] {
  return [partition, service, region, account, resource];
}
