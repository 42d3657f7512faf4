import assert from "node:assert/strict";

import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { decode, encode } from "../../../offline/provider/wire";
import { UNKNOWN } from "../../../offline/unknown";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (value: JavaScriptValue): JavaScriptValue => ({
  [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270",
  value,
});

function decoded(values: Record<string, JavaScriptValue>): ReturnType<typeof decode> {
  return decode(Struct.fromJavaScript(values));
}

describe("the wire format", () => {
  it("keeps secrets at their place, in lists and maps too", () => {
    const values = { a: secret("x"), tags: { open: "1", hidden: secret("2") }, list: ["p", secret("q")] };
    const { props, secrets } = decoded(values);
    assert.deepEqual(props, { a: "x", tags: { open: "1", hidden: "2" }, list: ["p", "q"] });
    assert.deepEqual(encode(props, secrets).toJavaScript(), values);
  });

  it("makes a repetition of secret tags secret", () => {
    const { props, secrets } = decoded({ tags: { hidden: secret("2") } });
    assert.deepEqual(encode({ ...props, tagsAll: { hidden: "2", more: "3" } }, secrets).toJavaScript()["tagsAll"], {
      hidden: secret("2"),
      more: "3",
    });
  });

  it("opens output values and resource references; every unknown becomes the one sentinel", () => {
    const output = { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: "v", secret: true };
    const unknownOutput = { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4" };
    const reference = { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", id: "i-1" };
    const { props, secrets } = decoded({
      output,
      unknownOutput,
      reference,
      bool: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    });
    assert.deepEqual(props, { output: "v", unknownOutput: UNKNOWN, reference: "i-1", bool: UNKNOWN });
    assert.deepEqual(secrets, { output: true });
  });

  it("carries assets untouched and drops nulls", () => {
    const asset = { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", hash: "h", text: "t" };
    const { props } = decoded({ asset, absent: null, nested: { absent: null, present: 1 } });
    assert.deepEqual(props, { asset, nested: { present: 1 } });
    assert.deepEqual(encode({ asset }).toJavaScript(), { asset });
  });

  it("carries an archive with the texts in it, as inline functions have them", () => {
    const asset = { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", hash: "h", text: "exports.handler = 1" };
    const code = { [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7", hash: "a", assets: { "index.js": asset } };
    const { props, secrets } = decoded({ code });
    assert.deepEqual(props, { code });
    assert.deepEqual(encode(props, secrets).toJavaScript(), { code });
  });
});
