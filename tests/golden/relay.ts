import { RDS_CA_FILE } from "../../infra/database/ca-bundle";
import { machine, type BaseMachine } from "../../infra/instances/base-machine";
import { renderCloudConfig } from "../../infra/instances/cloud-config";
import { relayMachine } from "../../infra/relay/relay-machine";

/** The files of relays: name to text. */
export function relayFiles(base: BaseMachine & { readonly proxyUrl: string }): [string, string][] {
  const relay = relayMachine({
    hostname: "mail.example.com",
    postmaster: "postmaster@example.com",
    mailStore: { host: "main-internal-mail-0123456789abcdef.elb.ap-northeast-1.amazonaws.com", port: 24 },
    smtp: { host: "email-smtp.ap-northeast-1.amazonaws.com", port: 587 },
    vpcCidr: "10.0.0.0/16",
    region: base.region,
    proxyUrl: base.proxyUrl,
    tls: {
      kind: "acm",
      certificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    },
    accounts: {
      region: base.region,
      host: "main-database.c0123456789a.ap-northeast-1.rds.amazonaws.com",
      port: 5432,
      database: "dejima",
      user: "dejima_accounts",
      secretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:main-database-accounts-AbCdEf",
    },
    smtpSecretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:main-smtp-AbCdEf",
    sender: "example.com",
    identity: "dejima-dev-main-relay",
  });
  const artifactSource = "s3://main-artifacts-0123456/main-relay";
  return [
    ["relay.user-data.yaml", renderCloudConfig(machine({ ...base, artifactSource }, relay))],
    ...relay.artifacts
      .filter(({ path }) => path !== RDS_CA_FILE)
      .map(({ path, content }): [string, string] => [`relay${path}`, content]),
  ];
}
