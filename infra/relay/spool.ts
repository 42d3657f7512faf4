import type { RolePart } from "../instances/base-machine";

/** What runs Postfix on Debian; `postfix.service` only stands for its instances. */
export const POSTFIX = "postfix@-.service";
export const SASL = "dovecot.service";
export const SPOOL_SERVICE = "dejima-spool.service";

/** The tag by which a machine finds the volume of its zone; its value names the relay among all of its account and Region. */
export const SPOOL_TAG = "Spool";

export interface SpoolArgs {
  readonly region: string;
  /** The relay's name among all of its account and Region: the value of the volume's tag. */
  readonly identity: string;
}

const SCRIPT = "/usr/local/sbin/dejima-spool";

/** Free on Debian's images; on Nitro machines the disk has another name, which is its volume's id. */
const DEVICE = "/dev/xvdf";

/**
 * The mail queue outlives the machine: it is on a volume of the zone, attached at boot. A machine before this one may still hold it, so
 * the unit waits for as long as it takes; the load balancer finds a machine dead that waits too long.
 */
export function spool(args: SpoolArgs): RolePart {
  return {
    packages: ["e2fsprogs"],
    files: [
      { path: SCRIPT, permissions: "0700", content: script(args) },
      { path: `/etc/systemd/system/${SPOOL_SERVICE}`, content: SERVICE },
    ],
    commands: [["systemctl", "enable", SPOOL_SERVICE]],
  };
}

/**
 * Only a volume of nothing but zeros, as EBS makes them, gets a file system; one that can't be read stops the boot instead. Postfix's
 * own program gives the queue its owners, as another machine may know them by other numbers.
 */
function script({ region, identity }: SpoolArgs): string {
  return `#!/bin/bash
set -euo pipefail
export AWS_DEFAULT_REGION=${region}
spool=/var/spool/postfix
instance=$(cloud-init query instance_id)
zone=$(cloud-init query availability_zone)

look() {
  aws ec2 describe-volumes --output text --query 'Volumes[0].[VolumeId,State,Attachments[0].InstanceId]' \\
    --filters "Name=tag:${SPOOL_TAG},Values=${identity}" "Name=availability-zone,Values=$zone"
}

tries=0
until found=$(look) && read -r volume state holder <<<"$found" && [ "$state $holder" = "in-use $instance" ]; do
  if [ "\${state:-}" = available ] &&
    aws ec2 attach-volume --volume-id "$volume" --instance-id "$instance" --device ${DEVICE} >/dev/null; then
    continue
  fi
  if [ $((tries++ % 12)) = 0 ]; then echo "waiting for the spool: \${found:-no answer}"; fi
  sleep 5
done

device=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_\${volume/-/}
until [ -b "$device" ]; do
  if [ -b ${DEVICE} ]; then device=${DEVICE}; else sleep 1; fi
done
if ! mountpoint -q "$spool"; then
  if cmp -s -n 1048576 "$device" /dev/zero; then mkfs.ext4 -q -L spool "$device"; fi
  # In full, even when it is clean: the volume may have grown, and resize2fs asks for that.
  e2fsck -f -p "$device" || [ $? = 1 ]
  resize2fs "$device"
  mount -t ext4 -o noatime,nosuid "$device" "$spool"
fi
postfix set-permissions
`;
}

const SERVICE = `[Unit]
Description=Attach and mount the mail queue of this zone
Wants=network-online.target
After=network-online.target
Before=${POSTFIX} ${SASL}

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${SCRIPT}
ExecStop=umount /var/spool/postfix
TimeoutStartSec=infinity
Restart=on-failure
RestartSec=30

[Install]
RequiredBy=${POSTFIX} ${SASL}
`;
