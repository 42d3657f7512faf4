import type { Role } from "../communications";

/** What all machines of a VPC share, whatever their role. */
export interface MachineSettings {
  readonly region: string;
  readonly partition: string;
  /** The Debian release that they boot. */
  readonly release: string;
  /** Images of that release by role, for the role's architecture. Default: Debian's newest. */
  readonly amis?: Partial<Readonly<Record<Role, string | undefined>>>;
  /** How long their logs are kept: a number of days that CloudWatch Logs knows. */
  readonly logRetentionDays: number;
}
