import { strict as assert } from "node:assert";
import type { Props } from "../../../offline/model";
import { models } from "../../../offline/models/mail";
import { UNKNOWN } from "../../../offline/unknown";
import { Account } from "./account";
import { type Declaration, mail } from "./mail-declarations";
import { variants } from "./variants";

/** What a declaration refers to, at any remove, in the order of `mail`. */
function needs([, , inputs]: Declaration): Declaration[] {
  const names = new Set([...JSON.stringify(inputs).matchAll(/\$\{(\w+)\./g)].map(([, name]) => name));
  const direct = mail.filter(([, name]) => names.has(name));
  const all = new Set(direct.flatMap((one) => [...needs(one), one]));
  return mail.filter((one) => all.has(one));
}

describe("mail resources in a preview that doesn't know everything", () => {
  it("covers every type of the mail platform", () => {
    const covered = new Set(mail.map(([type]) => type));
    assert.deepEqual(
      Object.keys(models).filter((type) => !covered.has(type)),
      [],
    );
  });

  it("accepts all of it when everything is known", async () => {
    const account = new Account();
    for (const [type, name, inputs] of mail) await account.create(type, name, inputs);
  });

  for (const declaration of mail.filter(([type]) => type in models)) {
    const [type, name, inputs] = declaration;
    it(`refuses nothing of ${name} (${type}) whichever of its values is unknown`, async () => {
      for (const variant of variants(inputs).slice(1)) {
        const account = new Account(true);
        for (const [otherType, other, theirs] of needs(declaration)) await account.create(otherType, other, theirs);
        await assert.doesNotReject(account.create(type, name, variant as Props), JSON.stringify(variant));
      }
    });
  }

  it("refuses nothing when no reference is known", async () => {
    const account = new Account(true, { previewIds: false });
    for (const [type, name, inputs] of mail) {
      const unknown = Object.fromEntries(
        Object.entries(inputs).map(([key, value]) => {
          const text = JSON.stringify(value);
          // A text with something unknown in it is unknown as a whole.
          const whole = typeof value === "string" && value.includes("${");
          return [key, whole ? UNKNOWN : (JSON.parse(text.replace(/\$\{\w+\.\w+\}/g, UNKNOWN)) as unknown)];
        }),
      );
      await assert.doesNotReject(account.create(type, name, unknown), name);
    }
  });
});
