import { AwsError } from "../../aws-error";
import type { Model } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { nameOf } from "../names";
import { property, text } from "../values";
import { CODE, functionNamed } from "./functions";

const TYPE = "aws:lambda/permission:Permission";

const model: Model = {
  type: TYPE,
  autoName: { property: "statementId", maxLength: 100 },
  replaceOn: [
    ...["action", "eventSourceToken", "function", "functionUrlAuthType", "invokedViaFunctionUrl", "principal"],
    ...["principalOrgId", "qualifier", "sourceAccount", "sourceArn", "statementId", "statementIdPrefix"],
  ],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.matches("action", /^(lambda:[*]|lambda:[A-Za-z]+|[*])$/, "must be an action of lambda:", CODE);
    found.matches("eventSourceToken", /^[A-Za-z0-9._-]{0,256}$/, "letters, digits, . _ and - only", CODE);
    found.oneOf("functionUrlAuthType", ["NONE", "AWS_IAM"], CODE);
    found.matches("qualifier", /^[a-zA-Z0-9$_-]{1,128}$/, "must be a version or an alias", CODE);
    found.matches("sourceAccount", /^\d{12}$/, "must be an account number", CODE);
    found.arn("sourceArn", CODE);
    found.conflict("statementId", ["statementIdPrefix"], CODE);
    found.matches("statementId", /^[A-Za-z0-9_-]+$/, "letters, digits, _ and - only", CODE);
    found.length("statementId", 1, 100, CODE);
    return found.problems;
  },

  create(context) {
    const { inputs, place, world } = context;
    const [name, statement] = [text(inputs["function"]), nameOf(context, "statementId", "statementIdPrefix")];
    const target = name === undefined ? undefined : functionNamed(world, name);
    if (name !== undefined && target === undefined)
      throw new AwsError(
        "ResourceNotFoundException",
        `Function not found: ${name.startsWith("arn:") ? name : `arn:${place.partition}:lambda:${place.region}:${place.accountId}:function:${name}`}`,
        "function",
      );
    const others = world
      .all(TYPE)
      .filter((one) => functionNamed(world, text(property(one, "function")) ?? "") === target);
    if (target !== undefined && others.some((one) => text(property(one, "statementId")) === statement))
      throw new AwsError(
        "ResourceConflictException",
        `The statement id (${statement ?? ""}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        "statementId",
      );
    return {
      id: statement ?? "",
      outputs: { statementId: statement ?? UNKNOWN, statementIdPrefix: inputs["statementIdPrefix"] ?? "" },
    };
  },
};

export default model;
