import { AwsError } from "../../aws-error";
import type { Model, OperationContext } from "../../model";
import { Findings } from "../findings";
import { madeAt } from "../time";
import { property, records, text, texts } from "../values";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const bare = (name: string): string => name.replace(/\.$/, "").toLowerCase();

function refuse({ inputs, world }: OperationContext): void {
  const id = text(inputs["certificateArn"]);
  if (id === undefined) return;
  const certificate = world.find(CERTIFICATE, id);
  if (certificate === undefined)
    throw new AwsError("ResourceNotFoundException", `Could not find certificate ${id}.`, "certificateArn");
  if (text(property(certificate, "type")) !== "AMAZON_ISSUED")
    throw new AwsError(
      "ProviderCreate",
      `ACM Certificate (${id}) has type ${String(property(certificate, "type"))}, expected AMAZON_ISSUED`,
    );
  const names = inputs["validationRecordFqdns"];
  // A list with something unknown in it can't be compared.
  if (!Array.isArray(names) || texts(names).length !== names.length) return;
  if (text(property(certificate, "validationMethod")) !== "DNS")
    throw new AwsError(
      "ProviderCreate",
      "validation_record_fqdns is not valid for EMAIL validation",
      "validationRecordFqdns",
    );
  const set = new Set(texts(names).map(bare));
  const options = records(property(certificate, "domainValidationOptions"));
  const missing = options.flatMap((one) => text(one["resourceRecordName"]) ?? []).filter((one) => !set.has(bare(one)));
  if (missing.length > 0)
    throw new AwsError(
      "ProviderCreate",
      `missing DNS validation record: ${[...new Set(missing)].join(", ")}`,
      "validationRecordFqdns",
    );
}

const model: Model = {
  type: "aws:acm/certificateValidation:CertificateValidation",
  replaceOn: ["certificateArn", "validationRecordFqdns"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.arn("certificateArn");
    return found.problems;
  },

  create(context) {
    refuse(context);
    // When it was issued, in Go's way of writing times.
    const issued = madeAt(context.ids).replace("T", " ").replace("Z", " +0000 UTC");
    return { id: issued, outputs: {} };
  },
};

export default model;
