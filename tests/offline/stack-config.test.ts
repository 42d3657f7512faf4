import assert from "node:assert/strict";
import { ForeignSecrets, offlineConfiguration } from "../../offline/stack-config";

describe("the offline copy of a stack's configuration", () => {
  it("has the user's settings and its own salt", () => {
    const own =
      "secretsprovider: awskms://alias/prod\nencryptedkey: abc\nconfig:\n  aws:region: ap-northeast-1 # Tokyo\n";
    assert.equal(
      offlineConfiguration(own, "encryptionsalt: v1:mine\nconfig:\n  old: x\n", "Pulumi.dev.yaml"),
      "config:\n  aws:region: ap-northeast-1 # Tokyo\nencryptionsalt: v1:mine\n",
    );
  });

  it("may start from nothing", () => {
    assert.equal(offlineConfiguration(undefined, undefined, "Pulumi.dev.yaml"), "{}\n");
  });

  it("keeps the salt of secrets under a passphrase", () => {
    const own = "encryptionsalt: v1:theirs\nconfig:\n  a:b:\n    secure: v1:xyz\n";
    assert.equal(offlineConfiguration(own, "encryptionsalt: v1:mine\n", "Pulumi.dev.yaml"), own);
  });

  for (const [head, provider] of [
    ["secretsprovider: awskms://alias/prod\n", /encrypted by awskms:\/\/alias\/prod/],
    ["", /encrypted by Pulumi Cloud/],
  ] as const) {
    it(`refuses secrets that it has no key for (${provider.source})`, () => {
      const own = `${head}config:\n  a:list:\n    - secure: v1:xyz\n`;
      assert.throws(
        () => offlineConfiguration(own, undefined, "Pulumi.dev.yaml"),
        (error) => error instanceof ForeignSecrets && provider.test(error.message),
      );
    });
  }
});
