import { createHash } from "node:crypto";
import type { Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { isRecord, text } from "../values";

const SOURCES = ["content", "contentBase64", "source"];

/** The bytes, or what stands for those of a file: its asset's hash. Undefined while they aren't known. */
function bytesOf(inputs: Props): Buffer | undefined {
  if (SOURCES.some((name) => inputs[name] === UNKNOWN)) return undefined;
  const { content, contentBase64, source } = inputs;
  if (typeof content === "string") return Buffer.from(content);
  if (typeof contentBase64 === "string") return Buffer.from(contentBase64, "base64");
  const asset = isRecord(source) ? source : {};
  return Buffer.from(text(asset["text"]) ?? text(asset["hash"]) ?? JSON.stringify(asset));
}

/** `etag` (MD5 in hex) and `checksumSha256` (base64) of an object; unknown while its content is. */
export function digestsOf(inputs: Props): { etag: string; sha256: string } {
  const bytes = bytesOf(inputs);
  if (bytes === undefined) return { etag: UNKNOWN, sha256: UNKNOWN };
  const digest = (algorithm: string, encoding: "hex" | "base64"): string =>
    createHash(algorithm).update(bytes).digest(encoding);
  return { etag: digest("md5", "hex"), sha256: digest("sha256", "base64") };
}
