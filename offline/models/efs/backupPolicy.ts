import type { Model } from "../../model";
import { Findings } from "../findings";
import { text } from "../values";
import { CODE, fileSystemOf } from "./fileSystems";

const model: Model = {
  type: "aws:efs/backupPolicy:BackupPolicy",
  replaceOn: ["fileSystemId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.within("backupPolicy")?.oneOf("status", ["DISABLED", "ENABLED"], CODE);
    return found.problems;
  },

  create(context) {
    fileSystemOf(context);
    return { id: text(context.inputs["fileSystemId"]) ?? "", outputs: {} };
  },
};

export default model;
