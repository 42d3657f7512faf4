import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { Findings } from "../findings";
import { configurationSetNamed, dkimTokens, domainOf, identityNamed, isAddress, isDomain } from "../ses/identities";
import { madeAt } from "../time";
import { given, isRecord, text } from "../values";
import { CODE, missing } from "./errors";

const LENGTHS = ["RSA_1024_BIT", "RSA_2048_BIT"];
const nothing = { domainSigningPrivateKey: "", domainSigningSelector: "" };

/** An address signs with its domain's key; SES only says so. */
const ofAddress = {
  ...nothing,
  currentSigningKeyLength: "",
  lastKeyGenerationTimestamp: "",
  nextSigningKeyLength: "RSA_1024_BIT",
  signingAttributesOrigin: "AWS_SES",
  status: "NOT_STARTED",
  tokens: [],
};

function dkim({ inputs, ids }: OperationContext, identity: string): unknown {
  const asked = inputs["dkimSigningAttributes"];
  if (asked === UNKNOWN) return UNKNOWN;
  if (isAddress(identity)) return ofAddress;
  const wishes = isRecord(asked) ? asked : {};
  if (given(wishes["domainSigningPrivateKey"])) {
    const own = { currentSigningKeyLength: "", lastKeyGenerationTimestamp: "", nextSigningKeyLength: "" };
    const selector = wishes["domainSigningSelector"] ?? "";
    return {
      ...nothing,
      ...wishes,
      ...own,
      signingAttributesOrigin: "EXTERNAL",
      status: "PENDING",
      tokens: [selector],
    };
  }
  const length = wishes["nextSigningKeyLength"] ?? "RSA_2048_BIT";
  return {
    ...nothing,
    currentSigningKeyLength: length,
    lastKeyGenerationTimestamp: madeAt(ids),
    nextSigningKeyLength: length,
    signingAttributesOrigin: "AWS_SES",
    status: "PENDING",
    tokens: dkimTokens(ids),
  };
}

function refuse(context: OperationContext, identity: string | undefined): void {
  const { inputs } = context;
  const set = text(inputs["configurationSetName"]);
  if (set !== undefined && configurationSetNamed(context, set) === undefined)
    throw missing("Configuration set", set, "configurationSetName");
  if (identity === undefined) return;
  const valid = isAddress(identity) ? /^[^@\s]{1,64}@/.test(identity) : true;
  if (!valid || !isDomain(domainOf(identity)))
    throw new AwsError(
      CODE,
      `Invalid ${isAddress(identity) ? "email address" : "domain name"} <${identity}>.`,
      "emailIdentity",
    );
  if (isAddress(identity) && given(inputs["dkimSigningAttributes"]))
    throw new AwsError(CODE, "DKIM signing attributes can only be given for a domain.", "dkimSigningAttributes");
}

function settle(context: OperationContext): Props {
  const identity = text(context.inputs["emailIdentity"]);
  refuse(context, identity);
  return {
    configurationSetName: context.inputs["configurationSetName"] ?? "",
    dkimSigningAttributes: identity === undefined ? UNKNOWN : dkim(context, identity),
  };
}

const model: Model = {
  type: "aws:sesv2/emailIdentity:EmailIdentity",
  replaceOn: ["emailIdentity"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.length("emailIdentity", 1, 320, CODE);
    found.length("configurationSetName", 1, 64, CODE);
    const wishes = found.within("dkimSigningAttributes");
    wishes?.oneOf("nextSigningKeyLength", LENGTHS, CODE);
    wishes?.conflict("nextSigningKeyLength", ["domainSigningPrivateKey", "domainSigningSelector"], CODE);
    wishes?.requires("domainSigningPrivateKey", ["domainSigningSelector"], CODE);
    wishes?.requires("domainSigningSelector", ["domainSigningPrivateKey"], CODE);
    wishes?.length("domainSigningPrivateKey", 1, 20480, CODE);
    wishes?.matches("domainSigningPrivateKey", /^[A-Za-z0-9+/\s]+={0,2}\s*$/, "must be base64-encoded", CODE);
    wishes?.length("domainSigningSelector", 1, 63, CODE);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const identity = text(context.inputs["emailIdentity"]);
    if (identity !== undefined && identityNamed(context, identity) !== undefined)
      throw new AwsError("AlreadyExistsException", `Email identity ${identity} already exist.`, "emailIdentity");
    const known = identity !== undefined;
    return {
      id: identity ?? "",
      outputs: {
        ...settle(context),
        arn: known ? arn(context.place, "ses", `identity/${identity}`) : UNKNOWN,
        identityType: known ? (isAddress(identity) ? "EMAIL_ADDRESS" : "DOMAIN") : UNKNOWN,
        // Nobody has set the DNS records or clicked the link yet.
        verificationStatus: "PENDING",
        verifiedForSendingStatus: false,
      },
    };
  },

  update: settle,
};

export default model;
