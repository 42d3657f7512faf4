import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { layersOf } from "../../../../policies/rules/secrets/layers";

const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");
const SECRET = "a text that nobody should find";

describe("the layers of a text", () => {
  it("are the text itself where nothing is packed in it", () => {
    assert.deepEqual(layersOf("#!/bin/sh\necho hello"), ["#!/bin/sh\necho hello"]);
  });

  it("show what stands in Base64, compressed or not, one in the other", () => {
    const packed = base64(gzipSync(`content: ${base64(SECRET)}`));
    assert.equal(layersOf(packed).at(-1), SECRET);
  });

  it("show what stands in Base64 of several lines, as in a MIME part", () => {
    const lines = base64(SECRET.repeat(9)).match(/.{1,76}/g) ?? [];
    const part = ["Content-Transfer-Encoding: base64", "", ...lines, "--boundary--"].join("\n");
    assert.ok(layersOf(part).some((layer) => layer.includes(SECRET)));
  });

  it("pass over what only looks packed: other binary data, and gzip that is cut off", () => {
    const cut = gzipSync(SECRET.repeat(50)).subarray(0, 40);
    assert.equal(layersOf(base64(cut)).length, 1);
    assert.equal(
      layersOf(base64(Buffer.from([0, 1, 2, 255].flatMap((byte) => Array<number>(9).fill(byte))))).length,
      1,
    );
  });

  it("don't unpack what is larger than any user data", () => {
    assert.equal(layersOf(base64(gzipSync(Buffer.alloc(1 << 22, "x")))).length, 1);
  });

  it("show any text of a line that was packed", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 18, unit: "grapheme-ascii" }), fc.boolean(), (text, zipped) => {
        assert.ok(layersOf(base64(zipped ? gzipSync(text) : text)).includes(text));
      }),
    );
  });
});
