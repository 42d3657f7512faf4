import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { given, property, records, text, texts } from "../values";
import { imported } from "./importedCertificate";
import { validationOf } from "./validation";

const TYPE = "aws:acm/certificate:Certificate";
const CODE = "ValidationException";
/** Names on one certificate. Source: https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
const NAMES = 10;
const IMPORTED = ["certificateBody", "certificateChain", "privateKey"];
const ALGORITHMS = ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"];
/** A wildcard stands for one whole label, the first one. */
const NAME = /^(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$/;

/** RFC 3339's form (`P90D`, `PT36H`) or Go's (`2160h`). */
const DURATION = /^(P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?|(\d+(\.\d+)?(ns|us|ms|s|m|h))+)$/;

/** Every name of the certificate, the domain first; undefined while one isn't known. */
function namesOf(inputs: Props): string[] | undefined {
  const domain = text(inputs["domainName"]);
  const others = inputs["subjectAlternativeNames"] ?? [];
  if (domain === undefined || !Array.isArray(others) || others.includes(UNKNOWN)) return undefined;
  return [...new Set([domain, ...texts(others)])];
}

function refuse(inputs: Props, names: readonly string[] | undefined): void {
  if (!given(inputs["validationMethod"]) && !given(inputs["certificateAuthorityArn"]))
    throw new AwsError(
      "ProviderCreate",
      "`certificate_authority_arn` or `validation_method` must be set when creating an ACM certificate",
      "validationMethod",
    );
  const odd = names?.find((name) => !NAME.test(name));
  if (odd !== undefined) throw new AwsError(CODE, `Invalid domain name: ${odd}`, "domainName");
  if (names !== undefined && names.length > NAMES)
    throw new AwsError("LimitExceededException", `More than ${NAMES} domain names on one certificate`);
  for (const option of records(inputs["validationOptions"])) {
    const [domain, superior] = [text(option["domainName"]), text(option["validationDomain"])];
    if (domain === undefined || superior === undefined || domain === superior || domain.endsWith(`.${superior}`))
      continue;
    throw new AwsError(
      "InvalidDomainValidationOptionsException",
      `The validation domain ${superior} must be ${domain} or a superdomain of it`,
      "validationOptions",
    );
  }
}

function requested({ inputs, ids }: OperationContext): Props {
  const names = namesOf(inputs);
  refuse(inputs, names);
  const isPrivate = given(inputs["certificateAuthorityArn"]);
  return {
    ...filled(inputs, {
      keyAlgorithm: "RSA_2048",
      options: { certificateTransparencyLoggingPreference: "ENABLED", export: "DISABLED" },
      validationMethod: "NONE",
    }),
    ...validationOf(ids, text(inputs["validationMethod"]), names),
    notAfter: "",
    notBefore: "",
    pendingRenewal: false,
    renewalEligibility: "INELIGIBLE",
    renewalSummaries: [],
    status: isPrivate ? "ISSUED" : "PENDING_VALIDATION",
    subjectAlternativeNames: names ?? UNKNOWN,
    type: isPrivate ? "PRIVATE" : "AMAZON_ISSUED",
  };
}

/** Types that serve a certificate, with the input that names it. */
const USERS: Record<string, string> = {
  "aws:lb/listener:Listener": "certificateArn",
  "aws:lb/listenerCertificate:ListenerCertificate": "certificateArn",
};

const model: Model = {
  type: TYPE,
  replaceOn: [
    ...["certificateAuthorityArn", "domainName", "keyAlgorithm", "subjectAlternativeNames"],
    ...["validationMethod", "validationOptions"],
  ],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.exactlyOne(["domainName", "privateKey"]);
    found.conflict("certificateAuthorityArn", ["certificateBody", "privateKey", "validationMethod"]);
    found.conflict("certificateBody", ["domainName", "validationMethod"]);
    found.requires("certificateBody", ["privateKey"]);
    found.conflict("certificateChain", ["domainName", "validationMethod"]);
    for (const name of ["subjectAlternativeNames", "validationMethod", "keyAlgorithm", "validationOptions"])
      found.conflict(name, IMPORTED);
    found.conflict("earlyRenewalDuration", [...IMPORTED, "validationMethod"]);
    found.matches("earlyRenewalDuration", DURATION, "must be a duration like P90D or 2160h");
    found.arn("certificateAuthorityArn");
    found.oneOf("validationMethod", ["EMAIL", "DNS", "HTTP"], CODE);
    found.oneOf("keyAlgorithm", ALGORITHMS, CODE);
    found.matches("domainName", /[^.]$/, "cannot end with a period", CODE);
    const options = found.within("options");
    options?.oneOf("certificateTransparencyLoggingPreference", ["ENABLED", "DISABLED"], CODE);
    options?.oneOf("export", ["ENABLED", "DISABLED"], CODE);
    const others = inputs["subjectAlternativeNames"];
    for (const name of Array.isArray(others) ? (others as unknown[]) : []) {
      if (typeof name !== "string" || name === UNKNOWN) continue;
      if (name.length < 1 || name.length > 253)
        found.refuse(
          "subjectAlternativeNames",
          CODE,
          "expected length of subject_alternative_names to be in the range (1 - 253)",
        );
      else if (name.endsWith(".")) found.refuse("subjectAlternativeNames", CODE, `"${name}" cannot end with a period`);
    }
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place } = context;
    const id = arn(place, "acm", `certificate/${ids.uuid()}`);
    const outputs = given(inputs["privateKey"]) ? imported(inputs) : requested(context);
    return { id, outputs: { ...outputs, arn: id } };
  },

  update({ inputs }, old) {
    // Only the options of a requested certificate and the contents of an imported one can change.
    if (given(inputs["privateKey"])) return imported(inputs);
    const options = old.outputs["options"];
    return { options: inputs["options"] ?? options, subjectAlternativeNames: old.outputs["subjectAlternativeNames"] };
  },

  delete({ world }, old) {
    for (const [type, key] of Object.entries(USERS)) {
      if (world.all(type).some((one) => text(property(one, key)) === old.id))
        throw new AwsError("ResourceInUseException", `Certificate ${old.id} is in use.`);
    }
  },
};

export default model;
