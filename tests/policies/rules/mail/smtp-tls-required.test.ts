import { smtpTlsRequired } from "../../../../policies/rules/mail/smtp-tls-required";
import { type Input, Stack } from "../../stack";
import { describePlanted } from "../planted";

const sets = { v2: "aws:sesv2/configurationSet:ConfigurationSet", v1: "aws:ses/configurationSet:ConfigurationSet" };

const set = (type: string, inputs: Record<string, Input>) => () => {
  const stack = new Stack();
  stack.add(type, "sender", inputs);
  return stack;
};

describe("smtp-tls-required (M6)", () => {
  describePlanted(smtpTlsRequired, {
    "v2, required": { stack: set(sets.v2, { deliveryOptions: { tlsPolicy: "REQUIRE" } }), answer: "proved" },
    "v1, required": { stack: set(sets.v1, { deliveryOptions: { tlsPolicy: "Require" } }), answer: "proved" },
    "v2, optional": {
      stack: set(sets.v2, { deliveryOptions: { tlsPolicy: "OPTIONAL" } }),
      answer: "violated",
      words: /configurationset-sender delivers in clear text .*is "OPTIONAL"\nFix: set .*tlsPolicy: "REQUIRE"/,
    },
    "v1, optional": {
      stack: set(sets.v1, { deliveryOptions: { tlsPolicy: "Optional" } }),
      answer: "violated",
      words: /tlsPolicy: "Require"/,
    },
    "delivery options without a policy": { stack: set(sets.v2, { deliveryOptions: {} }), answer: "violated" },
    "no delivery options": { stack: set(sets.v2, {}), answer: "violated", words: /isn't set, which means optional/ },
    "no configuration set": { stack: () => new Stack(), answer: "notApplicable" },
  });
});
