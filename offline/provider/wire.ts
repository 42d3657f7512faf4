import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import type { Props } from "../model";
import { UNKNOWN } from "../unknown";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

/** The sentinels by which the engine marks unknown values of other types than string. */
const OTHER_UNKNOWNS = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What came over the wire: plain values, and which top-level properties held a secret anywhere inside. */
export interface Decoded {
  props: Props;
  secrets: ReadonlySet<string>;
}

interface Notes {
  secret: boolean;
}

export function isRecord(value: unknown): value is Props {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Assets and archives travel as they are; nothing looks inside them. */
export function isAsset(value: unknown): boolean {
  return isRecord(value) && (value[SIGNATURE] === ASSET || value[SIGNATURE] === ARCHIVE);
}

function plain(value: unknown, notes: Notes): unknown {
  if (typeof value === "string") return OTHER_UNKNOWNS.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map((element) => plain(element, notes));
  if (!isRecord(value)) return value;
  switch (value[SIGNATURE]) {
    case SECRET:
      notes.secret = true;
      return plain(value["value"], notes);
    case OUTPUT_VALUE:
      if (value["secret"] === true) notes.secret = true;
      return "value" in value ? plain(value["value"], notes) : UNKNOWN;
    case RESOURCE_REFERENCE:
      return "id" in value ? plain(value["id"] === "" ? UNKNOWN : value["id"], notes) : value["urn"];
    case ASSET:
    case ARCHIVE:
      return value;
    default:
      // Null means absent to the provider's bridge, so it is dropped inside objects as well.
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, inner]) => inner !== null)
          .map(([key, inner]) => [key, plain(inner, notes)]),
      );
  }
}

/** Inputs: secrets and output values are opened, absent values dropped, every unknown is `UNKNOWN`. */
export function decode(struct: Struct | undefined): Decoded {
  const secrets = new Set<string>();
  const props: Props = {};
  for (const [key, value] of Object.entries(struct?.toJavaScript() ?? {})) {
    if (value === null) continue;
    const notes: Notes = { secret: false };
    props[key] = plain(value, notes);
    if (notes.secret) secrets.add(key);
  }
  return { props, secrets };
}

function wireValue(value: unknown): JavaScriptValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (Array.isArray(value)) return value.map((element) => wireValue(element ?? null));
  if (isRecord(value)) return wireRecord(value);
  throw new TypeError(`A ${typeof value} can't be sent to the engine`);
}

function wireRecord(props: Props): Record<string, JavaScriptValue> {
  return Object.fromEntries(
    Object.entries(props)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, wireValue(value)]),
  );
}

/** The reverse of `decode`: properties named in `secrets` are sent as secrets. */
export function encode(props: Props, secrets: Iterable<string> = []): Struct {
  const record = wireRecord(props);
  for (const key of secrets) {
    const value = record[key];
    if (value !== undefined && value !== null) record[key] = { [SIGNATURE]: SECRET, value };
  }
  return Struct.fromJavaScript(record);
}
