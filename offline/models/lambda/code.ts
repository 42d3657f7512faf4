/** A function's code as Pulumi's assets carry it: nothing is packed here, so hash and size stand for those of the package. */
import { createHash } from "node:crypto";
import type { Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { isRecord, text } from "../values";

/** Texts and paths of an asset or archive, at every depth. */
function contents(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (!isRecord(value)) return [];
  return Object.keys(value)
    .sort()
    .flatMap((key) => contents(value[key]).map((one) => `${key}=${one}`));
}

function sha256(value: string): string {
  return createHash("sha256").update(value).digest("base64");
}

/** `sourceCodeHash` and `codeSha256`: base64 of a SHA-256, the same for the same code; and its size in bytes. */
export function packageOf(inputs: Props): Props {
  const code = inputs["code"];
  const stated = inputs["sourceCodeHash"];
  if (code === UNKNOWN || stated === UNKNOWN || inputs["s3Key"] === UNKNOWN || inputs["imageUri"] === UNKNOWN)
    return { codeSha256: UNKNOWN, sourceCodeHash: UNKNOWN, sourceCodeSize: UNKNOWN };
  const source = isRecord(code)
    ? contents(code).join("\n")
    : JSON.stringify([inputs["s3Bucket"], inputs["s3Key"], inputs["s3ObjectVersion"], inputs["imageUri"]]);
  const hash = sha256(source);
  return {
    codeSha256: inputs["codeSha256"] ?? hash,
    sourceCodeHash: text(stated) ?? hash,
    sourceCodeSize: inputs["imageUri"] === undefined ? source.length : 0,
  };
}
