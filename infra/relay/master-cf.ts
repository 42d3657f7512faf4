/** What a user's program meets on 587 and 465, whatever strangers meet on 25; nothing is relayed for who didn't log in. */
const SUBMISSION: readonly string[] = [
  "smtpd_sasl_auth_enable=yes",
  "smtpd_client_restrictions=permit_sasl_authenticated,reject",
  "smtpd_helo_restrictions=",
  "smtpd_sender_restrictions=$submission_sender_restrictions",
  "smtpd_relay_restrictions=permit_sasl_authenticated,reject",
  "smtpd_recipient_restrictions=$submission_recipient_restrictions",
];

/** The ports that mail comes in by: closed first when the machine must go. */
export const INTAKE_PORTS = [25, 465, 587] as const;

/** Each holds a connection to the database for every table; a look-up takes a millisecond, so a few serve all. */
const PROXYMAPS = 4;

/** master.cf for Postfix 3.7: what Debian runs in its chroot stays there, and nothing is left that delivers to this machine. */
export function renderMasterCf(): string {
  return [
    "# service type private unpriv chroot wakeup maxproc command",
    "25 inet n - y - - smtpd",
    ...submission(587, "submission", "smtpd_tls_security_level=encrypt"),
    ...submission(465, "submissions", "smtpd_tls_wrappermode=yes"),
    "pickup unix n - y 60 1 pickup",
    "cleanup unix n - y - 0 cleanup",
    "qmgr unix n - n 300 1 qmgr",
    "tlsmgr unix - - y 1000? 1 tlsmgr",
    "rewrite unix - - y - - trivial-rewrite",
    "bounce unix - - y - 0 bounce",
    "defer unix - - y - 0 bounce",
    "trace unix - - y - 0 bounce",
    "flush unix n - y 1000? 0 flush",
    `proxymap unix - - n - ${PROXYMAPS} proxymap`,
    "smtp unix - - y - - smtp",
    "lmtp unix - - y - - lmtp",
    "showq unix n - y - - showq",
    "error unix - - y - - error",
    "retry unix - - y - - error",
    "anvil unix - - y - 1 anvil",
    "scache unix - - y - 1 scache",
    "",
  ].join("\n");
}

function submission(port: (typeof INTAKE_PORTS)[number], name: string, tls: string): string[] {
  const options = [`syslog_name=postfix/${name}`, tls, ...SUBMISSION];
  return [`${port} inet n - y - - smtpd`, ...options.map((option) => `  -o ${option}`)];
}
