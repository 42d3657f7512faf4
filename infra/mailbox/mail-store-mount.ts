import type { RolePart } from "../instances/base-machine";
import type { MachineFile } from "../instances/cloud-config";
import { MAIL_ROOT } from "./mail-user";

/** The tunnel listens here for the kernel's NFS client, on this machine only. */
const TUNNEL = { address: "127.0.0.1", port: 20049 } as const;

export const MOUNT_UNIT = "srv-mail.mount";
export const TUNNEL_UNIT = "dejima-mail-store.service";

const TUNNEL_CONF = "/etc/dejima/mail-store.conf";

/**
 * Mounts the mail store over TLS: NFS knows none, so stunnel carries it, as Amazon's own mount helper (which isn't in Debian) does.
 * `host` is the file system's DNS name, which leads to the address in the machine's own zone.
 * https://docs.aws.amazon.com/efs/latest/ug/mounting-fs-nfs-mount-settings.html
 */
export function mailStoreMount(host: string): Required<RolePart> {
  return {
    packages: ["nfs-common", "stunnel4"],
    files: [
      // Its package starts whatever lies in /etc/stunnel by a service of its own.
      { path: TUNNEL_CONF, content: renderTunnelConf(host) },
    ],
    artifacts: mailStoreUnits(),
    // Comes with nfs-common and listens to the network, for older versions of NFS.
    earlyCommands: [["systemctl", "mask", "rpcbind.service", "rpcbind.socket"]],
    commands: [
      // While nothing is mounted nobody may write here: mail would vanish under the mount.
      ["install", "-d", "-m", "0000", MAIL_ROOT],
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", TUNNEL_UNIT, MOUNT_UNIT],
    ],
  };
}

/** The same for every mail store. */
export function mailStoreUnits(): MachineFile[] {
  return [
    { path: `/etc/systemd/system/${TUNNEL_UNIT}`, content: TUNNEL_SERVICE },
    { path: `/etc/systemd/system/${MOUNT_UNIT}`, content: MOUNT },
  ];
}

/** The store must prove its name by a certificate of a public CA (Amazon's, which Debian's store holds). */
export function renderTunnelConf(host: string): string {
  return `foreground = yes
pid =
debug = notice
[mail-store]
client = yes
accept = ${TUNNEL.address}:${TUNNEL.port}
connect = ${host}:2049
sslVersionMin = TLSv1.2
CAfile = /etc/ssl/certs/ca-certificates.crt
verifyChain = yes
checkHost = ${host}
delay = yes
renegotiation = no
TIMEOUTbusy = 20
TIMEOUTclose = 0
TIMEOUTidle = 70
`;
}

const TUNNEL_SERVICE = `[Unit]
Description=TLS tunnel to the mail store
Wants=network-online.target
After=network-online.target nss-lookup.target
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=/usr/bin/stunnel4 ${TUNNEL_CONF}
User=stunnel4
Restart=always
RestartSec=1
OOMScoreAdjust=-900
CapabilityBoundingSet=
LockPersonality=yes
MemoryDenyWriteExecute=yes
NoNewPrivileges=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectControlGroups=yes
ProtectHome=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectSystem=strict
RestrictAddressFamilies=AF_INET AF_UNIX
RestrictNamespaces=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service

[Install]
WantedBy=multi-user.target
`;

/**
 * EFS's own settings, and two for servers that share Maildirs: what another one delivered shows within three seconds, and a name that
 * wasn't there is asked for again. A hard mount waits for the store to come back, where a soft one would lose what it was writing.
 */
const OPTIONS = [
  "nfsvers=4.1",
  `port=${TUNNEL.port}`,
  "rsize=1048576",
  "wsize=1048576",
  "hard",
  "timeo=600",
  "retrans=2",
  "noresvport",
  "actimeo=3",
  "lookupcache=positive",
  "noatime",
  "nodev",
  "noexec",
  "nosuid",
  "_netdev",
  // Minutes that a boot waits for the store's name and address.
  "retry=5",
];

const MOUNT = `[Unit]
Description=Mail store
Wants=${TUNNEL_UNIT}
After=${TUNNEL_UNIT}

[Mount]
What=${TUNNEL.address}:/
Where=${MAIL_ROOT}
Type=nfs4
Options=${OPTIONS.join(",")}
TimeoutSec=6min

[Install]
WantedBy=multi-user.target
`;
