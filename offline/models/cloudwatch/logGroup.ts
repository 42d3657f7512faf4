import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { nameOf, refuseDuplicate } from "../names";

const TYPE = "aws:cloudwatch/logGroup:LogGroup";
const CODE = "InvalidParameterException";
/** Days. Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html; 0 keeps for ever. */
const RETENTIONS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

function settle({ inputs }: OperationContext): Props {
  return filled(inputs, {
    deletionProtectionEnabled: false,
    kmsKeyId: "",
    logGroupClass: "STANDARD",
    namePrefix: "",
    retentionInDays: 0,
    skipDestroy: false,
    tags: {},
  });
}

const model: Model = {
  type: TYPE,
  defaults: { retentionInDays: 0, skipDestroy: false },
  replaceOn: ["logGroupClass", "name", "namePrefix"],

  check({ inputs }) {
    const found = new Findings(inputs);
    for (const name of ["name", "namePrefix"]) {
      found.length(name, 1, name === "name" ? 512 : 486, CODE);
      found.matches(name, /^[0-9A-Za-z_.\-/#]+$/, "only alphanumeric characters and _ - / . # are allowed", CODE);
    }
    found.conflict("namePrefix", ["name"], CODE);
    found.numberOf("retentionInDays", RETENTIONS, CODE);
    found.oneOf("logGroupClass", ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"], CODE);
    found.arn("kmsKeyId", CODE);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const name = nameOf(context);
    if (name?.toLowerCase().startsWith("aws/") === true)
      throw new AwsError(CODE, "Log groups starting with AWS/ are reserved for AWS.", "name");
    const code = "ResourceAlreadyExistsException";
    refuseDuplicate(context, TYPE, name, code, "The specified log group already exists");
    const id = name ?? "";
    const own = { arn: name === undefined ? UNKNOWN : arn(context.place, "logs", `log-group:${name}`) };
    return { id, outputs: { ...settle(context), ...own, name: name ?? UNKNOWN } };
  },

  update: settle,
};

export default model;
