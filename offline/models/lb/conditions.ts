/** The conditions of listener rules. */
import { AwsError } from "../../aws-error";
import type { Props } from "../../model";
import { ipv4Problem, ipv6Problem } from "../ec2/cidr";
import type { Findings } from "../findings";
import { given, isRecord, records, texts } from "../values";

const CODE = "ValidationError";
const KINDS = ["hostHeader", "httpHeader", "httpRequestMethod", "pathPattern", "queryStrings", "sourceIp"];
/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const VALUES_PER_RULE = 5;

interface Values {
  wrong: (value: string) => boolean;
  rule: string;
}

const length: Values = {
  wrong: (value) => value === "" || value.length > 128,
  rule: "must have 1 to 128 characters",
};
const values: Record<string, Values> = {
  hostHeader: length,
  httpHeader: length,
  httpRequestMethod: {
    wrong: (value) => !/^[A-Za-z_-]{1,40}$/.test(value),
    rule: "must have 1 to 40 letters, - and _",
  },
  pathPattern: length,
  sourceIp: {
    wrong: (value) => ipv4Problem(value) !== undefined && ipv6Problem(value) !== undefined,
    rule: "must be a CIDR block",
  },
};

/** The provider's rules: one kind a condition, its values in their form. */
export function checkConditions(found: Findings): void {
  records(found.inputs["conditions"]).forEach((condition, index) => {
    const set = KINDS.filter((name) => given(condition[name]));
    if (set.length > 1)
      found.refuse(`conditions[${index}]`, CODE, `a condition takes one kind only, got ${set.join(", ")}`);
    for (const [kind, { wrong, rule }] of Object.entries(values)) {
      const one = condition[kind];
      if (!isRecord(one)) continue;
      texts(one["values"]).forEach((value, at) => {
        if (wrong(value)) found.refuse(`conditions[${index}].${kind}.values[${at}]`, CODE, `"${value}" ${rule}`);
      });
    }
    const header = condition["httpHeader"];
    if (isRecord(header))
      found
        .at(`conditions[${index}].httpHeader`, header)
        .matches("httpHeaderName", /^[0-9A-Za-z!#$%&'*+.^_`|~-]{1,40}$/, "must be a header's name", CODE);
  });
}

/** Throws what is refused about the conditions together. */
export function refuseConditions(inputs: Props): void {
  const conditions = records(inputs["conditions"]);
  if (conditions.some((condition) => !KINDS.some((kind) => given(condition[kind]))))
    throw new AwsError("ProviderCreate", `One of ${KINDS.join(", ")} must be set in a condition`, "conditions");
  const count = conditions.reduce((sum, condition) => {
    const lists = Object.values(condition).map((one) => (isRecord(one) ? texts(one["values"]).length : 0));
    return sum + lists.reduce((all, one) => all + one, 0) + records(condition["queryStrings"]).length;
  }, 0);
  if (count > VALUES_PER_RULE)
    throw new AwsError(CODE, `A rule can only have '${VALUES_PER_RULE}' condition values`, "conditions");
}
