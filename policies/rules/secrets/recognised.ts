import type { KnownSecret } from "./known-secrets";
import { layersOf } from "./layers";

/**
 * Secrets that show what they are, by forms that their makers document. An access key's id is none by itself, but nobody writes it without its key.
 */
const FORMS: readonly (readonly [what: string, form: RegExp])[] = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/],
  // https://www.rfc-editor.org/rfc/rfc7468#section-10, and what OpenSSH, OpenSSL and PGP write
  ["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  // https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
  ["a token of GitHub", /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})\b/],
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  ["a token of GitLab", /\bglpat-[A-Za-z0-9_-]{20,}/],
  // https://api.slack.com/authentication/token-types
  ["a token of Slack", /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  // https://docs.stripe.com/keys
  ["a key of Stripe", /\b[sr]k_live_[A-Za-z0-9]{16,}/],
  // https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1
  ["a password in a URL", /\b[a-z][a-z0-9+.-]+:\/\/[^\s:/@"'$<>{}]+:[^\s:/@"'$<>{}%][^\s:/@"'$<>{}]{3,}@/i],
  // A name that ends in "password", and a text that isn't looked up: no variable, command, file, ARN, hash or switch.
  [
    "a password",
    /(?:passwords?|passwd|passphrase|mysql_pwd|pgpassword)["']?\s*[:=]\s*(["']?)(?!(?:true|false|yes|no|none|null|disabled?|enabled?|required|optional|unchanged|prompt)\b)(?!arn:)[^\s"'$`<{(%&*!|>~[\\/;,:#@][^\s"'$`<{(/\\;,]{5,}\1(?=[\s"',;}]|$)/im,
  ],
  [
    "the key of an AWS access key",
    /(?:aws_)?secret_?access_?key["']?\s*[:=]\s*["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i,
  ],
];

/** SES's own form: a version, 4, and 32 bytes, in Base64. https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html#smtp-credentials-convert */
const SMTP_PASSWORD = /(?<![A-Za-z0-9+/])B[A-P][A-Za-z0-9+/]{42}(?![A-Za-z0-9+/=])/;

/** What secrets stand in a text, in words that don't give them away; packed ones too. */
export function secretsIn(text: string, known: readonly KnownSecret[]): readonly string[] {
  const layers = layersOf(text);
  const own = known.filter(({ value }) => layers.some((layer) => layer.includes(value))).map(({ what }) => what);
  // A value that the stack itself knows is named by what it is, not by its form.
  const rest = layers.map((layer) => known.reduce((left, { value }) => left.replaceAll(value, " "), layer));
  const forms = FORMS.filter(([, form]) => rest.some((layer) => form.test(layer))).map(([what]) => what);
  return [...new Set([...own, ...forms])];
}

/** Has the text an SMTP password of SES in it? */
export function hasSmtpPassword(text: string): boolean {
  return layersOf(text).some((layer) => SMTP_PASSWORD.test(layer));
}
