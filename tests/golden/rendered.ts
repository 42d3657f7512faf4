import { bastionMachine } from "../../infra/bastion/bastion-machine";
import { renderSshdConfig } from "../../infra/bastion/sshd-config";
import { maintenanceTools } from "../../infra/database/maintenance-tools";
import { machine } from "../../infra/instances/base-machine";
import { renderCloudConfig } from "../../infra/instances/cloud-config";
import { joinParts } from "../../infra/instances/join-parts";
import { allowances } from "../../infra/proxy/allow-list";
import { proxyMachine } from "../../infra/proxy/proxy-machine";
import { renderSquidConf } from "../../infra/proxy/squid-conf";
import { mailboxAndWebFiles } from "./mailbox-and-web";
import { relayFiles } from "./relay";

const base = {
  region: "ap-northeast-1",
  partition: "aws",
  architecture: "arm64",
  logGroup: "main-role-0123456",
} as const;

/** Every file that is rendered for a machine, as a small platform has it: file name to text. */
export function renderedFiles(): Map<string, string> {
  const squidConf = renderSquidConf({
    vpcCidr: "10.0.0.0/16",
    allowances: allowances(
      [
        { host: ".debian.org", ports: [80, 443] },
        { host: "deb.debian.org", ports: [80] },
        { service: "kms", ports: [443] },
        { host: "time.example.org", ports: [443], azs: ["apne1-az1"] },
      ],
      {
        region: "ap-northeast-1",
        azs: [
          { name: "ap-northeast-1c", id: "apne1-az1" },
          { name: "ap-northeast-1a", id: "apne1-az4" },
        ],
      },
    ),
  });
  const bastion = bastionMachine({
    region: "ap-northeast-1",
    hostKeySecretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:main-bastion-host-key-AbCdEf",
    forwardPorts: [22, 5432],
  });
  const secret = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret";
  const tools = maintenanceTools({
    region: "ap-northeast-1",
    host: "main-database.c0123456789a.ap-northeast-1.rds.amazonaws.com",
    port: 5432,
    masterSecretArn: `${secret}:main-database-master-AbCdEf`,
    keyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
    readerSecretArn: `${secret}:main-database-accounts-AbCdEf`,
  });
  const maintained = { ...base, artifactSource: "s3://main-artifacts-0123456/main-bastion" };
  const proxyUrl = "http://main-proxy-0123456789abcdef.elb.ap-northeast-1.amazonaws.com:3128";
  return new Map([
    ["bastion.user-data.yaml", renderCloudConfig(machine({ ...base, proxyUrl }, bastion))],
    ["bastion-maintenance.user-data.yaml", renderCloudConfig(machine({ ...maintained, proxyUrl }, joinParts(bastion, tools)))],
    ["proxy.user-data.yaml", renderCloudConfig(machine(base, proxyMachine(squidConf)))],
    ["squid.conf", squidConf],
    ["sshd_config", renderSshdConfig({ forwardPorts: [22, 5432] })],
    ...mailboxAndWebFiles({ ...base, proxyUrl }),
    ...relayFiles({ ...base, proxyUrl }),
  ]);
}
