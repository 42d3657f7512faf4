import type { Architecture } from "./architecture";
import { artifactFetching } from "./artifact";
import type { CloudConfig, MachineFile } from "./cloud-config";
import { logShipping } from "./log-shipping";
import { sshAccess } from "./ssh-access";

/** What a role adds to the machine that all roles share. */
export interface RolePart {
  readonly packages: readonly string[];
  readonly files: readonly MachineFile[];
  /** Files that would make the user data too large: fetched from the artifact store, there before `commands` run. */
  readonly artifacts?: readonly MachineFile[];
  readonly earlyCommands?: readonly (readonly string[])[];
  readonly commands: readonly (readonly string[])[];
}

export interface BaseMachine {
  readonly region: string;
  readonly partition: string;
  readonly architecture: Architecture;
  readonly logGroup: string;
  readonly proxyUrl?: string;
  /** Where the artifacts of the machines' group lie, `s3://bucket/prefix`; a part with artifacts needs it. */
  readonly artifactSource?: string;
}

const INSTALL_AGENT = "/usr/local/sbin/dejima-install-ssm-agent";

/**
 * The machine that every role starts from: hardened kernel, security updates, Session Manager, the journal kept outside. Throws a
 * RangeError when the role has artifacts and nobody says where they lie.
 */
export function machine(base: BaseMachine, role: RolePart): CloudConfig {
  const logs = logShipping(base);
  const fetching = artifactsOf(base, role);
  const ssh = sshAccess();
  return {
    ...(base.proxyUrl === undefined ? {} : { proxyUrl: base.proxyUrl }),
    packages: [...new Set([...PACKAGES, ...role.packages])],
    files: [
      KERNEL,
      CLOCK,
      UPGRADES,
      agentInstaller(base),
      ...ssh.files,
      ...logs.files,
      ...fetching.files,
      ...role.files,
    ],
    earlyCommands: role.earlyCommands ?? [],
    commands: [
      ["sysctl", "--system"],
      ["chronyc", "reload", "sources"],
      ...ssh.commands,
      ...logs.commands,
      ...fetching.commands,
      ...role.commands,
      [INSTALL_AGENT],
    ],
  };
}

const PACKAGES = ["awscli", "ca-certificates", "chrony", "curl", "jq", "unattended-upgrades"];

function artifactsOf({ region, artifactSource: source }: BaseMachine, { artifacts = [] }: RolePart) {
  if (source === undefined && artifacts.length > 0) {
    throw new RangeError(`an artifact source is missing for ${artifacts.map(({ path }) => path).join(", ")}`);
  }
  return artifactFetching({ region, source: source ?? "", artifacts });
}

/** A bastion, proxy or server forwards connections, never packets. */
const KERNEL: MachineFile = {
  path: "/etc/sysctl.d/90-dejima.conf",
  content: [
    "net.ipv4.ip_forward = 0",
    "net.ipv4.conf.all.accept_redirects = 0",
    "net.ipv4.conf.all.accept_source_route = 0",
    "net.ipv4.conf.all.send_redirects = 0",
    "net.ipv4.conf.all.rp_filter = 1",
    "net.ipv6.conf.all.disable_ipv6 = 1",
    "kernel.dmesg_restrict = 1",
    "kernel.kptr_restrict = 2",
    "kernel.unprivileged_bpf_disabled = 1",
    "kernel.yama.ptrace_scope = 1",
    "fs.protected_fifos = 2",
    "fs.protected_regular = 2",
    "fs.suid_dumpable = 0",
    "",
  ].join("\n"),
};

/**
 * Amazon's time service, which no route or rule is needed for; Debian's own servers are out of reach:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-ec2-ntp.html
 */
const CLOCK: MachineFile = {
  path: "/etc/chrony/sources.d/amazon.sources",
  content: "server 169.254.169.123 prefer iburst minpoll 4 maxpoll 4\n",
};

const UPGRADES: MachineFile = {
  path: "/etc/apt/apt.conf.d/90-dejima-upgrades",
  content: 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n',
};

/**
 * The agent isn't in Debian. Its package lies in a bucket of the Region, which the S3 endpoint's policy names, so it comes by TLS
 * from AWS and never crosses the internet. Its detached signature isn't looked at: AWS changes the key every year and a half, and
 * machines that boot after that would have no Session Manager.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/agent-install-deb.html
 */
function agentInstaller({ region, partition, architecture }: BaseMachine): MachineFile {
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const url = `https://s3.${region}.${domain}/amazon-ssm-${region}/latest/debian_${architecture}/amazon-ssm-agent.deb`;
  return {
    path: INSTALL_AGENT,
    permissions: "0755",
    content: `#!/bin/sh
set -eu
package=$(mktemp --suffix=.deb)
trap 'rm -f "$package"' EXIT
curl --fail --silent --show-error --noproxy '*' --proto =https --retry 10 --retry-all-errors -o "$package" ${url}
dpkg -i "$package"
systemctl enable --now amazon-ssm-agent
`,
  };
}
