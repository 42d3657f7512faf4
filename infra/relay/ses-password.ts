import type { RolePart } from "../instances/base-machine";
import { fetchScript } from "../instances/fetch-script";
import { POSTFIX } from "./spool";

export interface SesPasswordArgs {
  readonly region: string;
  /** A secret with JSON `{"username","password"}`. */
  readonly secretArn: string;
  readonly smtp: { readonly host: string; readonly port: number };
}

/** In memory only, for Postfix's client, which opens it as root. */
export const SES_PASSWORD_MAP = "/run/dejima/ses-password";

const SCRIPT = "/usr/local/sbin/dejima-relay-secrets";

/**
 * Fetches the password for SES at every boot, before Postfix starts, and every quarter of an hour: with an old one SES answers 535,
 * which Postfix takes for temporary, so that mail waits for the new one.
 */
export function sesPassword(args: SesPasswordArgs): RolePart {
  return {
    packages: ["libsasl2-modules"],
    files: [
      { path: SCRIPT, permissions: "0700", content: script(args) },
      { path: "/etc/systemd/system/dejima-relay-secrets.service", content: SERVICE },
      { path: "/etc/systemd/system/dejima-relay-secrets.timer", content: TIMER },
    ],
    commands: [
      ["systemctl", "enable", "dejima-relay-secrets.service"],
      ["systemctl", "enable", "--now", "dejima-relay-secrets.timer"],
    ],
  };
}

function script({ region, secretArn, smtp }: SesPasswordArgs): string {
  return fetchScript({
    region,
    fetch: `fetch() {
  aws secretsmanager get-secret-value --secret-id ${secretArn} --query SecretString --output text >"$work/answer" || return
  jq -er 'select(.username and .password) | "[${smtp.host}]:${smtp.port} \\(.username):\\(.password)"' \\
    "$work/answer" >"$work/map"
}`,
    failure: "no password for SES",
    then: `map=${SES_PASSWORD_MAP}
if cmp -s "$work/map" "$map"; then exit 0; fi
install -d -m 0755 "$(dirname "$map")"
install -m 0600 "$work/map" "$map.new"
mv "$map.new" "$map"
systemctl --no-block try-reload-or-restart ${POSTFIX}
`,
  });
}

const SERVICE = `[Unit]
Description=Fetch the password for SES
Wants=network-online.target
After=network-online.target
Before=${POSTFIX}

[Service]
Type=oneshot
ExecStart=${SCRIPT}
ProtectHome=yes
NoNewPrivileges=yes

[Install]
RequiredBy=${POSTFIX}
`;

const TIMER = `[Unit]
Description=Fetch the password for SES every quarter of an hour

[Timer]
OnActiveSec=15min
OnUnitInactiveSec=15min

[Install]
WantedBy=timers.target
`;
