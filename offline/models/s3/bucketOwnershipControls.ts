import type { Model } from "../../model";
import { Findings } from "../findings";
import { bucketId } from "./reference";

const model: Model = {
  type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  replaceOn: ["bucket"],

  check({ inputs }) {
    const found = new Findings(inputs);
    const owners = ["BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"];
    found.within("rule")?.oneOf("objectOwnership", owners, "InvalidArgument");
    return found.problems;
  },

  create: (context) => ({ id: bucketId(context), outputs: {} }),
};

export default model;
