import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { text } from "../values";
import { isDomain } from "./identities";

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The provider's own rule about domains: no dot at the end. */
export function checkDomain(found: Findings): void {
  found.matches("domain", /[^.]$/, "cannot end with a period");
}

/** Throws as SES does for what isn't a domain. */
export function refuseDomain(domain: string | undefined): void {
  if (domain === undefined || isDomain(domain)) return;
  throw new AwsError("InvalidParameterValue", `Invalid domain name ${domain}.`, "domain");
}

const model: Model = {
  type: "aws:ses/domainIdentity:DomainIdentity",
  replaceOn: ["domain"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkDomain(found);
    return found.problems;
  },

  create({ inputs, ids, place }) {
    const domain = text(inputs["domain"]);
    refuseDomain(domain);
    return {
      id: domain ?? "",
      outputs: {
        arn: domain === undefined ? UNKNOWN : arn(place, "ses", `identity/${domain}`),
        // 32 bytes in base64, for the TXT record `_amazonses.<domain>`.
        verificationToken: `${ids.chars(BASE64, 32, "token-a")}${ids.chars(BASE64, 11, "token-b")}=`,
      },
    };
  },
};

export default model;
