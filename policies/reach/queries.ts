import { isIP } from "node:net";
import { z } from "zod";
import type { Query } from "../reachability/query";
import { didYouMean } from "../command-line/bad-input";
import { nearest } from "../command-line/nearest";

/** A question as a person writes it: the ends are names yet. */
export interface Question extends Pick<Query, "fromIp" | "toIp" | "protocol" | "srcPort" | "dstPort"> {
  readonly from: string;
  readonly to: string;
}

const protocols = ["tcp", "udp", "icmp", "any"] as const;
const numbers: Readonly<Record<number, Query["protocol"]>> = { 6: "tcp", 17: "udp" };

/** "tcp", "udp", "icmp", "any" or a number of IANA's list, 0 to 255; undefined when it is none. */
export function parseProtocolName(value: unknown): Query["protocol"] | undefined {
  const text = String(value).toLowerCase();
  const named = protocols.find((each) => each === text);
  if (named !== undefined) return named;
  const number = /^\d{1,3}$/.test(text) ? Number(text) : undefined;
  return number === undefined || number > 255 ? undefined : (numbers[number] ?? number);
}

const end = z.string("a text is wanted: an id, a URN, a name, a role, internet or ip:<address>").min(1, "it is empty");
const address = z
  .string("an IP address is wanted")
  .refine((text) => isIP(text) !== 0, "an IP address is wanted, IPv4 or IPv6, without a prefix length")
  .nullish();
const portProblem = "a port is wanted, a whole number from 0 to 65535";
const port = z.int(portProblem).min(0, portProblem).max(65535, portProblem).nullish();

const fields = {
  from: end,
  to: end,
  fromIp: address,
  toIp: address,
  protocol: z
    .union([z.string(), z.number()], "tcp, udp, icmp, any or a number from 0 to 255 is wanted")
    .transform((value, context) => {
      const parsed = parseProtocolName(value);
      if (parsed !== undefined) return parsed;
      const near = didYouMean(nearest(String(value), protocols));
      context.addIssue(`tcp, udp, icmp, any or a number from 0 to 255 is wanted.${near}`);
      return z.NEVER;
    }),
  srcPort: port,
  dstPort: port,
};

/** ICMP, ICMPv6, or ("icmp") whichever of them the addresses have: `dstPort` is the type, `srcPort` the code. */
export function isIcmp(protocol: Query["protocol"]): boolean {
  return protocol === "icmp" || protocol === 1 || protocol === 58;
}

const question = z.looseObject(fields).superRefine(({ protocol, srcPort, dstPort }, context) => {
  for (const [key, given, meaning] of [
    ["srcPort", srcPort, "code"],
    ["dstPort", dstPort, "type"],
  ] as const) {
    if (given === undefined || given === null || protocol === "tcp" || protocol === "udp") continue;
    const refuse = (message: string) => {
      context.addIssue({ code: "custom", path: [key], message });
    };
    if (!isIcmp(protocol)) refuse("only tcp and udp have ports; leave it out or ask for one of them");
    else if (given > 255) refuse(`of ICMP it is the ${meaning}, a whole number from 0 to 255`);
    else if (key === "srcPort" && typeof dstPort !== "number")
      refuse(
        "of ICMP it is the code, which says something only with the type: give dstPort as well (echo request: 8, of IPv6 128)",
      );
  }
});

/**
 * Checks questions. Fields that nobody knows are notes of whoever asks, unless one looks like a misspelt field that is missing.
 *
 * @param where of a question and a field, in the reader's words: `queries[2].dstPort`, or `--port`.
 */
export function readQuestions(
  raw: readonly unknown[],
  where: (index: number, field: string) => string,
): { readonly questions: readonly Question[]; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const questions: Question[] = [];
  raw.forEach((each, index) => {
    const misspelt = misspeltFields(each);
    for (const { key, meant } of misspelt)
      problems.push(`${where(index, key)}: there is no such field.${didYouMean(meant)}`);
    const result = question.safeParse(each);
    if (result.success) {
      const { from, to, protocol, fromIp, toIp, srcPort, dstPort } = result.data;
      questions.push({ from, to, protocol, ...present({ fromIp, toIp }), ...present({ srcPort, dstPort }) });
      return;
    }
    for (const { path, message } of result.error.issues) {
      const [field] = path;
      if (misspelt.some(({ meant }) => meant === field)) continue;
      const value = field === undefined ? each : valueAt(each, String(field));
      const shown = value === undefined ? "is missing" : `is ${JSON.stringify(value)}`;
      problems.push(`${where(index, String(field ?? ""))} ${shown}: ${message}`);
    }
  });
  return { questions, problems };
}

function misspeltFields(raw: unknown): readonly { readonly key: string; readonly meant: string }[] {
  if (raw === null || typeof raw !== "object") return [];
  const missing = Object.keys(fields).filter((key) => valueAt(raw, key) === undefined);
  return Object.keys(raw)
    .filter((key) => !(key in fields))
    .flatMap((key) => {
      const meant = nearest(key, missing);
      return meant === undefined ? [] : [{ key, meant }];
    });
}

function valueAt(raw: unknown, key: string): unknown {
  return raw !== null && typeof raw === "object" ? (Reflect.get(raw, key) as unknown) : undefined;
}

function present<T>(values: Readonly<Record<string, T | null | undefined>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined || value === null ? [] : [[key, value]])),
  );
}
