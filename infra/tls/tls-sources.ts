import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../config";
import type { DnsRecord } from "../dns/record";
import { Certificate } from "./certificate";
import type { TlsSource } from "./mail-tls";

export interface TlsSources {
  /** Where relays and mailbox servers fetch chain and key of the mail names. */
  readonly mail: pulumi.Output<TlsSource>;
  /** The certificate of the web's name in ACM. */
  readonly webCertificateArn: pulumi.Output<string>;
  /** Records that prove the names to ACM, where a person must create them. */
  readonly proofs: readonly DnsRecord[];
}

/** Certificates of ACM, or what the configuration names instead. Throws a RangeError for settings that the checks don't let pass. */
export function tlsSources(
  name: string,
  { tls, mail, web, dns }: Pick<Settings, "tls" | "mail" | "web" | "dns">,
  options: pulumi.ComponentResourceOptions,
): TlsSources {
  const { source, secretArn, webCertificateArn } = tls;
  const zoneId = dns?.zoneId;
  const certificate = (use: string, domainName: string, exportable: boolean) =>
    new Certificate(`${name}-${use}`, { domainName, exportable, zoneId }, options);
  const webCertificate = webCertificateArn === undefined ? certificate("web", web.hostname, false) : undefined;
  const webArn = webCertificate?.arn ?? pulumi.output(webCertificateArn ?? "");
  if (source === "secret") {
    if (secretArn === undefined) throw new RangeError("tls.secretArn is missing");
    return { mail: pulumi.output({ kind: "secret", secretArn } as const), webCertificateArn: webArn, proofs: [] };
  }
  const mailCertificate = certificate("mail", mail.hostname, true);
  const made = { mail: mailCertificate, web: webCertificate };
  return {
    mail: mailCertificate.arn.apply((certificateArn) => ({ kind: "acm", certificateArn }) as const),
    webCertificateArn: webArn,
    proofs:
      zoneId === undefined
        ? Object.entries(made).flatMap(([use, one]) => (one === undefined ? [] : [proof(use, one)]))
        : [],
  };
}

function proof(use: string, { validation }: Certificate): DnsRecord {
  return { key: `${use}-certificate`, type: "CNAME", ...validation, purpose: `proves the ${use} name to ACM` };
}
