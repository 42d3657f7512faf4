import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Bastion } from "./bastion/bastion";
import { communicationsOutput } from "./communications";
import { loadSettings, type AllowListEntry, type Settings, type VpcSettings } from "./config";
import { Database } from "./database/database";
import { publishRecords } from "./dns/dns";
import { checkZone } from "./dns/hosted-zone";
import { ArtifactStore } from "./instances/artifact-store";
import { MailBalancers } from "./loadbalancing/mail-balancers";
import { WebBalancer } from "./loadbalancing/web-balancer";
import { MailStore } from "./mailbox/mail-store";
import { Mailbox } from "./mailbox/mailbox";
import { lookUpRegion } from "./network/region-facts";
import { Vpc } from "./network/vpc";
import { chooseZones } from "./network/zones";
import { nextSteps } from "./next-steps";
import { Notifications } from "./notifications/notifications";
import { Proxy } from "./proxy/proxy";
import { Relay } from "./relay/relay";
import { Ses } from "./ses/ses";
import { tlsSources } from "./tls/tls-sources";
import { HEALTH_PATH } from "./web/nginx-conf";
import { Web } from "./web/web";

/** The platform of one stack: a network, the one way out of it, SES and what it tells of, mail and web servers, and the stores behind them. */
export = async (): Promise<pulumi.Inputs> => {
  // The SDK keeps a stack trace of every promise, and mapping them back to TypeScript takes a fifth of a preview's time. Three lines still
  // say where an error comes from; where the SDK notes the source of a resource, it asks for the whole trace by itself.
  Error.stackTraceLimit = 3;
  const settings = loadSettings(new pulumi.Config());
  const [network] = settings.vpcs;
  if (network === undefined) throw new RangeError("parseSettings lets no stack without a VPC pass");
  const platform = await deploy(settings, network);
  // As one text: the CLI shows outputs after every deployment, and of a long text only the beginning.
  return { communications: JSON.stringify(communicationsOutput(settings)), ...platform };
};

async function deploy(settings: Settings, network: VpcSettings): Promise<pulumi.Inputs> {
  const { region, sizes, mail, dns, deletionProtection } = settings;
  const { name } = network;
  const provider = new aws.Provider(region, { region: region as aws.Region });
  const options = { providers: { aws: provider } };
  const facts = await lookUpRegion(region, { provider });
  if (dns !== undefined) await checkZone(dns, { provider });

  const artifacts = new ArtifactStore(`${name}-artifacts`, options);
  const vpc = new Vpc(
    name,
    {
      ...network,
      facts,
      azs: chooseZones("vpcs[0].azs", network.azs, facts.zones),
      communications: settings,
      artifactsArn: artifacts.bucketArn,
      flowLogRetentionDays: settings.flowLogs.retentionDays,
    },
    options,
  );
  const machines = {
    ...settings.image,
    vpc,
    artifacts,
    region,
    partition: facts.partition,
    logRetentionDays: settings.logs.retentionDays,
  };
  const proxy = new Proxy(
    `${name}-proxy`,
    { ...machines, sizes: sizes.proxy, allowList: allowListOf(settings) },
    options,
  );

  const configurationSetName = `${pulumi.getProject()}-${pulumi.getStack()}-${name}`;
  const notifications = new Notifications(
    `${name}-notifications`,
    {
      account: facts,
      configurationSetName,
      emails: settings.notifications.emails,
      ...settings.alarms,
      logRetentionDays: settings.logs.retentionDays,
    },
    options,
  );
  const ses = new Ses(
    `${name}-ses`,
    {
      ...settings.ses,
      region,
      configurationSetName,
      topicArns: notifications.topicArns,
      vpcEndpointId: vpc.endpointId("email-smtp"),
    },
    options,
  );

  const tls = tlsSources(name, settings, options);
  const mailBalancers = new MailBalancers(`${name}-mail`, { vpc, deletionProtection }, options);
  const webBalancer = new WebBalancer(
    `${name}-web`,
    {
      vpcId: vpc.vpcId,
      subnetIds: vpc.subnetIds("edge"),
      securityGroupId: vpc.securityGroupId("web-alb"),
      certificateArn: tls.webCertificateArn,
      healthPath: HEALTH_PATH,
      deletionProtection,
      after: vpc.ready,
    },
    options,
  );

  const database = new Database(`${name}-database`, { vpc, region, ...settings.database, deletionProtection }, options);
  const mailStore = new MailStore(`${name}-mailstore`, { vpc, deletionProtection }, options);

  const servers = { ...machines, ...mail, proxy, accounts: database.accounts, tls: tls.mail };
  const inside = mailBalancers.internal;
  new Relay(
    `${name}-relay`,
    {
      ...servers,
      instanceType: sizes.relay.instanceType,
      sender: settings.ses.identity,
      smtp: ses.smtp,
      smtpSecretArn: ses.smtpSecretArn,
      mailStoreHost: inside.dnsName,
      targetGroupArns: mailBalancers.relayTargets,
      alarmTopicArn: notifications.alarmTopicArn,
      bootsAfter: [mailBalancers, database, ses],
    },
    options,
  );
  new Mailbox(
    `${name}-mailbox`,
    {
      ...servers,
      sizes: sizes.mailbox,
      mailStore,
      targetGroupArns: mailBalancers.mailboxTargets,
      bootsAfter: [mailBalancers, database],
    },
    options,
  );
  new Web(
    `${name}-web`,
    {
      ...machines,
      proxy,
      sizes: sizes.web,
      hostname: settings.web.hostname,
      mailHostname: mail.hostname,
      imap: inside.dnsName,
      submission: inside.dnsName,
      targetGroupArns: [webBalancer.targetGroupArn],
      bootsAfter: [mailBalancers, webBalancer],
    },
    options,
  );
  const bastion = new Bastion(
    `${name}-bastion`,
    { ...machines, proxy, database, sizes: sizes.bastion, communications: settings },
    options,
  );

  const dnsRecords = publishRecords(
    `${name}-dns`,
    {
      settings,
      dkimTokens: ses.dkimTokens,
      mailBalancer: mailBalancers.internetFacing,
      webBalancer,
      proofs: tls.proofs,
    },
    options,
  );
  return {
    bastionAddress: bastion.address,
    proxyUrl: proxy.url,
    databaseEndpoint: database.endpoint,
    databaseSecretArn: database.secretArn,
    notificationQueueUrl: notifications.queueUrl,
    dnsRecords,
    nextSteps: pulumi
      .all([bastion.address, dnsRecords])
      .apply(([bastionAddress, records]) => nextSteps({ settings, bastionAddress, records })),
  };
}

/** The export of the mail names' key goes to ACM through the proxies. */
function allowListOf({ allowList, tls }: Settings): AllowListEntry[] {
  const acm: AllowListEntry = { service: "acm", ports: [443], purpose: "the key of the mail names" };
  return tls.source === "acm" ? [...allowList, acm] : [...allowList];
}
