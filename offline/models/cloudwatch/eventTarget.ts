import { AwsError } from "../../aws-error";
import type { Model, OperationContext } from "../../model";
import { Findings } from "../findings";
import { orElse, property, text } from "../values";
import { busOf, CODE, RULE, ruleId, TARGET } from "./eventRules";

/** Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const TARGETS_PER_RULE = 5;
const SHAPES = ["input", "inputPath", "inputTransformer"];

function refuse({ inputs, world }: OperationContext): void {
  const rule = text(inputs["rule"]);
  if (rule === undefined) return;
  const bus = busOf(inputs);
  if (world.find(RULE, ruleId(bus, rule)) === undefined)
    throw new AwsError("ResourceNotFoundException", `Rule ${rule} does not exist on EventBus ${bus}.`, "rule");
  const others = world.all(TARGET).filter((one) => text(property(one, "rule")) === rule && busOf(one.inputs) === bus);
  if (others.length >= TARGETS_PER_RULE)
    throw new AwsError("LimitExceededException", "The requested resource exceeds the maximum number allowed.", "rule");
}

const model: Model = {
  type: TARGET,
  defaults: { eventBusName: "default", forceDestroy: false },
  replaceOn: ["eventBusName", "rule", "targetId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    for (const shape of SHAPES)
      found.conflict(
        shape,
        SHAPES.filter((other) => other !== shape),
        CODE,
      );
    found.arn("arn", CODE);
    found.arn("roleArn", CODE);
    found.json("input", CODE);
    found.length("input", 0, 8192, CODE);
    found.length("inputPath", 0, 256, CODE);
    found.length("targetId", 0, 64, CODE);
    found.matches("targetId", /^[0-9A-Za-z_.-]*$/, "letters, digits, . _ and - only", CODE);
    const retry = found.within("retryPolicy");
    retry?.between("maximumEventAgeInSeconds", 60, 86400, CODE);
    retry?.between("maximumRetryAttempts", 0, 185, CODE);
    found.within("deadLetterConfig")?.arn("arn", CODE);
    return found.problems;
  },

  create(context) {
    const { inputs, ids } = context;
    refuse(context);
    // The Terraform provider makes one up of a timestamp and a counter.
    const made = `terraform-2026${String(ids.integer(0, 0xffffffff, "target")).padStart(22, "0")}`;
    const targetId = orElse(inputs["targetId"], made);
    const [rule, target, bus] = [text(inputs["rule"]), text(targetId), busOf(inputs)];
    const id = `${bus === "default" ? "" : `${bus}-`}${rule ?? ""}-${target ?? ""}`;
    return { id: rule === undefined || target === undefined ? "" : id, outputs: { targetId } };
  },
};

export default model;
