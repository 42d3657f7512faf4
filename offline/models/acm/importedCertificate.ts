import { createPrivateKey, X509Certificate } from "node:crypto";
import { AwsError } from "../../aws-error";
import type { Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { text } from "../values";

function parsed(body: string): X509Certificate {
  try {
    return new X509Certificate(body);
  } catch {
    throw new AwsError(
      "ValidationException",
      "The certificate body is not a valid PEM certificate.",
      "certificateBody",
    );
  }
}

function refuseKey(certificate: X509Certificate, key: string): void {
  let matches: boolean;
  try {
    matches = certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    throw new AwsError("ValidationException", "The private key is not a valid PEM key.", "privateKey");
  }
  if (!matches)
    throw new AwsError("ValidationException", "The certificate doesn't match the private key.", "privateKey");
}

const rfc3339 = (time: string): string => new Date(time).toISOString().replace(".000Z", "Z");

/** What ACM reads from a certificate that was given to it with its key. Throws `ValidationException` for what can't be read. */
export function imported(inputs: Props): Props {
  const [body, key] = [text(inputs["certificateBody"]), text(inputs["privateKey"])];
  const certificate = body === undefined ? undefined : parsed(body);
  if (certificate !== undefined && key !== undefined) refuseKey(certificate, key);
  const names = (certificate?.subjectAltName ?? "").split(", ").filter((name) => name.startsWith("DNS:"));
  return {
    domainName: certificate === undefined ? UNKNOWN : (/^CN=(.+)$/m.exec(certificate.subject)?.[1] ?? ""),
    domainValidationOptions: [],
    keyAlgorithm: certificate === undefined ? UNKNOWN : algorithm(certificate),
    notAfter: certificate === undefined ? UNKNOWN : rfc3339(certificate.validTo),
    notBefore: certificate === undefined ? UNKNOWN : rfc3339(certificate.validFrom),
    options: { certificateTransparencyLoggingPreference: "DISABLED", export: "DISABLED" },
    pendingRenewal: false,
    renewalEligibility: "INELIGIBLE",
    renewalSummaries: [],
    status: "ISSUED",
    subjectAlternativeNames: certificate === undefined ? UNKNOWN : names.map((name) => name.slice("DNS:".length)),
    type: "IMPORTED",
    validationEmails: [],
    validationMethod: "NONE",
  };
}

function algorithm({ publicKey }: X509Certificate): string {
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
  return modulusLength === undefined ? `EC_${namedCurve ?? ""}` : `RSA_${modulusLength}`;
}
