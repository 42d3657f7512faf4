import { z } from "zod";
import { given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { bad, type Check, findingOf, good, outside, pending } from "../check";
import type { Rule } from "../rule";

const settings = {
  minimumVersion: z.enum(["1.2", "1.3"]).default("1.2").describe("The oldest TLS version that a listener may accept."),
};

const types = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"];

/** A listener that passes TCP on ends no TLS: what its targets accept isn't seen here. */
export const modernTls: Rule<typeof settings> = {
  id: "modern-tls",
  title: "Load balancers accept no outdated TLS",
  proves:
    "Proves that no TLS or HTTPS listener of an Application or Network Load Balancer accepts a TLS version older than 1.2.",
  why:
    "TLS 1.0 and 1.1 rest on broken ciphers and hashes; RFC 8996 forbids them. " +
    "A listener without a policy of its own gets one that still accepts them.",
  sources: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html",
    "https://www.rfc-editor.org/rfc/rfc8996",
  ],
  fix: 'Set sslPolicy to a policy of TLS 1.2 and 1.3, such as "ELBSecurityPolicy-TLS13-1-2-Res-2021-06".',
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [{ framework: "AWS Foundational Security Best Practices", id: "ELB.17" }],
  tags: ["load balancing", "encryption"],
  settings,
  defers: true,
  notApplicable: "The stack has no listener that ends TLS.",
  judge: ({ links }, { minimumVersion }) =>
    links.ofTypes(...types).flatMap((listener) => {
      const protocol = given(listener, "protocol");
      const question = `it can't be told whether listener ${label(listener)} accepts outdated TLS`;
      const minor = Number(minimumVersion.slice(2));
      const check = policyCheck(listener, minor);
      if (protocol === UNKNOWN)
        return [findingOf(listener, question, [check.answer === "good" ? good : pending("what its protocol is")])];
      // An Application Load Balancer's listener on 443 is HTTPS when it doesn't say, and one with a certificate ends TLS.
      const endsTls = protocol === "HTTPS" || protocol === "TLS" || (protocol === undefined && mayBeHttps(listener));
      return endsTls ? [findingOf(listener, question, [check])] : [];
    }),
};

function mayBeHttps(listener: Resource): boolean {
  return given(listener, "certificateArn") !== undefined || given(listener, "sslPolicy") !== undefined;
}

function policyCheck(listener: Resource, minor: number): Check {
  const policy = given(listener, "sslPolicy");
  const fix = `set sslPolicy: "ELBSecurityPolicy-TLS13-1-${minor}-${minor === 3 ? "2021-06" : "Res-2021-06"}"`;
  if (policy === UNKNOWN) return pending("what its sslPolicy is");
  const accepts = (what: string) => bad(`listener ${label(listener)} accepts TLS older than 1.${minor}: ${what}`, fix);
  if (policy === undefined) return accepts("sslPolicy isn't set, which means ELBSecurityPolicy-2016-08");
  const oldest = oldestVersion(policy);
  if (oldest === undefined) return outside(`what its sslPolicy ${JSON.stringify(policy)} accepts`);
  return oldest >= minor ? good : accepts(`its sslPolicy ${JSON.stringify(policy)} accepts 1.${oldest}`);
}

/**
 * The minor number of the oldest TLS version that a predefined policy accepts, which its name tells: `TLS13-1-2` and `FS-1-2` begin with 1.2; names without
 * a version are older than that habit and begin with 1.0. Undefined for a name of another form.
 */
export function oldestVersion(policy: unknown): number | undefined {
  if (typeof policy !== "string") return undefined;
  if (/^ELBSecurityPolicy-(FS-)?\d{4}-\d{2}$/.test(policy)) return 0;
  const version = /^ELBSecurityPolicy-(?:TLS13|TLS|FS)-1-([0-3])-/.exec(policy)?.[1];
  return version === undefined ? undefined : Number(version);
}
