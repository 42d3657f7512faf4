import { AwsError } from "../../aws-error";
import type { Model } from "../../model";
import { Findings } from "../findings";
import { madeAt } from "../time";
import { property, text } from "../values";
import { CODE, userNamed } from "./entities";
import { smtpPassword } from "./smtpPassword";

const TYPE = "aws:iam/accessKey:AccessKey";
const KEYS_PER_USER = 2;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const model: Model = {
  type: TYPE,
  defaults: { status: "Active" },
  replaceOn: ["pgpKey", "user"],
  secretOutputs: ["secret", "sesSmtpPasswordV4"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.oneOf("status", ["Active", "Inactive"], CODE);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place, world } = context;
    const user = userNamed(context, inputs["user"]);
    const theirs = world.all(TYPE).filter((key) => user !== undefined && text(property(key, "user")) === user.id);
    if (theirs.length >= KEYS_PER_USER)
      throw new AwsError("LimitExceeded", `Cannot exceed quota for AccessKeysPerUser: ${KEYS_PER_USER}`);
    const secret = ids.chars(BASE64, 20, "secret") + ids.chars(BASE64, 20, "secret-2");
    return {
      id: `AKIA${ids.chars(BASE32, 16, "key")}`,
      outputs: {
        createDate: madeAt(ids),
        encryptedSecret: "",
        encryptedSesSmtpPasswordV4: "",
        keyFingerprint: "",
        secret,
        sesSmtpPasswordV4: smtpPassword(secret, place.region),
        status: inputs["status"] ?? "Active",
      },
    };
  },
};

export default model;
