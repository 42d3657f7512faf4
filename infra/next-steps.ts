import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "./config";
import { isAlias, type DnsRecord } from "./dns/record";

/** A record as a person enters it. */
export interface RecordToCreate {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly purpose: string;
}

/** The records in the order of their keys' list, resolved. */
export function recordsToCreate(records: readonly DnsRecord[]): pulumi.Output<RecordToCreate[]> {
  return pulumi.all(
    records.map(({ name, type, value, purpose }) =>
      pulumi.output({ name, type, value: isAlias(value) ? value.dnsName : value, purpose }),
    ),
  );
}

export interface NextStepsArgs {
  readonly settings: Pick<Settings, "region" | "ses" | "mail" | "notifications" | "maintenance">;
  readonly bastionAddress: string;
  /** What a person must create; empty where the platform has a zone. */
  readonly records: readonly RecordToCreate[];
}

const UP = "pulumi up --policy-pack policies --suppress-outputs";

const ABOUT_ALIASES = [
  "ALIAS stands for the target's own addresses. For the web name a CNAME does; for the name in an MX record it",
  "never does (RFC 2181, 10.3): without ALIAS or ANAME, create an A record with the target's addresses.",
];

/**
 * What a person does after the first deployment, as a table for a terminal: what, and how. The long form is
 * `docs/runbooks/first-deploy.md`.
 */
export function nextSteps({ settings, bastionAddress, records }: NextStepsArgs): string {
  const { region, ses, mail, notifications, maintenance } = settings;
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ...(records.length === 0 ? [] : [["DNS", ["Create these records:", ...table(records), ...ABOUT_ALIASES]] as const]),
    ...(ses.identity.includes("@")
      ? [["SES address", [`Follow the link that AWS mailed to ${ses.identity}.`]] as const]
      : []),
    [
      "SES sandbox",
      [
        "A new account sends to verified addresses only. Ask AWS for production access:",
        `aws sesv2 put-account-details --region ${region} --production-access-enabled --mail-type TRANSACTIONAL \\`,
        `  --website-url https://${mail.domain} --contact-language EN`,
      ],
    ],
    ...(notifications.emails.length === 0
      ? []
      : [
          [
            "SNS",
            [
              `Each of ${notifications.emails.join(", ")} confirms the subscriptions by the links that AWS mails, within two days.`,
            ],
          ] as const,
        ]),
    ["Port 25", ["Nothing to ask for: mail comes in on 25, and leaves through SES on 587, which AWS doesn't block."]],
    [
      "Bastions",
      [
        "Place your key for a minute by EC2 Instance Connect on every bastion, or use Session Manager",
        "(docs/runbooks/first-deploy.md has the commands), then:",
        `ssh admin@${bastionAddress}`,
      ],
    ],
    [
      "First account",
      [
        ...(maintenance ? [] : [`pulumi config set maintenance true && ${UP}`]),
        "On a new bastion:",
        "sudo dejima-migrate",
        ...servedDomains(mail).map((domain) => `sudo dejima-account domain add ${domain}`),
        `sudo dejima-account add ${mail.postmaster}`,
        "And afterwards:",
        `pulumi config set maintenance false && ${UP}`,
      ],
    ],
  ];
  return columns(steps.flatMap(([what, how]) => how.map((line, index) => [index === 0 ? what : "", line])));
}

/** The domain that mail is from, and the postmaster's, which has an account here whatever its domain is. */
function servedDomains({ domain, postmaster }: Settings["mail"]): string[] {
  return [...new Set([domain, postmaster.slice(postmaster.indexOf("@") + 1)])];
}

function table(records: readonly RecordToCreate[]): string[] {
  const rows = columns(records.map(({ name, type, value, purpose }) => [name, type, value, purpose])).split("\n");
  return rows.map((row) => `  ${row}`);
}

/** Left-aligned, two spaces between; the last column is as wide as it is. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join("  "),
    )
    .join("\n");
}
