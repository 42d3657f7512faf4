import { healthChecked } from "./availability/health-checked";
import { natPerAz } from "./availability/nat-per-az";
import { redundantBastions } from "./availability/redundant-bastions";
import { spreadOverAzs } from "./availability/spread-over-azs";
import { survivesAzLoss } from "./availability/survives-az-loss";
import { modernTls } from "./balancing/modern-tls";
import { dataProtected } from "./data/data-protected";
import { encryptedAtRest } from "./data/encrypted-at-rest";
import { instanceMetadataV2 } from "./instances/instance-metadata-v2";
import { noSecretsInUserData } from "./instances/no-secrets-in-user-data";
import { bounceNotifications } from "./mail/bounce-notifications";
import { dkimAndMailFrom } from "./mail/dkim-and-mail-from";
import { reputationAlarms } from "./mail/reputation-alarms";
import { smtpCredentialsPrivate } from "./mail/smtp-credentials-private";
import { smtpTlsRequired } from "./mail/smtp-tls-required";
import { adminAccessFromOperatorsOnly } from "./network/admin-access-from-operators-only";
import { communicationsExclusive } from "./network/communications-exclusive";
import { communicationsImplemented } from "./network/communications-implemented";
import { dbFromDeclaredPartiesOnly } from "./network/db-from-declared-parties-only";
import { dbNoInternetEgress } from "./network/db-no-internet-egress";
import { dbNoInternetIngress } from "./network/db-no-internet-ingress";
import { defaultFirewallsClosed } from "./network/default-firewalls-closed";
import { egressThroughProxyOnly } from "./network/egress-through-proxy-only";
import { flowLogs } from "./network/flow-logs";
import { internetFacingAtTheEdgeOnly } from "./network/internet-facing-at-the-edge-only";
import { publicAddressesAtTheEdgeOnly } from "./network/public-addresses-at-the-edge-only";
import { sesOverPrivateEndpoint } from "./network/ses-over-private-endpoint";
import { requiredTags } from "./tags/required-tags";
import { securityGroupRulesExplicit } from "./network/security-group-rules-explicit";
import type { Rule } from "./rule";

/** Every rule of the pack. */
export const rules: readonly Rule[] = [
  adminAccessFromOperatorsOnly,
  bounceNotifications,
  communicationsExclusive,
  communicationsImplemented,
  dataProtected,
  dbFromDeclaredPartiesOnly,
  dbNoInternetEgress,
  dbNoInternetIngress,
  defaultFirewallsClosed,
  dkimAndMailFrom,
  egressThroughProxyOnly,
  encryptedAtRest,
  flowLogs,
  healthChecked,
  instanceMetadataV2,
  internetFacingAtTheEdgeOnly,
  modernTls,
  natPerAz,
  noSecretsInUserData,
  publicAddressesAtTheEdgeOnly,
  redundantBastions,
  reputationAlarms,
  requiredTags,
  sesOverPrivateEndpoint,
  securityGroupRulesExplicit,
  smtpCredentialsPrivate,
  smtpTlsRequired,
  spreadOverAzs,
  survivesAzLoss,
];
