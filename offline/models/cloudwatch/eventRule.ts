import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { nameOf } from "../names";
import { isRecord, isTrue, property, text } from "../values";
import { busOf, CODE, RULE, ruleId, TARGET } from "./eventRules";

const SCHEDULE =
  /^(rate\((1 (minute|hour|day)|([2-9]|[1-9]\d+) (minutes|hours|days))\)|cron\(\S+ \S+ \S+ \S+ \S+ \S+\))$/;

/** A pattern is an object whose leaves are lists. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
function refusePattern(value: unknown, path: string): void {
  const refuse = (why: string): AwsError =>
    new AwsError("InvalidEventPatternException", `Event pattern is not valid. Reason: ${why}`, "eventPattern");
  if (!isRecord(value)) throw refuse(`"${path}" must be an object or an array`);
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(inner)) refusePattern(inner, key);
    else if (inner.length === 0) throw refuse(`Empty arrays are not allowed ("${key}")`);
  }
}

function settle({ inputs }: OperationContext): Props {
  const schedule = text(inputs["scheduleExpression"]);
  if (schedule !== undefined && !SCHEDULE.test(schedule))
    throw new AwsError(CODE, "Parameter ScheduleExpression is not valid.", "scheduleExpression");
  if (schedule !== undefined && text(inputs["eventBusName"]) !== undefined && inputs["eventBusName"] !== "default")
    throw new AwsError(CODE, "ScheduleExpression is supported only on the default event bus.", "scheduleExpression");
  const pattern = text(inputs["eventPattern"]);
  if (pattern !== undefined) refusePattern(JSON.parse(pattern), "");
  return {
    ...filled(inputs, {
      description: "",
      eventPattern: "",
      namePrefix: "",
      roleArn: "",
      scheduleExpression: "",
      tags: {},
    }),
    state: inputs["state"] ?? (inputs["isEnabled"] === false ? "DISABLED" : "ENABLED"),
  };
}

const model: Model = {
  type: RULE,
  defaults: { eventBusName: "default", forceDestroy: false },
  replaceOn: ["eventBusName", "name", "namePrefix"],

  check({ inputs }) {
    const found = new Findings(inputs);
    for (const name of ["name", "namePrefix"]) {
      found.length(name, 1, name === "name" ? 64 : 38, CODE);
      found.matches(name, /^[0-9A-Za-z_.-]+$/, "letters, digits, . _ and - only", CODE);
    }
    found.conflict("name", ["namePrefix"], CODE);
    found.atLeastOne(["eventPattern", "scheduleExpression"], CODE);
    found.json("eventPattern", CODE);
    found.length("eventPattern", 0, 2048, CODE);
    found.length("scheduleExpression", 0, 256, CODE);
    found.length("description", 0, 512, CODE);
    found.arn("roleArn", CODE);
    found.conflict("state", ["isEnabled"], CODE);
    found.oneOf("state", ["DISABLED", "ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"], CODE);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const name = nameOf(context);
    const bus = busOf(context.inputs);
    const resource = bus === "default" ? `rule/${name ?? ""}` : `rule/${bus}/${name ?? ""}`;
    return {
      id: name === undefined ? "" : ruleId(bus, name),
      outputs: {
        ...settle(context),
        arn: name === undefined ? UNKNOWN : arn(context.place, "events", resource),
        name: name ?? UNKNOWN,
      },
    };
  },

  update: settle,

  delete({ world }, old) {
    if (isTrue(old.outputs["forceDestroy"])) return;
    const targets = world
      .all(TARGET)
      .filter((one) => ruleId(busOf(one.inputs), text(property(one, "rule")) ?? "") === old.id);
    if (targets.length > 0) throw new AwsError(CODE, "Rule can't be deleted since it has targets.");
  },
};

export default model;
