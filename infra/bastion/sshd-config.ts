import { SSH_LOGIN } from "../instances/ssh-access";

export interface SshdArgs {
  /** Ports that a connection may be forwarded to, on any machine behind the bastion: those of the matrix's rows from `bastion`. */
  readonly forwardPorts: readonly number[];
}

export const HOST_KEY = "/etc/ssh/dejima/ssh_host_ed25519_key";

/**
 * sshd_config for OpenSSH 9.2 (Debian 12). Keys come from EC2 Instance Connect for a minute at a time, so there is no list of them to
 * keep; the algorithms are those that ssh-audit's hardening guide for Debian 12 leaves (https://www.ssh-audit.com/hardening_guides.html).
 * The client is asked for a sign of life every 5 minutes, well before the load balancer forgets it.
 */
export function renderSshdConfig({ forwardPorts }: SshdArgs): string {
  return [
    "Port 22",
    "AddressFamily inet",
    `HostKey ${HOST_KEY}`,
    "",
    "HostKeyAlgorithms ssh-ed25519",
    "KexAlgorithms sntrup761x25519-sha512@openssh.com,curve25519-sha256,curve25519-sha256@libssh.org",
    "Ciphers chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes128-gcm@openssh.com",
    "MACs hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com",
    "PubkeyAcceptedAlgorithms ssh-ed25519,sk-ssh-ed25519@openssh.com,rsa-sha2-512",
    "RequiredRSASize 3072",
    "",
    ...SSH_LOGIN,
    "UsePAM yes",
    "StrictModes yes",
    "",
    "AllowAgentForwarding no",
    "AllowTcpForwarding local",
    "AllowStreamLocalForwarding no",
    `PermitOpen ${forwardPorts.length === 0 ? "none" : forwardPorts.map((port) => `*:${port}`).join(" ")}`,
    "GatewayPorts no",
    "PermitTunnel no",
    "X11Forwarding no",
    "PermitUserEnvironment no",
    "PermitUserRC no",
    "",
    "LoginGraceTime 30",
    "MaxAuthTries 3",
    "MaxSessions 4",
    "MaxStartups 10:30:60",
    "ClientAliveInterval 300",
    "ClientAliveCountMax 3",
    "TCPKeepAlive yes",
    "UseDNS no",
    "",
    "LogLevel VERBOSE",
    "SyslogFacility AUTH",
    "PrintMotd no",
    "",
  ].join("\n");
}
