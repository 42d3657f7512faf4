import { createHash } from "node:crypto";

/** Deterministic, real-looking ids of one generation of a resource; each `label` gives an independent value. */
export class IdSource {
  constructor(private readonly seed: string) {}

  private digest(label: string): Buffer {
    return createHash("sha256").update(`${this.seed}\0${label}`).digest();
  }

  /** Lower-case hex, as in `vpc-0` + 16 hex digits. At most 64 digits. */
  hex(length: number, label = "id"): string {
    return this.digest(label).toString("hex").slice(0, length);
  }

  /** `prefix-0…` with 17 hex digits, the form of EC2's ids since 2016. */
  ec2(prefix: string, label = prefix): string {
    return `${prefix}-0${this.hex(16, label)}`;
  }

  /** RFC 4122 version 4 form. */
  uuid(label = "uuid"): string {
    const hex = this.hex(32, label);
    const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      variant + hex.slice(17, 20),
      hex.slice(20),
    ].join("-");
  }

  /** Characters of an alphabet, e.g. base 32 for IAM's unique ids. At most 32 of them. */
  chars(alphabet: string, length: number, label = "chars"): string {
    return Array.from(this.digest(label).subarray(0, length), (byte) => alphabet.charAt(byte % alphabet.length)).join(
      "",
    );
  }

  /** An integer in [low, high]. */
  integer(low: number, high: number, label = "integer"): number {
    return low + (this.digest(label).readUInt32BE() % (high - low + 1));
  }
}
