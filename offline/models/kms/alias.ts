import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { refuseDuplicate } from "../names";
import { property, text } from "../values";

const TYPE = "aws:kms/alias:Alias";
const CODE = "ValidationException";
/** Source: https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const ALIASES_PER_KEY = 50;

function target({ inputs, place, world }: OperationContext): Props {
  const id = text(inputs["targetKeyId"]);
  if (id === undefined) return { targetKeyArn: UNKNOWN };
  const key = world.find("aws:kms/key:Key", id);
  const full = id.startsWith("arn:") ? id : arn(place, "kms", `key/${id}`);
  // Keys of other accounts and Regions aren't known here.
  if (key === undefined && full.includes(`:${place.region}:${place.accountId}:`))
    throw new AwsError("NotFoundException", `Key '${full}' does not exist`, "targetKeyId");
  return { targetKeyArn: full, targetKeyId: key?.id ?? id };
}

const model: Model = {
  type: TYPE,
  replaceOn: ["name", "namePrefix"],
  autoName: {
    property: "name",
    // 238 and the prefix.
    maxLength: 244,
    transform: (name) => (name.startsWith("alias/") ? name : `alias/${name}`),
  },

  check({ inputs }) {
    const found = new Findings(inputs);
    const rule = "must begin with 'alias/' and be comprised of only [a-zA-Z0-9/_-]";
    found.matches("name", /^alias\/[a-zA-Z0-9/_-]+$/, rule, CODE);
    found.length("name", 1, 256, CODE);
    found.conflict("namePrefix", ["name"]);
    if (text(inputs["name"])?.startsWith("alias/aws/") === true)
      found.refuse("name", CODE, "\"name\" cannot begin with reserved AWS CMK prefix 'alias/aws/'");
    found.matches("namePrefix", /^alias\/[a-zA-Z0-9/_-]*$/, rule, CODE);
    return found.problems;
  },

  create(context) {
    const { inputs, place } = context;
    const name = text(inputs["name"]);
    const full = name === undefined ? UNKNOWN : arn(place, "kms", name);
    refuseDuplicate(context, TYPE, name, "AlreadyExistsException", `An alias with the name ${full} already exists`);
    const outputs = target(context);
    const siblings = context.world.all(TYPE).filter((one) => property(one, "targetKeyArn") === outputs["targetKeyArn"]);
    if (outputs["targetKeyArn"] !== UNKNOWN && siblings.length >= ALIASES_PER_KEY)
      throw new AwsError("LimitExceededException", `A key has at most ${ALIASES_PER_KEY} aliases.`);
    return { id: name ?? "", outputs: { ...outputs, arn: full, namePrefix: inputs["namePrefix"] ?? "" } };
  },

  update: target,
};

export default model;
