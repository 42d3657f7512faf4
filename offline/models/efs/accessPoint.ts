import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { Findings } from "../findings";
import { isRecord, property, text } from "../values";
import { CODE, fileSystemOf } from "./fileSystems";

const MOST_ID = 4294967295;

/** Source: https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html */
function refusePath(inputs: Props): void {
  const root = inputs["rootDirectory"];
  const path = isRecord(root) ? text(root["path"]) : undefined;
  if (path === undefined) return;
  if (!/^(\/|(\/(?!\.)+[^$#<>;`|&?{}^*/\n]+){1,4})$/.test(path) || path.length > 100)
    throw new AwsError(
      CODE,
      `Invalid path '${path}': up to four directories from the root, 100 characters.`,
      "rootDirectory",
    );
}

const model: Model = {
  type: "aws:efs/accessPoint:AccessPoint",
  replaceOn: ["fileSystemId", "posixUser", "rootDirectory"],

  check({ inputs }) {
    const found = new Findings(inputs);
    for (const name of ["gid", "uid"]) found.within("posixUser")?.between(name, 0, MOST_ID, CODE);
    const creation = found.within("rootDirectory")?.within("creationInfo");
    for (const name of ["ownerGid", "ownerUid"]) creation?.between(name, 0, MOST_ID, CODE);
    creation?.matches("permissions", /^[0-7]{3,4}$/, "must be three or four octal digits", CODE);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place } = context;
    const fileSystem = fileSystemOf(context);
    refusePath(inputs);
    const id = ids.ec2("fsap");
    const root = inputs["rootDirectory"];
    const whole = { path: "/", creationInfo: null };
    return {
      id,
      outputs: {
        arn: arn(place, "elasticfilesystem", `access-point/${id}`),
        fileSystemArn: fileSystem === undefined ? UNKNOWN : property(fileSystem, "arn"),
        ownerId: place.accountId,
        posixUser: inputs["posixUser"] ?? null,
        rootDirectory: isRecord(root) ? { ...whole, ...root } : (root ?? whole),
      },
    };
  },
};

export default model;
