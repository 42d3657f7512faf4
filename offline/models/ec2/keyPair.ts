import { createHash } from "node:crypto";
import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { nameOf, refuseDuplicate } from "../names";
import { text } from "../values";
import { checkTags } from "./tags";

const TYPE = "aws:ec2/keyPair:KeyPair";

/** MD5 for RSA, as `ssh-keygen -lE md5` prints it; SHA-256 in base 64 for the others. */
function fingerprint(key: string): { kind: string; print: string } {
  const [algorithm = "", body = ""] = key.trim().split(/\s+/);
  const blob = Buffer.from(body, "base64");
  if (algorithm === "ssh-ed25519")
    return { kind: "ed25519", print: createHash("sha256").update(blob).digest("base64") };
  if (algorithm !== "ssh-rsa" || blob.length === 0)
    throw new AwsError("InvalidKey.Format", "Key is not in valid OpenSSH public key format", "publicKey");
  const md5 = createHash("md5").update(blob).digest("hex");
  return { kind: "rsa", print: (md5.match(/../g) ?? []).join(":") };
}

const model: Model = {
  type: TYPE,
  autoName: { property: "keyName", maxLength: 255 },
  replaceOn: ["keyName", "keyNamePrefix", "publicKey"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.length("keyName", 0, 255);
    found.length("keyNamePrefix", 0, 229);
    found.conflict("keyNamePrefix", ["keyName"]);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place } = context;
    const name = nameOf(context, "keyName", "keyNamePrefix");
    const message = `The keypair '${name ?? ""}' already exists.`;
    refuseDuplicate(context, TYPE, name, "InvalidKeyPair.Duplicate", message, "keyName");
    const key = text(inputs["publicKey"]);
    const read = key === undefined ? undefined : fingerprint(key);
    return {
      id: name ?? "",
      outputs: {
        arn: name === undefined ? UNKNOWN : arn(place, "ec2", `key-pair/${name}`),
        fingerprint: read?.print ?? UNKNOWN,
        keyName: name ?? UNKNOWN,
        keyNamePrefix: inputs["keyNamePrefix"] ?? "",
        keyPairId: ids.ec2("key"),
        keyType: read?.kind ?? UNKNOWN,
      },
    };
  },
};

export default model;
