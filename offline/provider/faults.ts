import { AwsError } from "../aws-error";

/** Something that is to go wrong. `type` is a Pulumi type token. */
export type FaultSpec =
  /** The nth (from 1) operation of this kind on the type is refused with `code`. */
  | { kind: "fail"; operation: Operation; type: string; nth: number; code: string }
  /** Every create, update and delete of the type is throttled `times` times before AWS takes it. */
  | { kind: "throttle"; type: string; times: number }
  /** Every create, update and delete of the type takes this many milliseconds more. */
  | { kind: "slow"; type: string; milliseconds: number };

export type Operation = "create" | "update" | "delete";

const FORMS =
  "create|update|delete:<type>:<nth>=<AWS error code>, throttle:<type>:<times>, slow:<type>:<milliseconds>; several are separated by commas";
const FIRST_PAUSE_MS = 50;
const MOST_ATTEMPTS = 25;

/**
 * Parses e.g. `create:aws:ec2/subnet:Subnet:3=InternalError,throttle:aws:ec2/vpc:Vpc:2`.
 * @throws Error that shows the forms.
 */
export function parseFaults(text: string): FaultSpec[] {
  return text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(parseFault);
}

function parseFault(text: string): FaultSpec {
  const [, kind, type, count, code] = /^(\w+):([\w-]+:[\w/-]+:\w+):(\d+)(?:=([\w.]+))?$/.exec(text) ?? [];
  const wrong = new Error(`Can't read the fault "${text}". Forms: ${FORMS}`);
  if (kind === undefined || type === undefined || count === undefined) throw wrong;
  if (kind === "throttle" && code === undefined) return { kind, type, times: Number(count) };
  if (kind === "slow" && code === undefined) return { kind, type, milliseconds: Number(count) };
  const known = kind === "create" || kind === "update" || kind === "delete";
  if (!known || code === undefined || Number(count) === 0) throw wrong;
  return { kind: "fail", operation: kind, type, nth: Number(count), code };
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Counts operations and lets the chosen ones go wrong. Previews change nothing in AWS, so nothing goes wrong in them. */
export class Faults {
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly specs: readonly FaultSpec[],
    private readonly log: (line: string) => void,
  ) {}

  /** Resolves when AWS would take the call. @throws AwsError with the code of the fault. */
  async before(operation: Operation, type: string): Promise<void> {
    const key = `${operation} ${type}`;
    const nth = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, nth);
    for (const spec of this.specs) {
      if (spec.type !== type) continue;
      if (spec.kind === "slow") await pause(spec.milliseconds);
      if (spec.kind === "throttle") await this.throttle(spec.times, key);
      if (spec.kind === "fail" && spec.operation === operation && spec.nth === nth) {
        throw new AwsError(spec.code, `Fault asked for by ${operation}:${type}:${nth}=${spec.code}.`);
      }
    }
  }

  /** Retries with growing pauses, as the real provider does (25 attempts by default). */
  private async throttle(times: number, call: string): Promise<void> {
    for (let attempt = 1; attempt <= times; attempt += 1) {
      if (attempt >= MOST_ATTEMPTS) {
        throw new AwsError(
          "RequestLimitExceeded",
          `Request limit exceeded. Exceeded maximum number of attempts, ${MOST_ATTEMPTS}.`,
        );
      }
      this.log(`${call}: RequestLimitExceeded, attempt ${attempt}, trying again`);
      await pause(Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), 1000));
    }
  }
}
