import { AwsError } from "../../aws-error";
import type { Model } from "../../model";
import { Findings } from "../findings";
import { isRecord, text } from "../values";
import { bucketId } from "./reference";

const model: Model = {
  type: "aws:s3/bucketVersioning:BucketVersioning",
  replaceOn: ["bucket", "expectedBucketOwner"],

  check({ inputs }) {
    const found = new Findings(inputs);
    const settings = inputs["versioningConfiguration"];
    if (isRecord(settings)) {
      const inner = found.at("versioningConfiguration", settings);
      inner.oneOf("status", ["Enabled", "Suspended", "Disabled"]);
      inner.oneOf("mfaDelete", ["Enabled", "Disabled"]);
    }
    return found.problems;
  },

  create: (context) => ({ id: bucketId(context), outputs: {} }),

  update({ inputs }, old) {
    const [had, has] = [old.outputs, inputs].map(({ versioningConfiguration: one }) =>
      isRecord(one) ? text(one["status"]) : undefined,
    );
    // Once versioned, a bucket can only suspend it.
    if (has === "Disabled" && had !== undefined && had !== "Disabled")
      throw new AwsError(
        "ProviderCheck",
        `versioning_configuration.status cannot be updated from '${had}' to '${has}'`,
        "versioningConfiguration.status",
      );
    return {};
  },
};

export default model;
