import type { RolePart } from "../instances/base-machine";
import { fetchScript } from "../instances/fetch-script";
import type { Statement } from "../instances/permissions";

/** Where chain and key of the mail names come from: an exportable certificate of ACM, or a secret with JSON `{"chain","key"}` in PEM. */
export type TlsSource =
  { readonly kind: "acm"; readonly certificateArn: string } | { readonly kind: "secret"; readonly secretArn: string };

export interface MailTlsArgs {
  readonly region: string;
  readonly source: TlsSource;
  /** ACM has no interface endpoint among the platform's own, so its export goes through the proxy. */
  readonly proxyUrl: string;
  /** systemd services that don't start without the key and reload when it changes, such as `postfix.service`. */
  readonly services: readonly string[];
}

/** In memory only; root reads it, as Postfix and Dovecot do before they give up their rights. */
const DIRECTORY = "/run/dejima-tls";

/** PEM: the certificate of the mail names, then its issuers. */
export const TLS_CHAIN = `${DIRECTORY}/chain.pem`;

/** PEM, not encrypted. */
export const TLS_KEY = `${DIRECTORY}/key.pem`;

const SCRIPT = "/usr/local/sbin/dejima-fetch-tls";

/** Fetches chain and key at every boot, before the services that need them, and once a day, as ACM renews by itself. */
export function mailTls(args: MailTlsArgs): RolePart {
  return {
    packages: ["openssl"],
    files: [
      { path: SCRIPT, permissions: "0700", content: script(args) },
      { path: "/etc/systemd/system/dejima-tls.service", content: service(args.services) },
      { path: "/etc/systemd/system/dejima-tls.timer", content: TIMER },
    ],
    commands: [
      ["systemctl", "enable", "dejima-tls.service"],
      ["systemctl", "start", "dejima-tls.service"],
      ["systemctl", "enable", "--now", "dejima-tls.timer"],
    ],
  };
}

/** What a machine may do to have its key, and no more. */
export function mailTlsStatement(source: TlsSource): Statement {
  const grant =
    source.kind === "acm"
      ? { Action: ["acm:ExportCertificate"], Resource: source.certificateArn }
      : { Action: ["secretsmanager:GetSecretValue"], Resource: source.secretArn };
  return { Sid: "MailKey", Effect: "Allow", ...grant };
}

/**
 * ACM hands out the key encrypted with a pass phrase of the caller's choice; a new one each time, which never leaves the memory.
 * https://docs.aws.amazon.com/acm/latest/APIReference/API_ExportCertificate.html
 */
const FROM_ACM = ({ certificateArn, proxyUrl }: { certificateArn: string; proxyUrl: string }) => `fetch() {
  openssl rand -hex 32 | tr -d '\\n' >"$work/pass"
  HTTPS_PROXY=${proxyUrl} aws acm export-certificate --certificate-arn ${certificateArn} \\
    --passphrase "fileb://$work/pass" --output json >"$work/answer" || return
  jq -er '.Certificate, .CertificateChain' "$work/answer" >"$work/chain.pem" || return
  jq -er .PrivateKey "$work/answer" | openssl pkey -passin "file:$work/pass" -out "$work/key.pem"
}`;

const FROM_SECRET = ({ secretArn }: { secretArn: string }) => `fetch() {
  aws secretsmanager get-secret-value --secret-id ${secretArn} --query SecretString --output text >"$work/answer" || return
  jq -er .chain "$work/answer" >"$work/chain.pem" || return
  jq -er .key "$work/answer" | openssl pkey -out "$work/key.pem"
}`;

function script({ region, source, proxyUrl, services }: MailTlsArgs): string {
  const fetch =
    source.kind === "acm"
      ? FROM_ACM({ certificateArn: source.certificateArn, proxyUrl })
      : FROM_SECRET({ secretArn: source.secretArn });
  return fetchScript({
    region,
    fetch,
    failure: "no key for the mail names",
    then: `[ "$(openssl x509 -noout -pubkey -in "$work/chain.pem")" = "$(openssl pkey -pubout -in "$work/key.pem")" ] || {
  echo "the key doesn't belong to the certificate" >&2
  exit 1
}
mkdir -p ${DIRECTORY}
if cmp -s "$work/chain.pem" ${TLS_CHAIN} && cmp -s "$work/key.pem" ${TLS_KEY}; then exit 0; fi
install -m 0600 "$work/key.pem" ${TLS_KEY}
install -m 0644 "$work/chain.pem" ${TLS_CHAIN}
systemctl --no-block try-reload-or-restart ${services.join(" ")}
`,
  });
}

function service(services: readonly string[]): string {
  return `[Unit]
Description=Fetch the key of the mail names
Wants=network-online.target
After=network-online.target
Before=${services.join(" ")}

[Service]
Type=oneshot
ExecStart=${SCRIPT}
ProtectHome=yes
NoNewPrivileges=yes

[Install]
RequiredBy=${services.join(" ")}
`;
}

const TIMER = `[Unit]
Description=Fetch the key of the mail names once a day

[Timer]
OnCalendar=daily
RandomizedDelaySec=1h
Persistent=yes

[Install]
WantedBy=timers.target
`;
