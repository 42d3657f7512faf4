import { createHmac } from "node:crypto";

/**
 * SES's SMTP password of an IAM user's secret access key, by Signature Version 4 (M6). It is good in one Region only.
 * https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html#smtp-credentials-convert
 */
export function smtpPassword(secretAccessKey: string, region: string): string {
  const signature = ["11111111", region, "ses", "aws4_request", "SendRawEmail"].reduce<string | Buffer>(
    (key, message) => createHmac("sha256", key).update(message).digest(),
    `AWS4${secretAccessKey}`,
  );
  const version = 0x04;
  return Buffer.concat([Buffer.from([version]), Buffer.from(signature)]).toString("base64");
}
