import type { AccountsAccess } from "../../infra/database/accounts-access";
import { machine, type BaseMachine } from "../../infra/instances/base-machine";
import { renderCloudConfig, type MachineFile } from "../../infra/instances/cloud-config";
import { mailboxMachine } from "../../infra/mailbox/mailbox-machine";
import { APPLICATION } from "../../infra/web/application";
import { webMachine } from "../../infra/web/web-machine";

const region = "ap-northeast-1";
const inside = "main-internal-mail-0123456789abcdef.elb.ap-northeast-1.amazonaws.com";

const accounts: AccountsAccess = {
  region,
  host: "main-database.c0123456789a.ap-northeast-1.rds.amazonaws.com",
  port: 5432,
  database: "dejima",
  user: "dejima_accounts",
  secretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:main-database-accounts-AbCdEf",
};

/** The files of mailbox and web machines: name to text. */
export function mailboxAndWebFiles(base: BaseMachine & { readonly proxyUrl: string }): [string, string][] {
  const settings = {
    region,
    hostname: "mail.example.com",
    postmaster: "postmaster@example.com",
    webmailCidr: "10.0.0.0/18",
  };
  const certificateArn = "arn:aws:acm:ap-northeast-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
  const mailbox = mailboxMachine({
    ...settings,
    accounts,
    tls: { kind: "acm", certificateArn },
    proxyUrl: base.proxyUrl,
    mailStoreHost: "fs-0123456789abcdef0.efs.ap-northeast-1.amazonaws.com",
  });
  const web = webMachine(
    {
      hostname: "webmail.example.com",
      mailHostname: "mail.example.com",
      balancerCidr: "10.0.64.0/19",
      imapHost: inside,
      submissionHost: inside,
    },
    APPLICATION,
  );
  const artifactSource = "s3://main-artifacts-0123456/main-mailbox";
  return [
    ["mailbox.user-data.yaml", renderCloudConfig(machine({ ...base, artifactSource }, mailbox))],
    ["web.user-data.yaml", renderCloudConfig(machine(base, web))],
    ...below("mailbox", [...mailbox.artifacts, ...mailbox.files]),
    ...below("web", web.files),
  ];
}

/** The configuration files; scripts and units of the shared machine are read in the user data. */
function below(folder: string, files: readonly MachineFile[]): [string, string][] {
  return files
    .filter(({ path }) => /^\/etc\/(dovecot|nginx|dejima|systemd\/system\/(srv-mail|dejima-mail|dovecot))/.test(path))
    .map(({ path, content }) => [`${folder}${path}`, content]);
}
