import { stringify } from "yaml";

/** EC2's limit on user data before Base64: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
export const USER_DATA_LIMIT = 16_384;

/** A file as cloud-init writes it, after the packages are there: its owner may be a package's user. */
export interface MachineFile {
  readonly path: string;
  readonly content: string;
  /** `user:group`; root by default. */
  readonly owner?: string;
  /** Octal, such as "0755"; "0644" by default. */
  readonly permissions?: string;
}

export interface CloudConfig {
  /** Where packages come through, as `http://host:port`; without one the machine goes to the internet by itself. */
  readonly proxyUrl?: string;
  readonly packages: readonly string[];
  readonly files: readonly MachineFile[];
  /** Run early at every boot, before the network is used; each is a program with its arguments. */
  readonly earlyCommands: readonly (readonly string[])[];
  /** Run once, at the end of the first boot. */
  readonly commands: readonly (readonly string[])[];
}

/** A boot in the middle of a proxy's replacement must not end without its packages. */
const APT_CONF = 'Acquire::Retries "10";\nAcquire::http::Timeout "30";\nAcquire::https::Timeout "30";\n';

/** User data for cloud-init. Throws a RangeError when it is larger than EC2 takes, naming the largest files. */
export function renderCloudConfig(config: CloudConfig): string {
  const { proxyUrl, packages, files, earlyCommands, commands } = config;
  const document = {
    apt: { conf: APT_CONF, ...(proxyUrl === undefined ? {} : { http_proxy: proxyUrl, https_proxy: proxyUrl }) },
    package_update: true,
    package_upgrade: true,
    packages: [...packages],
    // Nobody logs in with a password, and root not at all; the way in is Session Manager, and SSH on the bastions.
    disable_root: true,
    ssh_pwauth: false,
    write_files: files.map(({ path, content, owner = "root:root", permissions = "0644" }) => ({
      path,
      owner,
      permissions,
      defer: true,
      content,
    })),
    ...(earlyCommands.length === 0 ? {} : { bootcmd: earlyCommands.map((command) => [...command]) }),
    runcmd: commands.map((command) => [...command]),
  };
  const text = `#cloud-config\n${stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })}`;
  const size = Buffer.byteLength(text);
  if (size >= USER_DATA_LIMIT) throw new RangeError(tooLarge(size, files));
  return text;
}

function tooLarge(size: number, files: readonly MachineFile[]): string {
  const largest = files
    .map(({ path, content }) => ({ path, bytes: Buffer.byteLength(content) }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 3)
    .map(({ path, bytes }) => `${path} (${bytes})`);
  return (
    `user data has ${size} bytes and must have fewer than ${USER_DATA_LIMIT}; the largest files are ${largest.join(", ")}. ` +
    "Shorten them: with proxies, that is the setting allowList."
  );
}
