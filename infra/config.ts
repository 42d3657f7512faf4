import type { Config } from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime";
import type { z } from "zod";
import { crossCheck } from "./config/cross-checks";
import { checkMail } from "./config/mail-checks";
import { adviceAt, keysAt } from "./config/schema-paths";
import { nearest } from "./config/nearest";
import { ConfigurationError, pathOf, type Problem } from "./config/problem";
import { schema, type Configured } from "./config/schema";

/** How many instances a role has, and of what type. */
export interface RoleSizes {
  readonly instanceType: string;
  /** Fewer than this never run, not even while instances are exchanged. */
  readonly min: number;
  readonly desired: number;
}

/**
 * The parsed configuration: every default filled in, every check passed. The schema, its limits and defaults stand in
 * `config/schema.ts`; the checks across fields in `config/cross-checks.ts`.
 */
export type Settings = Readonly<
  Omit<Configured, "sizes" | "ses" | "mail" | "web"> & {
    sizes: Record<GroupRole, RoleSizes> & { relay: { readonly instanceType: string } };
    ses: {
      /** A domain, or one address. */
      readonly identity: string;
      /** The domain that bounces go to; an address has none of its own. */
      readonly mailFrom?: string;
      /** Whether the relays' credentials are good through the VPC's own endpoint only. */
      readonly onlyThroughEndpoint: boolean;
    };
    mail: {
      /** The domain that mail is from. */
      readonly domain: string;
      /** What other mail servers and mail programs connect to. */
      readonly hostname: string;
      readonly postmaster: string;
      readonly spoolGiB: number;
    };
    web: { readonly hostname: string };
  }
>;

/** Roles whose machines are one group over all zones. */
type GroupRole = "bastion" | "proxy" | "mailbox" | "web";

export type VpcSettings = Settings["vpcs"][number];
export type AllowListEntry = Settings["allowList"][number];

/** Reads the configuration `raw`, a record of settings; throws one ConfigurationError that lists every problem. */
export function parseSettings(raw: unknown): Settings {
  const parsed = schema.safeParse(raw);
  const reported = parsed.success ? [] : parsed.error.issues.flatMap((issue) => problemsOf(issue, raw));
  const configured = parsed.success ? parsed.data : schema.parse(without(raw, parsed.error.issues));
  const settings = complete(configured);
  const refused = new Set(reported.map(({ path }) => path.split(/[.[]/)[0]));
  // A setting that was refused was left out, so what is missing in its default is no news.
  const checked = [...crossCheck(settings), ...checkMail(configured, settings)].filter(
    ({ path }) => !refused.has(path.split(/[.[]/)[0]),
  );
  const problems = [...reported, ...checked];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return settings;
}

/** Reads the stack's configuration: every key of the project, so that a misspelt one is noticed too. */
export function loadSettings(config: Config): Settings {
  const prefix = `${config.name}:`;
  const own = Object.entries(allConfig()).filter(([key]) => key.startsWith(prefix));
  return parseSettings(Object.fromEntries(own.map(([key, text]) => [key.slice(prefix.length), valueOf(text)])));
}

/** Pulumi hands over strings as they are and everything else as JSON. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Fills in what follows from other settings. Without an identity, which is a problem of its own, the other checks go on with another. */
function complete(configured: Configured): Settings {
  const { ses, mail, web } = configured;
  const identity = ses.identity ?? "example.com";
  const domain = identity.slice(identity.indexOf("@") + 1);
  const mailFrom = ses.mailFrom ?? `bounce.${domain}`;
  return {
    ...configured,
    sizes: withCounts(configured),
    ses: {
      identity,
      ...(identity === domain ? { mailFrom } : {}),
      onlyThroughEndpoint: ses.onlyThroughEndpoint,
    },
    mail: {
      domain,
      hostname: mail.hostname ?? `mail.${domain}`,
      postmaster: mail.postmaster ?? `postmaster@${domain}`,
      spoolGiB: mail.spoolGiB,
    },
    web: { hostname: web.hostname ?? `webmail.${domain}` },
  };
}

/** With no counts given there is one instance in every zone of the first VPC, and none of them may be missing for long. */
function withCounts({ vpcs, sizes }: Configured): Settings["sizes"] {
  const zones = vpcs.map(({ azs }) => (typeof azs === "number" ? azs : azs.length));
  const fill = ({ instanceType, min, desired }: Configured["sizes"]["bastion"]): RoleSizes => {
    const count = desired ?? Math.max(...zones, min ?? 0);
    return { instanceType, desired: count, min: min ?? count };
  };
  const { bastion, proxy, relay, mailbox, web } = sizes;
  return { bastion: fill(bastion), proxy: fill(proxy), relay, mailbox: fill(mailbox), web: fill(web) };
}

/** What can still be checked: settings with a problem of their own are taken out, and their defaults stand in. */
function without(raw: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return {};
  const bad = new Set(issues.map((issue) => issue.path[0]));
  const known = keysAt(schema, []);
  return Object.fromEntries(Object.entries(raw).filter(([key]) => !bad.has(key) && known.includes(key)));
}

function problemsOf(issue: z.core.$ZodIssue, raw: unknown): Problem[] {
  if (issue.code !== "unrecognized_keys") {
    return [{ path: pathOf(issue.path), value: at(raw, issue.path), ...adviceAt(schema, issue.path) }];
  }
  const known = keysAt(schema, issue.path);
  return issue.keys.map((key) => {
    const meant = nearest(key, known);
    return {
      path: pathOf([...issue.path, key]),
      value: at(raw, [...issue.path, key]),
      limit: `there is no such setting; known here: ${known.join(", ")}`,
      remedy: meant === undefined ? "Remove it." : `Did you mean ${meant}?`,
    };
  });
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}
