import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { Findings } from "../findings";
import { filled } from "../filled";
import { domainOf, identityNamed, isDomain, isSubdomain } from "../ses/identities";
import { given, text } from "../values";
import { CODE, missing } from "./errors";

/** Throws for a MAIL FROM domain that isn't under the identity's. Source: https://docs.aws.amazon.com/ses/latest/dg/mail-from.html */
export function refuseMailFrom(mailFrom: string, identity: string, code: string): void {
  if (!isDomain(mailFrom)) throw new AwsError(code, `Invalid MAIL FROM domain name <${mailFrom}>.`, "mailFromDomain");
  if (!isSubdomain(mailFrom, domainOf(identity)))
    throw new AwsError(
      code,
      `Provided MAIL-FROM domain <${mailFrom}> is not subdomain of the domain of the identity <${identity}>.`,
      "mailFromDomain",
    );
}

function settle(context: OperationContext): Props {
  const { inputs } = context;
  const identity = text(inputs["emailIdentity"]);
  if (identity !== undefined && identityNamed(context, identity) === undefined)
    throw missing("Email identity", identity, "emailIdentity");
  if (text(inputs["behaviorOnMxFailure"]) === "REJECT_MESSAGE" && !given(inputs["mailFromDomain"]))
    throw new AwsError(
      CODE,
      "mail from domain is required if behavior on MX failure is REJECT_MESSAGE",
      "mailFromDomain",
    );
  const mailFrom = text(inputs["mailFromDomain"]);
  if (mailFrom !== undefined && identity !== undefined) refuseMailFrom(mailFrom, identity, CODE);
  return filled(inputs, { mailFromDomain: "" });
}

const model: Model = {
  type: "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes",
  defaults: { behaviorOnMxFailure: "USE_DEFAULT_VALUE" },
  replaceOn: ["emailIdentity"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.oneOf("behaviorOnMxFailure", ["USE_DEFAULT_VALUE", "REJECT_MESSAGE"], CODE);
    return found.problems;
  },

  create: (context) => ({ outputs: settle(context), id: text(context.inputs["emailIdentity"]) ?? "" }),
  update: settle,
};

export default model;
