import type { RolePart } from "../instances/base-machine";
import { renderHostKeyScript } from "./host-key-script";
import { renderSshdConfig } from "./sshd-config";

export interface BastionMachineArgs {
  readonly region: string;
  readonly hostKeySecretArn: string;
  readonly forwardPorts: readonly number[];
}

const HOST_KEY_SCRIPT = "/usr/local/sbin/dejima-host-key";
const START = "/usr/local/sbin/dejima-start-ssh";

/**
 * OpenSSH on top of the base machine. sshd stays off until its key and its rules are there: nobody meets a foreign host key, and the
 * load balancer takes the bastion in only then. Each command of a session goes to the audit log, and with the journal off the machine.
 */
export function bastionMachine(args: BastionMachineArgs): RolePart {
  const { region, hostKeySecretArn: secretArn, forwardPorts } = args;
  return {
    packages: ["audispd-plugins", "auditd", "openssh-server", "postgresql-client"],
    files: [
      { path: "/etc/ssh/sshd_config", content: renderSshdConfig({ forwardPorts }), permissions: "0600" },
      { path: HOST_KEY_SCRIPT, content: renderHostKeyScript({ region, secretArn }), permissions: "0700" },
      { path: START, content: START_SCRIPT, permissions: "0700" },
      { path: "/etc/audit/rules.d/50-sessions.rules", content: AUDIT_RULES, permissions: "0640" },
      { path: "/etc/audit/plugins.d/syslog.conf", content: AUDIT_TO_JOURNAL, permissions: "0640" },
    ],
    earlyCommands: [["cloud-init-per", "instance", "ssh-later", "systemctl", "mask", "--now", "ssh.service"]],
    commands: [[START]],
  };
}

/** The commands that people run; services have no login id. */
const AUDIT_RULES = ["b64", "b32"]
  .map((arch) => `-a always,exit -F arch=${arch} -S execve -F auid>=1000 -F auid!=unset -k session\n`)
  .join("");

const AUDIT_TO_JOURNAL = `active = yes
direction = out
path = /sbin/audisp-syslog
type = always
args = LOG_INFO
format = string
`;

const START_SCRIPT = `#!/bin/sh
set -eu
augenrules --load
systemctl restart auditd
${HOST_KEY_SCRIPT}
rm -f /etc/ssh/ssh_host_* /etc/ssh/sshd_config.d/*
mkdir -p /run/sshd
sshd -t
systemctl unmask ssh.service
systemctl enable --now ssh.service
`;
