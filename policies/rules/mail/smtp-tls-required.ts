import { label, UNKNOWN } from "../../reachability/resources";
import { bad, findingOf, good, inBlock, pending } from "../check";
import type { Rule } from "../rule";

/** The classic API writes "Require", the second one "REQUIRE". */
const types = ["aws:sesv2/configurationSet:ConfigurationSet", "aws:ses/configurationSet:ConfigurationSet"];

export const smtpTlsRequired: Rule = {
  id: "smtp-tls-required",
  title: "SES delivers mail over TLS or not at all",
  proves: "Proves that every SES configuration set requires TLS of the servers that it delivers to.",
  why:
    "Unless told otherwise, SES sends in clear text to a server that offers no TLS, or whose offer somebody on the way removes. " +
    "Mail sent without a configuration set isn't covered by any.",
  sources: ["https://docs.aws.amazon.com/ses/latest/dg/security-protocols.html"],
  fix: "Set the TLS policy in the delivery options of the configuration set to require.",
  enforcementLevel: "mandatory",
  severity: "medium",
  controls: [{ framework: "AWS Foundational Security Best Practices", id: "SES.3" }],
  tags: ["mail", "ses"],
  settings: {},
  defers: true,
  notApplicable: "The stack has no SES configuration set.",
  judge: ({ links }) =>
    links.ofTypes(...types).map((set) => {
      const policy = inBlock(set, "deliveryOptions", "tlsPolicy");
      const word = set.type.startsWith("aws:sesv2/") ? "REQUIRE" : "Require";
      const question = `it can't be told whether configuration set ${label(set)} requires TLS`;
      if (policy === UNKNOWN) return findingOf(set, question, [pending("what its deliveryOptions.tlsPolicy is")]);
      if (typeof policy === "string" && policy.toUpperCase() === "REQUIRE") return findingOf(set, question, [good]);
      const now = policy === undefined ? "isn't set, which means optional" : `is ${JSON.stringify(policy)}`;
      const witness = `configuration set ${label(set)} delivers in clear text where TLS isn't offered: deliveryOptions.tlsPolicy ${now}`;
      return findingOf(set, question, [bad(witness, `set deliveryOptions: { tlsPolicy: "${word}" }`)]);
    }),
};
