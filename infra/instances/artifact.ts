import { createHash } from "node:crypto";
import type { MachineFile } from "./cloud-config";

const SCRIPT = "/usr/local/sbin/dejima-fetch-artifacts";

/** In lower-case hex, as sha256sum has it. */
export function sha256(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Where a file lies below its group's prefix: another content is another object, so what was once fetched never changes. */
export function artifactKey(path: string, content: string): string {
  return `${sha256(content)}${path}`;
}

export interface FetchArgs {
  readonly region: string;
  /** Where the group's artifacts lie: `s3://bucket/prefix`. */
  readonly source: string;
  readonly artifacts: readonly MachineFile[];
}

/**
 * Fetches files that are too large for user data through the S3 endpoint and installs those only that are what the user data says by
 * their SHA-256: whoever can write to the bucket still can't change a machine.
 */
export function artifactFetching(args: FetchArgs): { files: MachineFile[]; commands: string[][] } {
  if (args.artifacts.length === 0) return { files: [], commands: [] };
  return { files: [{ path: SCRIPT, permissions: "0700", content: script(args) }], commands: [[SCRIPT]] };
}

function script({ region, source, artifacts }: FetchArgs): string {
  const manifest = artifacts.map(({ path, content, owner = "root:root", permissions = "0644" }) =>
    [sha256(content), permissions, owner, path].join(" "),
  );
  return `#!/bin/bash
set -euo pipefail
export AWS_DEFAULT_REGION=${region}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() {
  aws s3 cp --only-show-errors "${source}/$1$2" "$work/file" && echo "$1  $work/file" | sha256sum --check --status
}

while read -r -u 3 sum mode owner path; do
  for try in $(seq 10); do
    if fetch "$sum" "$path"; then break; fi
    if [ "$try" = 10 ]; then
      echo "$path can't be fetched from ${source}, or isn't what this machine was told" >&2
      exit 1
    fi
    sleep 15
  done
  install -D -m "$mode" -o "\${owner%:*}" -g "\${owner#*:}" "$work/file" "$path"
done 3<<'ARTIFACTS'
${manifest.join("\n")}
ARTIFACTS
`;
}
