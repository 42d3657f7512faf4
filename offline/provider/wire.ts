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

/** Where secrets are inside a value: all of it, or those of its members (list elements by index). */
export type SecretMask = true | { readonly [member: string]: SecretMask };

/** Which properties are or hold secrets. */
export type Secrets = Readonly<Record<string, SecretMask>>;

/** What came over the wire: plain values, and where the secrets were. */
export interface Decoded {
  props: Props;
  secrets: Secrets;
}

export function isRecord(value: unknown): value is Props {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Assets and archives travel as they are; nothing looks inside them. */
export function isAsset(value: unknown): boolean {
  return isRecord(value) && (value[SIGNATURE] === ASSET || value[SIGNATURE] === ARCHIVE);
}

interface Plain {
  value: unknown;
  mask: SecretMask | undefined;
}

function members(entries: readonly (readonly [string, unknown])[]): {
  values: [string, unknown][];
  mask: SecretMask | undefined;
} {
  const values: [string, unknown][] = [];
  const masks: Record<string, SecretMask> = {};
  for (const [key, inner] of entries) {
    const { value, mask } = plain(inner);
    values.push([key, value]);
    if (mask !== undefined) masks[key] = mask;
  }
  return { values, mask: Object.keys(masks).length === 0 ? undefined : masks };
}

function plain(value: unknown): Plain {
  if (typeof value === "string") return { value: OTHER_UNKNOWNS.has(value) ? UNKNOWN : value, mask: undefined };
  if (Array.isArray(value)) {
    const { values, mask } = members(value.map((element, index) => [String(index), element]));
    return { value: values.map(([, element]) => element), mask };
  }
  if (!isRecord(value)) return { value, mask: undefined };
  switch (value[SIGNATURE]) {
    case SECRET:
      return { value: plain(value["value"]).value, mask: true };
    case OUTPUT_VALUE: {
      const inner = "value" in value ? plain(value["value"]) : { value: UNKNOWN, mask: undefined };
      return value["secret"] === true ? { ...inner, mask: true } : inner;
    }
    case RESOURCE_REFERENCE:
      if (!("id" in value)) return { value: value["urn"], mask: undefined };
      return { value: value["id"] === "" ? UNKNOWN : plain(value["id"]).value, mask: undefined };
    case ASSET:
    case ARCHIVE:
      return { value, mask: undefined };
    default: {
      // Null means absent to the provider's bridge, so it is dropped inside objects as well.
      const { values, mask } = members(Object.entries(value).filter(([, inner]) => inner !== null));
      return { value: Object.fromEntries(values), mask };
    }
  }
}

/** Inputs: secrets and output values are opened, absent values dropped, every unknown is `UNKNOWN`. */
export function decode(struct: Struct | undefined): Decoded {
  const { value, mask } = plain(struct?.toJavaScript() ?? {});
  return { props: isRecord(value) ? value : {}, secrets: mask === undefined || mask === true ? {} : mask };
}

function secret(value: JavaScriptValue): JavaScriptValue {
  return { [SIGNATURE]: SECRET, value };
}

function wireValue(value: unknown, mask?: SecretMask): JavaScriptValue {
  if (mask === true) return value === null || value === undefined ? null : secret(wireValue(value));
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    // A value that is no longer an object can't keep its parts' secrets apart.
    return mask === undefined || value === null ? value : secret(value);
  }
  if (Array.isArray(value)) return value.map((element, index) => wireValue(element ?? null, mask?.[String(index)]));
  if (isRecord(value)) return wireRecord(value, mask);
  throw new TypeError(`A ${typeof value} can't be sent to the engine`);
}

function wireRecord(props: Props, mask: Secrets = {}): Record<string, JavaScriptValue> {
  return Object.fromEntries(
    Object.entries(props)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, wireValue(value, mask[key])]),
  );
}

/** The reverse of `decode`; what AWS or the provider repeats under another name (`tagsAll`) is as secret as the original. */
export function encode(props: Props, secrets: Secrets = {}): Struct {
  const tags = secrets["tags"];
  return Struct.fromJavaScript(wireRecord(props, tags === undefined ? secrets : { tagsAll: tags, ...secrets }));
}
