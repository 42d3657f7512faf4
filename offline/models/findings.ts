import { isIP } from "node:net";
import { AwsError } from "../aws-error";
import type { Problem, Props } from "../model";
import { known, UNKNOWN } from "../unknown";
import { given, integer, isRecord, text } from "./values";

/**
 * Collects what is wrong with inputs, in the words and by the rules of the Terraform provider's schemas: a value that isn't known yet
 * never counts as given and never as missing.
 */
export class Findings {
  readonly problems: Problem[];

  constructor(
    readonly inputs: Props,
    private readonly prefix = "",
    problems: Problem[] = [],
  ) {
    this.problems = problems;
  }

  /** Findings about a nested object, e.g. `at("ingress[0]", rule)`; they land in the same list. */
  at(path: string, nested: Props): Findings {
    return new Findings(nested, `${this.prefix}${path}.`, this.problems);
  }

  /** Findings about the object under a property; undefined where it is absent or unknown. */
  within(property: string): Findings | undefined {
    const nested = this.inputs[property];
    return isRecord(nested) ? this.at(property, nested) : undefined;
  }

  /** Findings about each object of the list under a property. */
  each(property: string): Findings[] {
    const list = this.inputs[property];
    if (!Array.isArray(list)) return [];
    return list.flatMap((item: unknown, index) => (isRecord(item) ? [this.at(`${property}[${index}]`, item)] : []));
  }

  refuse(property: string, code: string, message: string): void {
    const path = `${this.prefix}${property}`;
    this.problems.push({ property: path, error: new AwsError(code, message, path) });
  }

  /** `StringInSlice`. */
  oneOf(property: string, allowed: readonly string[], code = "InvalidParameterValue"): void {
    const value = text(this.inputs[property]);
    if (value === undefined || allowed.includes(value)) return;
    this.refuse(property, code, `expected ${property} to be one of [${allowed.join(" ")}], got ${value}`);
  }

  /** `StringInSlice` that ignores the case. */
  oneOfAnyCase(property: string, allowed: readonly string[], code = "InvalidParameterValue"): void {
    const value = text(this.inputs[property]);
    if (value === undefined || allowed.some((one) => one.toLowerCase() === value.toLowerCase())) return;
    this.refuse(property, code, `expected ${property} to be one of [${allowed.join(" ")}], got ${value}`);
  }

