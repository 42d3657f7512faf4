import { z } from "zod";
import { advised, flag, whole } from "./advised";
import { allowedHost, mailAddress } from "./values";

const hostname = advised(
  z.string().refine((text) => !text.startsWith(".") && allowedHost(text)),
  "a public DNS name in small letters is allowed",
  "Take a name of a domain you own, for example mail.example.com.",
);

const address = advised(
  z.string().refine(mailAddress),
  "a mail address is allowed",
  "Write it as name@example.com, its domain in small letters.",
);

export const ses = z.strictObject({
  identity: advised(
    z.string().refine((text) => mailAddress(text) || (!text.startsWith(".") && allowedHost(text))),
    "the domain or the one address that mail is sent from is allowed",
    "Set it to a domain you own, for example example.com: only a domain can sign its mail (DKIM).",
  ).optional(),
  mailFrom: hostname.optional(),
  onlyThroughEndpoint: flag("true: the relays' credentials work through the VPC's own endpoint of SES only.").default(
    true,
  ),
});

export const mail = z.strictObject({
  hostname: hostname.optional(),
  postmaster: address.optional(),
  spoolGiB: whole(1, 16384, "GiB", "It holds what couldn't be delivered yet; 20 is plenty for a start.").default(20),
});

export const web = z.strictObject({ hostname: hostname.optional() });

export const dns = z.strictObject({
  zoneId: advised(
    z.string().regex(/^Z[A-Z0-9]{1,31}$/),
    "the id of a public Route 53 hosted zone is allowed",
    "Look it up with: aws route53 list-hosted-zones.",
  ),
  zone: hostname,
});

export const tls = z.strictObject({
  source: advised(
    z.enum(["acm", "secret"]),
    '"acm" or "secret" is allowed',
    "acm: certificates of AWS, one of them exportable, for a fee; secret: a chain and key of your own.",
  ).default("acm"),
  secretArn: advised(
    z.string().regex(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+$/),
    "the ARN of a secret is allowed",
    'It holds JSON with the PEM texts: {"chain": "…", "key": "…"}.',
  ).optional(),
  webCertificateArn: advised(
    z.string().regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/.+$/),
    "the ARN of a certificate in ACM is allowed",
    "Import yours into ACM, and name it here.",
  ).optional(),
});

export const notifications = z.strictObject({ emails: z.array(address).default([]) });

/** A pair of thresholds as fractions, both below what SES itself does at `limits`. */
function rate(limits: { review: number; pause: number }, defaults: { warning: number; critical: number }) {
  const below = (limit: number, what: string) =>
    advised(
      z.number().gt(0).lt(limit),
      `a fraction above 0 and below ${limit} is allowed`,
      `At ${limit} SES itself ${what}; the alarm must come before.`,
    );
  return z
    .strictObject({
      warning: below(limits.review, "puts the account under review").default(defaults.warning),
      critical: below(limits.pause, "may pause the account").default(defaults.critical),
    })
    .prefault({});
}

/** SES's own limits: https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-bounce.html and -complaint.html there. */
export const alarms = z.strictObject({
  bounceRate: rate({ review: 0.05, pause: 0.1 }, { warning: 0.03, critical: 0.08 }),
  complaintRate: rate({ review: 0.001, pause: 0.005 }, { warning: 0.0008, critical: 0.004 }),
});
