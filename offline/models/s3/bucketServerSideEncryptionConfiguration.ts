import type { Model } from "../../model";
import { Findings } from "../findings";
import { isRecord, records, text } from "../values";
import { bucketId } from "./reference";

const model: Model = {
  type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  replaceOn: ["bucket", "expectedBucketOwner"],

  check({ inputs }) {
    const found = new Findings(inputs);
    records(inputs["rules"]).forEach((rule, index) => {
      const chosen = rule["applyServerSideEncryptionByDefault"];
      if (!isRecord(chosen)) return;
      const inner = found.at(`rules[${index}].applyServerSideEncryptionByDefault`, chosen);
      inner.oneOf("sseAlgorithm", ["AES256", "aws:fsx", "aws:kms", "aws:kms:dsse"]);
      if (text(chosen["sseAlgorithm"]) === "AES256" && text(chosen["kmsMasterKeyId"]) !== undefined)
        inner.refuse("kmsMasterKeyId", "InvalidArgument", "a KMS key can't be named with the algorithm AES256");
    });
    return found.problems;
  },

  create: (context) => ({ id: bucketId(context), outputs: {} }),
};

export default model;
