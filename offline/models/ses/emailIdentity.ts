import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model } from "../../model";
import { UNKNOWN } from "../../unknown";
import { text } from "../values";
import { domainOf, isDomain } from "./identities";

const model: Model = {
  type: "aws:ses/emailIdentity:EmailIdentity",
  replaceOn: ["email"],

  create({ inputs, place }) {
    const email = text(inputs["email"])?.replace(/\.$/, "");
    if (email !== undefined && (!/^[^@\s]{1,64}@/.test(email) || !isDomain(domainOf(email))))
      throw new AwsError("InvalidParameterValue", `Invalid email address<${email}>.`, "email");
    if (email === undefined) return { id: "", outputs: { arn: UNKNOWN } };
    return { id: email, outputs: { arn: arn(place, "ses", `identity/${email}`), email } };
  },
};

export default model;
