import { createHmac } from "node:crypto";

/** The SMTP password of a Region that belongs to a secret access key. Source: https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html (the derivation is AWS's, constants included) */
export function smtpPassword(secret: string, region: string): string {
  const steps = ["11111111", region, "ses", "aws4_request", "SendRawEmail"];
  const key = steps.reduce<Buffer | string>(
    (signing, step) => createHmac("sha256", signing).update(step).digest(),
    `AWS4${secret}`,
  );
  return Buffer.concat([Buffer.from([4]), Buffer.from(key)]).toString("base64");
}
