import type { RolePart } from "../instances/base-machine";
import { PEEK_CERTIFICATE, REFUSAL_SUBJECT } from "./squid-conf";

/** squid on top of the base machine. */
export function proxyMachine(squidConf: string): RolePart {
  return {
    packages: ["openssl", "squid-openssl"],
    files: [
      { path: "/etc/squid/squid.conf", content: squidConf, permissions: "0640", owner: "root:proxy" },
      { path: "/usr/local/sbin/dejima-start-squid", content: START, permissions: "0755" },
    ],
    // Its package would start it with rules of its own, and the load balancer would take it for ready.
    earlyCommands: [["cloud-init-per", "instance", "squid-later", "systemctl", "mask", "--now", "squid.service"]],
    commands: [["/usr/local/sbin/dejima-start-squid"]],
  };
}

/** A proxy that can't read its rules mustn't serve: the load balancer then finds it dead and it is replaced. */
const START = `#!/bin/sh
set -eu
umask 027
openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "${REFUSAL_SUBJECT}" \\
  -keyout /tmp/peek.key -out /tmp/peek.crt
cat /tmp/peek.key /tmp/peek.crt >${PEEK_CERTIFICATE}
rm /tmp/peek.key /tmp/peek.crt
chown root:proxy ${PEEK_CERTIFICATE}
squid -k parse
systemctl unmask squid.service
systemctl enable --now squid.service
`;
