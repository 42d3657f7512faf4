import { createHash } from "node:crypto";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html, and so for target groups. */
export const BALANCER_NAME_LIMIT = 32;

const HASH_LENGTH = 8;

/**
 * A name for a load balancer or target group: the readable start of `parts`, and a hash of all of them, so that what differs anywhere
 * has another name. Name among the parts whatever forces a replacement: AWS makes the new one first, and can't under the old's name.
 */
export function balancerName(readable: string, parts: readonly (string | number | boolean)[]): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([readable, ...parts]))
    .digest("hex")
    .slice(0, HASH_LENGTH);
  const start = readable
    .replace(/[^A-Za-z0-9-]+/g, "-")
    .replace(/^-+/, "")
    .replace(/^internal-/i, "")
    .slice(0, BALANCER_NAME_LIMIT - HASH_LENGTH - 1)
    .replace(/-+$/, "");
  return start === "" ? hash : `${start}-${hash}`;
}