  /** A text that holds a truth value or nothing. */
  boolText(property: string, code = "InvalidParameterValue"): void {
    const value = text(this.inputs[property]);
    // What Go's ParseBool takes.
    if (value === undefined || /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value)) return;
    this.refuse(property, code, `${property}: cannot parse '${value}' as boolean`);
  }

  /** `StringInSlice` for every element of a list. */
  eachOf(property: string, allowed: readonly string[], code = "InvalidParameterValue"): void {
    const list = this.inputs[property];
    if (!Array.isArray(list)) return;
    list.forEach((item: unknown, index) => {
      const value = text(item);
      if (value !== undefined && !allowed.includes(value))
        this.refuse(
          `${property}[${index}]`,
          code,
          `expected ${property} to be one of [${allowed.join(" ")}], got ${value}`,
        );
    });
  }

  /** `IntBetween`. */
  between(property: string, low: number, high: number, code = "InvalidParameterValue"): void {
    const value = integer(this.inputs[property]);
    if (value === undefined || (value >= low && value <= high)) return;
    this.refuse(property, code, `expected ${property} to be in the range (${low} - ${high}), got ${value}`);
  }

  /** `IntAtLeast`; numbers in texts and fractions count. */
  atLeast(property: string, low: number, code = "InvalidParameterValue"): void {
    const value = integer(this.inputs[property]);
    if (value === undefined || value >= low) return;
    this.refuse(property, code, `expected ${property} to be at least (${low}), got ${value}`);
  }

  /** `IntInSlice`. */
  numberOf(property: string, allowed: readonly number[], code = "InvalidParameterValue"): void {
    const value = integer(this.inputs[property]);
    if (value === undefined || allowed.includes(value)) return;
    this.refuse(property, code, `expected ${property} to be one of [${allowed.join(" ")}], got ${value}`);
  }

  /** `StringMatch`. */
  matches(property: string, pattern: RegExp, rule: string, code = "InvalidParameterValue"): void {
    const value = text(this.inputs[property]);
    if (value === undefined || pattern.test(value)) return;
    this.refuse(property, code, `invalid value for ${property} (${rule}): "${value}"`);
  }

  /** `StringLenBetween`. */
  length(property: string, low: number, high: number, code = "InvalidParameterValue"): void {
    const value = this.inputs[property];
    if (typeof value !== "string" || value === UNKNOWN || (value.length >= low && value.length <= high)) return;
    this.refuse(
      property,
      code,
      `expected length of ${property} to be in the range (${low} - ${high}), got ${value.length} characters`,
    );
  }

  /** `ConflictsWith`. */
  conflict(property: string, others: readonly string[], code = "ProviderCheck"): void {
    if (!this.isSet(property)) return;
    for (const other of others) {
      if (this.isSet(other)) this.refuse(property, code, `"${property}": conflicts with ${other}`);
    }
  }

  /** `RequiredWith`. */
  requires(property: string, others: readonly string[], code = "ProviderCheck"): void {
    if (!this.isSet(property)) return;
    if (others.every((other) => given(this.inputs[other]))) return;
    this.refuse(property, code, `"${property}": all of ${[property, ...others].join(",")} must be specified`);
  }

  /** `ExactlyOneOf`. */
  exactlyOne(properties: readonly string[], code = "ProviderCheck"): void {
    const set = this.atMostOne(properties, code);
    if (set > 0 || properties.some((property) => given(this.inputs[property]))) return;
    this.refuse(properties[0] ?? "", code, `one of ${properties.join(", ")} must be specified`);
  }

  /** Refuses more than one; answers how many are known to be given. */
  atMostOne(properties: readonly string[], code = "ProviderCheck"): number {
    const set = properties.filter((property) => this.isSet(property));
    if (set.length > 1) {
      this.refuse(
        set[1] ?? "",
        code,
        `only one of ${properties.join(", ")} can be specified, but ${set.join(", ")} were specified`,
      );
    }
    return set.length;
  }

  /** `AtLeastOneOf`. */
  atLeastOne(properties: readonly string[], code = "ProviderCheck"): void {
    if (properties.some((property) => given(this.inputs[property]))) return;
    this.refuse(properties[0] ?? "", code, `one of ${properties.join(", ")} must be specified`);
  }

  /** A JSON text, as policies are. */
  json(property: string, code = "ProviderCheck"): void {
    const value = text(this.inputs[property]);
    if (value === undefined || !known(value)) return;
    try {
      JSON.parse(value);
    } catch (error) {
      this.refuse(
        property,
        code,
        `"${property}" contains an invalid JSON: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  /** `ValidARN`, of a text or of every element of a list. */
  arn(property: string, code = "ProviderCheck"): void {
    const value = this.inputs[property];
    const listed = Array.isArray(value);
    (listed ? value : [value]).forEach((one: unknown, index) => {
      const arn = text(one);
      if (arn === undefined || /^arn:[\w-]+:[^:]+:[\w-]*:(\d{12}|aws|aws-managed|)(:.+)$/.test(arn)) return;
      const path = listed ? `${property}[${index}]` : property;
      const form = "it must have the form arn:partition:service:region:account:resource";
      this.refuse(path, code, `"${path}" (${arn}) is an invalid ARN: ${form}`);
    });
  }

  /** `IsIPv4Address` or `IsIPv6Address`, of a text or of every element of a list. */
  address(property: string, version: 4 | 6, code = "InvalidParameterValue"): void {
    const value = this.inputs[property];
    const listed = Array.isArray(value);
    (listed ? value : [value]).forEach((one: unknown, index) => {
      const address = text(one);
      if (address === undefined || isIP(address) === version) return;
      const path = listed ? `${property}[${index}]` : property;
      this.refuse(path, code, `expected ${path} to contain a valid IPv${version} address, got: ${address}`);
    });
  }

  /** Given and known: what the schema's cross-field rules count. */
  private isSet(property: string): boolean {
    const value = this.inputs[property];
    return given(value) && value !== UNKNOWN;
  }
}
