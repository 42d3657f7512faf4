import type { MachineFile } from "./cloud-config";

/** The user that people log in as: Debian's images have it, with sudo. */
export const OPERATOR = "admin";

const AUTHORIZED_KEYS = "/usr/local/sbin/dejima-authorized-keys";

/**
 * How a person proves who he is to any sshd of the platform: by a key that EC2 Instance Connect holds for a minute, so that there is no
 * list of keys to keep, and by nothing else.
 */
export const SSH_LOGIN: readonly string[] = [
  `AllowUsers ${OPERATOR}`,
  "AuthenticationMethods publickey",
  "AuthorizedKeysFile none",
  `AuthorizedKeysCommand ${AUTHORIZED_KEYS} %u`,
  "AuthorizedKeysCommandUser nobody",
  "PermitRootLogin no",
  "PasswordAuthentication no",
  "KbdInteractiveAuthentication no",
  "PermitEmptyPasswords no",
  "HostbasedAuthentication no",
  "GSSAPIAuthentication no",
];

/** Debian's own sshd_config takes this before its own lines, and of two lines sshd takes the first. */
const DROP_IN = [...SSH_LOGIN, "AllowAgentForwarding no", "AllowTcpForwarding no", "X11Forwarding no", ""].join("\n");

/**
 * Prints the keys that EC2 Instance Connect holds for the operator at this moment, which only those get to place whose IAM policy allows
 * ec2-instance-connect:SendSSHPublicKey: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-linux-inst-eic.html
 */
const SCRIPT = `#!/bin/sh
set -eu
[ "$1" = ${OPERATOR} ] || exit 0
metadata=http://169.254.169.254/latest
token=$(curl -sf --noproxy '*' -m 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 30' $metadata/api/token)
curl -sf --noproxy '*' -m 5 -H "X-aws-ec2-metadata-token: $token" \\
  $metadata/meta-data/managed-ssh-keys/active-keys/${OPERATOR} | grep -E '^(ssh|sk-ssh)-' || true
`;

/** Who came to a bastion goes on to any machine (matrix row bastion → …, 22) the same way. */
export function sshAccess(): { files: MachineFile[]; commands: string[][] } {
  return {
    files: [
      { path: AUTHORIZED_KEYS, content: SCRIPT, permissions: "0755" },
      { path: "/etc/ssh/sshd_config.d/50-dejima.conf", content: DROP_IN },
    ],
    commands: [["systemctl", "try-reload-or-restart", "ssh.service"]],
  };
}
