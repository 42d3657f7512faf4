import { subnetBlock, tierBlock } from "../network/cidr-plan";
import type { Allowance } from "./allow-list";

export interface SquidArgs {
  readonly vpcCidr: string;
  readonly allowances: readonly Allowance[];
}

export const PROXY_PORT = 3128;

/**
 * squid wants a certificate on a port where it looks into TLS, and shows it, with an error page behind it, to a client whose CONNECT it
 * refuses: its subject tells the reason.
 */
export const REFUSAL_SUBJECT = "/CN=refused by the allow-list of the proxy";
export const PEEK_CERTIFICATE = "/etc/squid/peek.pem";

/** Whatever is no address of the internet: the proxy is no way around the firewalls, nor to its own instance metadata. */
const INSIDE =
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 224.0.0.0/3 ::1/128 fc00::/7 fe80::/10";

/**
 * squid.conf for squid-openssl 5 (M5). Of a TLS connection both the name in CONNECT and the one in the client's hello (SNI) must be
 * allowed, else one could front a foreign site with an allowed name; the connection itself is passed on unread. A hello without a name
 * is refused: for `ssl::server_name` CONNECT's name would stand in. The load balancer keeps the client's address, so a zone's own
 * entries hold whichever proxy answers.
 */
export function renderSquidConf({ vpcCidr, allowances }: SquidArgs): string {
  const rules = allowances.map((allowance, index) => rule(allowance, `list${index}`, vpcCidr));
  return [
    `http_port ${PROXY_PORT} ssl-bump generate-host-certificates=off tls-cert=${PEEK_CERTIFICATE}`,
    "",
    `acl clients src ${tierBlock(vpcCidr, "dmz")}`,
    `acl inside dst ${INSIDE}`,
    "acl port80 port 80",
    "acl port443 port 443",
    "acl connect method CONNECT",
    "acl hello at_step SslBump1",
    "acl named at_step SslBump2",
    'acl keep_sni annotate_transaction sni="%ssl::>sni"',
    "acl no_sni note sni -",
    ...rules.flatMap(({ lists }) => lists),
    "",
    "http_access deny manager",
    "http_access deny !clients",
    "http_access deny inside",
    "http_access deny connect !port443",
    "http_access deny !connect !port80",
    ...rules.map(({ access }) => access),
    "http_access deny all",
    "",
    "ssl_bump peek hello",
    "ssl_bump terminate named keep_sni no_sni",
    ...rules.flatMap(({ splice }) => splice),
    "ssl_bump terminate all",
    "",
    "# Nothing is kept, and nothing tells the outside who asked; a proxy says that it is one (RFC 9110).",
    "cache deny all",
    "visible_hostname proxy",
    "forwarded_for delete",
    "httpd_suppress_version_string on",
    "access_log syslog:daemon.info squid",
    "cache_log /var/log/squid/cache.log",
    "coredump_dir /var/spool/squid",
    "pinger_enable off",
    "shutdown_lifetime 5 seconds",
    "",
  ].join("\n");
}

function rule({ zones, port, names }: Allowance, list: string, vpcCidr: string) {
  const sources = zones?.map((zone) => subnetBlock(vpcCidr, "dmz", zone));
  const from = sources === undefined ? "clients" : `${list}_from`;
  const own = sources === undefined ? [] : [`acl ${from} src ${sources.join(" ")}`];
  // -n: an address in place of a name is no name; it isn't looked up backwards, where its owner decides the answer.
  const lists = [...own, ...names.map((name) => `acl ${list}_name dstdomain -n ${name}`)];
  const access = `http_access allow ${from} port${port} ${list}_name`;
  if (port === 80) return { lists, access, splice: [] };
  const sni = names.map((name) => `acl ${list}_sni ssl::server_name --client-requested ${name}`);
  return { lists: [...lists, ...sni], access, splice: [`ssl_bump splice named ${from} ${list}_sni`] };
}
