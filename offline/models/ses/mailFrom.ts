import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { refuseMailFrom } from "../sesv2/emailIdentityMailFromAttributes";
import { Findings } from "../findings";
import { text } from "../values";
import { identityNamed } from "./identities";

const CODE = "InvalidParameterValue";

function settle(context: OperationContext): Props {
  const [domain, mailFrom] = [text(context.inputs["domain"]), text(context.inputs["mailFromDomain"])];
  if (domain !== undefined && identityNamed(context, domain) === undefined)
    throw new AwsError(CODE, `Identity <${domain}> does not exist.`, "domain");
  if (domain !== undefined && mailFrom !== undefined) refuseMailFrom(mailFrom, domain, CODE);
  return {};
}

const model: Model = {
  type: "aws:ses/mailFrom:MailFrom",
  defaults: { behaviorOnMxFailure: "UseDefaultValue" },
  replaceOn: ["domain"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.oneOf("behaviorOnMxFailure", ["UseDefaultValue", "RejectMessage"]);
    return found.problems;
  },

  create: (context) => ({ outputs: settle(context), id: text(context.inputs["domain"]) ?? "" }),
  update: settle,
};

export default model;
