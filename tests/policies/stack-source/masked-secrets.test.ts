import assert from "node:assert/strict";
import { maskSecrets } from "../../../policies/stack-source/masked-secrets";
import { unknown } from "../small-network";

const signature = "4dabf18193072939515e22adb298388d";

describe("maskSecrets", () => {
  it("makes every secret unknown, encrypted, in clear or blinded by a preview, at any depth", () => {
    const secret = { [signature]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:abc" };
    const clear = { [signature]: "1b47061264138c4ac30d75fd1eb44270", plaintext: '"hunter2"' };
    const masked = maskSecrets({ password: secret, list: [clear, { token: "[secret]" }], port: 5432 });
    assert.deepEqual(masked, { password: unknown, list: [unknown, { token: unknown }], port: 5432 });
  });
  it("leaves special objects of other kinds", () => {
    const asset = { [signature]: "c44067f5952c0a294b673a41bacd8c17", text: "hello" };
    assert.deepEqual(maskSecrets(asset), asset);
  });
});
