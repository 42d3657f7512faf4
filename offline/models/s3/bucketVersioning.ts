import type { Model } from "../../model";
import { Findings } from "../findings";
import { isRecord } from "../values";
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
};

export default model;
