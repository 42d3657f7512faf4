export interface FetchScriptArgs {
  readonly region: string;
  /** A shell function `fetch` that leaves what it got in files in `$work`, which are in memory, and fails when there is nothing. */
  readonly fetch: string;
  /** What is said when ten tries got nothing. */
  readonly failure: string;
  /** What is done with the files. */
  readonly then: string;
}

/** A script that gets a machine something secret at boot, patiently: AWS, the proxy or the secret may be there a little later only. */
export function fetchScript({ region, fetch, failure, then }: FetchScriptArgs): string {
  return `#!/bin/bash
set -euo pipefail
export AWS_DEFAULT_REGION=${region}
umask 077
work=$(mktemp -d -p /dev/shm)
trap 'rm -rf "$work"' EXIT

${fetch}

for try in $(seq 10); do
  if fetch; then break; fi
  if [ "$try" = 10 ]; then
    echo "${failure}" >&2
    exit 1
  fi
  sleep 15
done
${then}`;
}
