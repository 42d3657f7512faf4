import type { Model } from "../../model";
import { identityNamed } from "../ses/identities";
import { text } from "../values";
import { missing } from "./errors";

const model: Model = {
  type: "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes",
  defaults: { emailForwardingEnabled: false },
  replaceOn: ["emailIdentity"],

  create(context) {
    const identity = text(context.inputs["emailIdentity"]);
    if (identity !== undefined && identityNamed(context, identity) === undefined)
      throw missing("Email identity", identity, "emailIdentity");
    return { id: identity ?? "", outputs: {} };
  },
};

export default model;
