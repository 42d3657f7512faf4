import { HOST_KEY } from "./sshd-config";

/**
 * The same id for every first value: of bastions that boot at once, Secrets Manager takes one's key and refuses the others'
 * (ResourceExistsException), and all of them then read that one. 32 to 64 characters.
 */
const FIRST_VERSION = "dejima-first-host-key-00000000001";

/**
 * Fetches the host key that all bastions share, so that a replaced bastion is no stranger to its clients; the first one ever makes it.
 * The key passes by files in memory and never by a command line.
 */
export function renderHostKeyScript({ region, secretArn }: { region: string; secretArn: string }): string {
  return `#!/bin/bash
set -euo pipefail
export AWS_DEFAULT_REGION=${region}
secret=${secretArn}
key=${HOST_KEY}
umask 077
work=$(mktemp -d -p /dev/shm)
trap 'rm -rf "$work"' EXIT

fetch() {
  aws secretsmanager get-secret-value --secret-id "$secret" --query SecretString --output text \\
    >"$work/key" 2>"$work/error"
}

for _ in $(seq 30); do
  if fetch; then
    mkdir -p "$(dirname "$key")"
    install -m 0600 "$work/key" "$key"
    ssh-keygen -y -f "$key" >"$key.pub"
    exit 0
  fi
  if grep -q ResourceNotFoundException "$work/error"; then
    rm -f "$work/new" "$work/new.pub"
    ssh-keygen -q -t ed25519 -N "" -C bastion -f "$work/new"
    aws secretsmanager put-secret-value --secret-id "$secret" --client-request-token ${FIRST_VERSION} \\
      --secret-string "file://$work/new" >/dev/null || true
  fi
  sleep 10
done
cat "$work/error" >&2
exit 1
`;
}
