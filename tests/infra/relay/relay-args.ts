import type { RelayMachineArgs } from "../../../infra/relay/relay-machine";

/** A relay as the tests render it. */
export const RELAY: RelayMachineArgs = {
  hostname: "mail.example.com",
  postmaster: "postmaster@example.com",
  mailStore: { host: "mailstore.internal", port: 24 },
  smtp: { host: "email-smtp.ap-northeast-1.amazonaws.com", port: 587 },
  vpcCidr: "10.0.0.0/16",
  region: "ap-northeast-1",
  proxyUrl: "http://proxy.internal:3128",
  tls: { kind: "acm", certificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/c-1" },
  accounts: {
    region: "ap-northeast-1",
    host: "database.internal",
    port: 5432,
    database: "dejima",
    user: "dejima_accounts",
    secretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:accounts-abcdef",
  },
  smtpSecretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:smtp-abcdef",
  sender: "example.com",
  identity: "dejima-test-main-relay",
};
