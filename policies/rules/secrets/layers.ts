import { gunzipSync } from "node:zlib";

/** A part in Base64, over several lines too: a MIME part, a file of cloud-config, or user data as a whole. */
const BASE64 = /[A-Za-z0-9+/]{24,}(?:\r?\n[ \t]*[A-Za-z0-9+/]{4,})*={0,2}/g;

/** A packed text can be much larger than user data may be, but no sane one is. */
const LIMIT_BYTES = 1 << 20;
const DEPTH = 3;

/** A text and what is packed in it: everything that stands in Base64, compressed by gzip or not, up to three layers deep. */
export function layersOf(text: string): readonly string[] {
  const found = [text];
  for (let [layer, depth]: [readonly string[], number] = [[text], 0]; depth < DEPTH && layer.length > 0; depth++) {
    layer = layer.flatMap((each) => each.match(BASE64) ?? []).flatMap((packed) => decoded(packed) ?? []);
    found.push(...layer);
  }
  return found;
}

function decoded(packed: string): string | undefined {
  const bytes = Buffer.from(packed, "base64");
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? unzipped(bytes) : bytes;
  if (plain === undefined || plain.includes(0)) return undefined;
  const text = plain.toString("utf8");
  return text.includes("\uFFFD") ? undefined : text;
}

function unzipped(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: LIMIT_BYTES });
  } catch {
    return undefined; // Not gzip after all, cut off, or larger than anybody's user data.
  }
}
