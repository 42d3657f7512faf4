import { TLS_CHAIN, TLS_KEY } from "../tls/mail-tls";
import { DOMAINS, MAILBOXES, RECIPIENTS, ROLE_ADDRESSES, SENDERS } from "./accounts";
import { SES_HEADERS, SES_REPLIES } from "./ses-tables";
import { SES_PASSWORD_MAP } from "./ses-password";

export interface MainCfArgs {
  /** The name that the machine gives itself, which the MX record and its certificate have too. */
  readonly hostname: string;
  /** An account or alias of a served domain: it gets the mail that nobody else can get. */
  readonly postmaster: string;
  /** Where mail of the served domains goes by LMTP. */
  readonly mailStore: { readonly host: string; readonly port: number };
  /** Where all other mail goes by SMTP submission. */
  readonly smtp: { readonly host: string; readonly port: number };
  /** The platform's own addresses: health checks and webmail, whose many users share few addresses. */
  readonly vpcCidr: string;
}

/**
 * SES takes 40 MB after encoding; what it wouldn't take is refused where it comes in, so that its sender is told at once.
 * https://docs.aws.amazon.com/ses/latest/dg/quotas.html
 */
const MESSAGE_BYTES = 40_000_000;

/** To, Cc and Bcc of one message: https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
const SES_RECIPIENTS = 50;

/** Logins and failed logins a minute and client address. */
const LOGINS_A_MINUTE = 30;

/**
 * main.cf for Postfix 3.7. Queue lifetimes stay at Postfix's five days (RFC 5321 section 4.5.4.1). There is no postscreen: its tests
 * after the greeting delay unknown clients, and what it would refuse before costs these machines little.
 */
export function renderMainCf(args: MainCfArgs): string {
  return [general(args), destinations(args), reception(args), restrictions(), delivery(args)].join("\n");
}

function general({ hostname }: MainCfArgs): string {
  return `compatibility_level = 3.6
myhostname = ${hostname}
myorigin = $myhostname
mynetworks = 127.0.0.0/8
inet_interfaces = all
inet_protocols = ipv4
biff = no
append_dot_mydomain = no
# Neither SES nor Dovecot 2.3 takes such addresses: without it a client learns that at once.
smtputf8_enable = no
# Never used twice, though every machine of the zone writes into the same queue.
enable_long_queue_ids = yes
message_size_limit = ${MESSAGE_BYTES}
`;
}

/** Nobody has a mailbox on this machine; its own reports go to the postmaster. */
function destinations({ hostname, postmaster, mailStore }: MainCfArgs): string {
  // A name that is a served domain too has its accounts; Postfix takes no name for both kinds of domain.
  const machineName = postmaster.endsWith(`@${hostname}`) ? "" : " $myhostname";
  const roles = ["postmaster", "abuse", "root"].map((role) => `{ ${role}@$myhostname = ${postmaster} }`);
  return `mydestination =
local_transport = error:5.1.1 there are no mailboxes on this machine
alias_maps =
alias_database =
recipient_delimiter = +
virtual_alias_domains =${machineName}
virtual_alias_maps = inline:{ ${roles.join(", ")} },
  ${RECIPIENTS}, ${ROLE_ADDRESSES}
virtual_mailbox_domains = ${DOMAINS}
virtual_mailbox_maps = ${MAILBOXES}
virtual_transport = lmtp:inet:[${mailStore.host}]:${mailStore.port}
# The balancer's name is not in the mailboxes' certificate; the network proves who answers there.
lmtp_tls_security_level = encrypt
lmtp_tls_mandatory_protocols = >=TLSv1.2
# What can't be returned to its sender is reported to the postmaster.
notify_classes = 2bounce, resource, software
`;
}

function reception({ vpcCidr }: MainCfArgs): string {
  return `smtpd_banner = $myhostname ESMTP
smtpd_helo_required = yes
disable_vrfy_command = yes
# Line ends that other servers read differently: https://www.postfix.org/smtp-smuggling.html
smtpd_forbid_bare_newline = normalize
# A stranger who asks for a receipt would get a report from the null sender.
smtpd_discard_ehlo_keywords = silent-discard, dsn, etrn
smtpd_client_auth_rate_limit = ${LOGINS_A_MINUTE}
smtpd_client_event_limit_exceptions = $mynetworks, ${vpcCidr}
smtpd_tls_chain_files = ${TLS_KEY}, ${TLS_CHAIN}
smtpd_tls_security_level = may
smtpd_tls_mandatory_protocols = >=TLSv1.2
smtpd_tls_auth_only = yes
smtpd_tls_received_header = yes
smtpd_tls_loglevel = 1
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_sender_login_maps = ${SENDERS}
# A user's program may leave out date and message id: RFC 6409 section 8.
local_header_rewrite_clients = permit_sasl_authenticated
`;
}

/** Whatever can be refused is refused while the client listens: mail that was accepted could only be returned, often to a stranger. */
function restrictions(): string {
  return `unknown_address_reject_code = 550
smtpd_helo_restrictions = reject_invalid_helo_hostname, reject_non_fqdn_helo_hostname
smtpd_sender_restrictions = reject_non_fqdn_sender, reject_unknown_sender_domain
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = reject_non_fqdn_recipient, reject_unlisted_recipient
smtpd_data_restrictions = reject_unauth_pipelining
submission_sender_restrictions = reject_non_fqdn_sender, reject_sender_login_mismatch
submission_recipient_restrictions = reject_non_fqdn_recipient, reject_unknown_recipient_domain, reject_unlisted_recipient
`;
}

function delivery({ smtp }: MainCfArgs): string {
  return `relayhost = [${smtp.host}]:${smtp.port}
# SES answers 501 to the null sender. From users such mail is refused, and reports of our own go to the postmaster.
sender_dependent_default_transport_maps = inline:{ { <> = error:5.7.1 reports leave for nowhere but the served domains } }
smtp_destination_recipient_limit = ${SES_RECIPIENTS}
smtp_tls_security_level = secure
smtp_tls_mandatory_protocols = >=TLSv1.2
smtp_tls_CAfile = /etc/ssl/certs/ca-certificates.crt
smtp_tls_loglevel = 1
smtp_sasl_auth_enable = yes
smtp_sasl_password_maps = texthash:${SES_PASSWORD_MAP}
smtp_sasl_mechanism_filter = plain, login
smtp_sasl_tls_security_options = noanonymous
smtp_reply_filter = regexp:${SES_REPLIES}
smtp_header_checks = regexp:${SES_HEADERS}
`;
}
