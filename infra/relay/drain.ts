import type { RolePart } from "../instances/base-machine";
import { INTAKE_PORTS } from "./master-cf";
import { POSTFIX, SASL, SPOOL_SERVICE, SPOOL_TAG } from "./spool";

export interface DrainArgs {
  readonly region: string;
  /** The relay's name among all of its account and Region, which is its Auto Scaling group's. */
  readonly identity: string;
}

/** The lifecycle hook that a machine completes when it has let go of the queue. */
export const DRAIN_HOOK = "drain";

/** How long the queue is flushed: what remains then stays on the volume, for the next machine. */
const FLUSH_SECONDS = 90;

/**
 * How long AWS waits for the machine's word. Longer than flushing, stopping and detaching take; short enough that a machine that died
 * without a word doesn't keep the volume from the next one until that is given up too.
 */
export const DRAIN_SECONDS = 300;

const SCRIPT = "/usr/local/sbin/dejima-drain";
const SERVICE_NAME = "dejima-drain.service";

/**
 * Asks the machine's metadata whether Auto Scaling means to end it; then takes no more mail, sends what it can, and hands the volume over.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/retrieving-target-lifecycle-state-through-imds.html
 */
export function drain(args: DrainArgs): RolePart {
  return {
    packages: [],
    files: [
      { path: SCRIPT, permissions: "0700", content: script(args) },
      { path: `/etc/systemd/system/${SERVICE_NAME}`, content: SERVICE },
    ],
    commands: [["systemctl", "enable", "--now", "--no-block", SERVICE_NAME]],
  };
}

/** Whatever fails on the way, the group is told: a machine that can't hand over holds up the next one all the longer. */
function script({ region, identity }: DrainArgs): string {
  const services = INTAKE_PORTS.map((port) => `${port}/inet`).join(" ");
  return `#!/bin/bash
set -euo pipefail
export AWS_DEFAULT_REGION=${region}
metadata=http://169.254.169.254/latest
instance=$(cloud-init query instance_id)

target_state() {
  local token
  token=$(curl -sf --noproxy '*' -m 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 30' $metadata/api/token) || return
  curl -sf --noproxy '*' -m 5 -H "X-aws-ec2-metadata-token: $token" \\
    $metadata/meta-data/autoscaling/target-lifecycle-state
}

close_intake() {
  postconf -MX ${services} && postfix reload
}

under_way() {
  postqueue -j | jq -s 'map(select(.queue_name != "deferred" and .queue_name != "hold")) | length'
}

flush() {
  local end=$((SECONDS + ${FLUSH_SECONDS}))
  postqueue -f
  # Everything that was deferred is tried once more, which takes the queue manager a moment to begin.
  sleep 5
  while [ "$(under_way)" != 0 ] && [ $SECONDS -lt $end ]; do sleep 2; done
  echo "left in the queue: $(postqueue -j | wc -l)"
}

let_go() {
  local volumes
  volumes=$(aws ec2 describe-volumes --output text --query 'Volumes[].VolumeId' \\
    --filters "Name=attachment.instance-id,Values=$instance" "Name=tag-key,Values=${SPOOL_TAG}") || return
  systemctl stop ${SASL} ${POSTFIX} || return
  systemctl stop ${SPOOL_SERVICE} || return
  for volume in $volumes; do
    aws ec2 detach-volume --volume-id "$volume" --instance-id "$instance" >/dev/null || return
    timeout 60 aws ec2 wait volume-available --volume-ids "$volume" || return
  done
}

until [ "$(target_state || true)" = Terminated ]; do sleep 5; done
echo "the machine is to end: no more mail is taken"
close_intake || true
flush || true
let_go || echo "the queue's volume wasn't handed over" >&2
aws autoscaling complete-lifecycle-action --lifecycle-hook-name ${DRAIN_HOOK} \\
  --auto-scaling-group-name ${identity} --instance-id "$instance" --lifecycle-action-result CONTINUE
`;
}

/** Not stopped by what it stops itself. */
const SERVICE = `[Unit]
Description=Hand the mail queue over before this machine ends
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=${SCRIPT}
Restart=on-failure
RestartSec=15

[Install]
WantedBy=multi-user.target
`;
