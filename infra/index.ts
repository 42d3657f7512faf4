import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Bastion } from "./bastion/bastion";
import { communicationsOutput } from "./communications";
import { loadSettings, type AllowListEntry, type Settings, type VpcSettings } from "./config";
import { Database } from "./database/database";
import { mailRecords } from "./dns/mail-records";
import { ZoneRecords } from "./dns/zone-records";
import { ArtifactStore } from "./instances/artifact-store";
import { MailBalancers } from "./loadbalancing/mail-balancers";
import { WebBalancer } from "./loadbalancing/web-balancer";
import { MailStore } from "./mailbox/mail-store";
import { lookUpRegion } from "./network/region-facts";
import { Vpc } from "./network/vpc";
import { chooseZones } from "./network/zones";
import { nextSteps, recordsToCreate } from "./next-steps";
import { Notifications } from "./notifications/notifications";
import { Proxy } from "./proxy/proxy";
import { Sender } from "./ses/sender";
import { SmtpUser } from "./ses/smtp-user";
import { tlsSources } from "./tls/tls-sources";

/** The platform of one stack: a VPC, the one way out of it, the way in for operators, and the database behind both. */
export = async (): Promise<pulumi.Inputs> => {
  // The SDK keeps a stack trace of every promise, and mapping them back to TypeScript takes a fifth of a preview's time. Three lines still
  // say where an error comes from; where the SDK notes the source of a resource, it asks for the whole trace by itself.
  Error.stackTraceLimit = 3;
  const settings = loadSettings(new pulumi.Config());
  const [network] = settings.vpcs;
  if (network === undefined) throw new RangeError("parseSettings lets no stack without a VPC pass");
  const platform = await deploy(settings, network);
  return { communications: communicationsOutput(settings), ...platform };
};

async function deploy(settings: Settings, network: VpcSettings): Promise<pulumi.Inputs> {
  const { region, sizes, image, database, deletionProtection } = settings;
  const { name } = network;
  const provider = new aws.Provider(region, { region: region as aws.Region });
  const options = { providers: { aws: provider } };
  const facts = await lookUpRegion(region, { provider });
  const { partition } = facts;

  const vpc = new Vpc(
    name,
    {
      ...network,
      facts,
      azs: chooseZones("vpcs[0].azs", network.azs, facts.zones),
      communications: settings,
      flowLogRetentionDays: settings.flowLogs.retentionDays,
    },
    options,
  );
  const artifacts = new ArtifactStore(`${name}-artifacts`, options);
  const machines = { vpc, region, partition, release: image.release };
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
  const sender = new Sender(
    `${name}-sender`,
    { ...settings.ses, configurationSetName, topicArns: notifications.topicArns },
    options,
  );
  new SmtpUser(
    `${name}-smtp`,
    {
      region,
      identityArn: sender.identityArn,
      configurationSetArn: sender.configurationSetArn,
      vpcEndpointId: settings.ses.onlyThroughEndpoint ? vpc.endpointId("email-smtp") : undefined,
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
      healthPath: "/healthz",
      deletionProtection,
      after: vpc.ready,
    },
    options,
  );

  const accounts = new Database(`${name}-database`, { vpc, region, ...database, deletionProtection }, options);
  new MailStore(`${name}-mailstore`, { vpc, deletionProtection }, options);
  const bastion = new Bastion(
    `${name}-bastion`,
    { ...machines, proxy, artifacts, database: accounts, sizes: sizes.bastion, communications: settings },
    options,
  );

  const records = [
    ...mailRecords({
      region,
      domain: settings.mail.domain,
      signs: settings.ses.mailFrom !== undefined,
      mailFrom: settings.ses.mailFrom,
      dkimTokens: sender.dkimTokens,
      hostname: settings.mail.hostname,
      webHostname: settings.web.hostname,
      postmaster: settings.mail.postmaster,
      mailBalancer: mailBalancers.internetFacing,
      webBalancer,
    }),
    ...tls.proofs,
  ];
  if (settings.dns !== undefined) new ZoneRecords(`${name}-dns`, { zoneId: settings.dns.zoneId, records }, options);
  const toCreate = recordsToCreate(settings.dns === undefined ? records : []);

  return {
    bastionAddress: bastion.address,
    proxyUrl: proxy.url,
    databaseEndpoint: accounts.endpoint,
    databaseSecretArn: accounts.secretArn,
    notificationQueueUrl: notifications.queueUrl,
    dnsRecords: toCreate,
    nextSteps: pulumi
      .all([bastion.address, toCreate])
      .apply(([bastionAddress, records]) => nextSteps({ settings, bastionAddress, records })),
  };
}

/** The export of the mail names' key goes to ACM through the proxies. */
function allowListOf({ allowList, tls }: Settings): AllowListEntry[] {
  const acm: AllowListEntry = { service: "acm", ports: [443], purpose: "the key of the mail names" };
  return tls.source === "acm" ? [...allowList, acm] : [...allowList];
}
