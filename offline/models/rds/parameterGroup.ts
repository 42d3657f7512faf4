import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { nameOf, refuseDuplicate } from "../names";
import { property, records, text } from "../values";
import { isFamily } from "./engines";

const TYPE = "aws:rds/parameterGroup:ParameterGroup";
const CODE = "InvalidParameterValue";
/** Parameters that only a reboot changes, where that is so in every version. Source: the engines' own manuals. */
const STATIC: Record<string, readonly string[]> = {
  mysql: ["lower_case_table_names", "performance_schema", "skip_name_resolve"],
  postgres: [
    ...["autovacuum_freeze_max_age", "autovacuum_multixact_freeze_max_age", "huge_pages", "max_connections"],
    ...["max_locks_per_transaction", "max_prepared_transactions", "max_replication_slots", "max_wal_senders"],
    ...["max_worker_processes", "rds.logical_replication", "shared_buffers", "shared_preload_libraries"],
    ...["superuser_reserved_connections", "track_activity_query_size", "wal_buffers"],
  ],
};
/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html */
const GROUPS = 50;

/** Names of parameter groups: the rules of DB identifiers, prefixes may end with a hyphen. */
function checkName(found: Findings, key: "name" | "namePrefix"): void {
  const name = text(found.inputs[key]);
  if (name === undefined) return;
  const refuse = (message: string): void => {
    found.refuse(key, CODE, message);
  };
  if (!/^[0-9a-z.-]+$/.test(name))
    refuse(`only lowercase alphanumeric characters, periods, and hyphens allowed in parameter group "${key}"`);
  if (!/^[a-z]/.test(name)) refuse(`first character of parameter group "${key}" must be a letter`);
  if (name.includes("--")) refuse(`parameter group "${key}" cannot contain two consecutive hyphens`);
  if (key === "name" && name.endsWith("-")) refuse(`parameter group "${key}" cannot end with a hyphen`);
  const longest = key === "name" ? 255 : 226;
  if (name.length > longest) refuse(`parameter group "${key}" cannot be greater than ${longest} characters`);
}

function settle({ inputs }: OperationContext): Props {
  const fixed = STATIC[/^[a-z]+/.exec(text(inputs["family"]) ?? "")?.[0] ?? ""];
  for (const { name, applyMethod } of records(inputs["parameters"])) {
    if (fixed?.includes(text(name) ?? "") === true && applyMethod !== UNKNOWN && text(applyMethod) !== "pending-reboot")
      throw new AwsError(
        "InvalidParameterCombination",
        `cannot use immediate apply method for static parameter: ${text(name) ?? ""}`,
        "parameters",
      );
  }
  const parameters = records(inputs["parameters"]).map((one) => ({ applyMethod: "immediate", ...one }));
  return {
    ...filled(inputs, { description: "Managed by Pulumi", namePrefix: "", skipDestroy: false, tags: {} }),
    parameters: inputs["parameters"] === UNKNOWN ? UNKNOWN : parameters,
  };
}

const model: Model = {
  type: TYPE,
  defaults: { description: "Managed by Pulumi", skipDestroy: false },
  nestedDefaults: { parameters: { applyMethod: "immediate" } },
  replaceOn: ["description", "family", "name", "namePrefix"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkName(found, "name");
    checkName(found, "namePrefix");
    found.conflict("namePrefix", ["name"]);
    records(inputs["parameters"]).forEach((one, index) => {
      found.at(`parameters[${index}]`, one).oneOf("applyMethod", ["immediate", "pending-reboot"]);
    });
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place } = context;
    const family = text(inputs["family"]);
    if (family !== undefined && !isFamily(family))
      throw new AwsError(CODE, `ParameterGroupFamily ${family} is not a valid parameter group family`, "family");
    const name = nameOf(context);
    const message = `Parameter group ${name ?? ""} already exists`;
    refuseDuplicate(context, TYPE, name, "DBParameterGroupAlreadyExists", message);
    if (context.world.all(TYPE).length >= GROUPS)
      throw new AwsError("DBParameterGroupQuotaExceeded", `You have reached your quota of ${GROUPS} parameter groups.`);
    const full = name === undefined ? UNKNOWN : arn(place, "rds", `pg:${name}`);
    return { id: name ?? "", outputs: { ...settle(context), arn: full, name: name ?? UNKNOWN } };
  },

  update: settle,

  delete({ world }, old) {
    if (world.all("aws:rds/instance:Instance").some((one) => text(property(one, "parameterGroupName")) === old.id))
      throw new AwsError(
        "InvalidDBParameterGroupState",
        "One or more database instances are still members of this parameter group",
      );
  },
};

export default model;
