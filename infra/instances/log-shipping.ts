import type { MachineFile } from "./cloud-config";

export interface LogShippingArgs {
  readonly region: string;
  /** The CloudWatch log group; every machine writes a stream of its own, named by its instance id. */
  readonly logGroup: string;
}

const SCRIPT = "/usr/local/sbin/dejima-ship-logs";

/**
 * Sends the journal to CloudWatch Logs every minute, so that what was logged outlives the machine. Its place in the journal moves on
 * only when a batch was accepted. A batch holds at most 250 entries of 1,000 characters of 4 bytes at most, and 26 bytes more each: that
 * stays under the limits of PutLogEvents, 10,000 entries and 1 MiB:
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export function logShipping(args: LogShippingArgs): { files: MachineFile[]; commands: string[][] } {
  return {
    files: [
      { path: SCRIPT, permissions: "0755", content: script(args) },
      { path: "/etc/systemd/system/dejima-ship-logs.service", content: SERVICE },
      { path: "/etc/systemd/system/dejima-ship-logs.timer", content: TIMER },
    ],
    commands: [["systemctl", "enable", "--now", "dejima-ship-logs.timer"]],
  };
}

function script({ region, logGroup }: LogShippingArgs): string {
  return `#!/bin/bash
set -euo pipefail
export AWS_DEFAULT_REGION=${region}
place=/var/lib/dejima-ship-logs/cursor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$place"
stream=$(cloud-init query instance_id)
aws logs create-log-stream --log-group-name ${logGroup} --log-stream-name "$stream" 2>"$work/error" ||
  grep -q ResourceAlreadyExistsException "$work/error"
while :; do
  cursor=$(cat "$place")
  journalctl --output=json --no-pager \${cursor:+--after-cursor="$cursor"} 2>/dev/null | head -n 250 >"$work/batch" || true
  [ -s "$work/batch" ] || exit 0
  jq -cs '[.[] | {timestamp: (.__REALTIME_TIMESTAMP | tonumber / 1000 | floor),
    message: ((.SYSLOG_IDENTIFIER // "kernel") + ": " + (.MESSAGE | tostring))[:1000]}] | sort_by(.timestamp)' \\
    "$work/batch" >"$work/events"
  aws logs put-log-events --log-group-name ${logGroup} --log-stream-name "$stream" \\
    --log-events "file://$work/events" >/dev/null
  tail -n 1 "$work/batch" | jq -r .__CURSOR >"$place"
done
`;
}

const SERVICE = `[Unit]
Description=Send the journal to CloudWatch Logs
After=network-online.target

[Service]
Type=oneshot
ExecStart=${SCRIPT}
StateDirectory=dejima-ship-logs
PrivateTmp=yes
ProtectHome=yes
NoNewPrivileges=yes
`;

const TIMER = `[Unit]
Description=Send the journal to CloudWatch Logs every minute

[Timer]
OnBootSec=1min
OnUnitInactiveSec=1min

[Install]
WantedBy=timers.target
`;
