import type { RolePart } from "../instances/base-machine";
import { joinParts } from "../instances/join-parts";
import { APPLICATION_ENVIRONMENT } from "./application";
import {
  CERTIFICATE,
  CERTIFICATE_KEY,
  renderNginxConf,
  renderSecurityHeaders,
  SECURITY_HEADERS,
  type NginxArgs,
} from "./nginx-conf";

export interface WebMachineArgs extends NginxArgs {
  readonly imapHost: string;
  readonly submissionHost: string;
  /** The name in the mail servers' certificate. */
  readonly mailHostname: string;
}

const NGINX = "nginx.service";
const START = "/usr/local/sbin/dejima-start-nginx";

/** nginx with an application behind it, which it waits for at boot: the load balancer takes both in together. */
export function webMachine(args: WebMachineArgs, application: RolePart): Required<RolePart> {
  return joinParts(
    {
      packages: ["nginx-light", "openssl"],
      files: [
        { path: "/etc/nginx/nginx.conf", content: renderNginxConf(args) },
        { path: SECURITY_HEADERS, content: renderSecurityHeaders() },
        { path: APPLICATION_ENVIRONMENT, content: environment(args) },
        { path: START, content: START_SCRIPT, permissions: "0755" },
      ],
      earlyCommands: [["cloud-init-per", "instance", "nginx-later", "systemctl", "mask", "--now", NGINX]],
      commands: [],
    },
    application,
    { packages: [], files: [], commands: [[START]] },
  );
}

function environment({ imapHost, submissionHost, mailHostname }: WebMachineArgs): string {
  return [
    `IMAP_HOST=${imapHost}`,
    "IMAP_PORT=993",
    `SUBMISSION_HOST=${submissionHost}`,
    "SUBMISSION_PORT=587",
    `MAIL_TLS_NAME=${mailHostname}`,
    "",
  ].join("\n");
}

/** The certificate is the machine's own: the load balancer encrypts to its targets, and checks none of their names. */
const START_SCRIPT = `#!/bin/sh
set -eu
umask 077
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=web \\
  -keyout ${CERTIFICATE_KEY} -out ${CERTIFICATE}
nginx -t
systemctl unmask ${NGINX}
systemctl enable --now ${NGINX}
`;
