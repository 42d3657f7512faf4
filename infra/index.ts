import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Bastion } from "./bastion/bastion";
import { communicationsOutput } from "./communications";
import { loadSettings, type Settings, type VpcSettings } from "./config";
import { Database } from "./database/database";
import { ArtifactStore } from "./instances/artifact-store";
import { lookUpRegion } from "./network/region-facts";
import { Vpc } from "./network/vpc";
import { chooseZones } from "./network/zones";
import { Proxy } from "./proxy/proxy";

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
  const { region, allowList, sizes, image, database, flowLogs } = settings;
  const { name, cidrBlock, nat } = network;
  const provider = new aws.Provider(region, { region: region as aws.Region });
  const options = { providers: { aws: provider } };
  const facts = await lookUpRegion(region, { provider });
  const { partition } = facts;

  const vpc = new Vpc(
    name,
    {
      cidrBlock,
      nat,
      facts,
      azs: chooseZones("vpcs[0].azs", network.azs, facts.zones),
      communications: settings,
      flowLogRetentionDays: flowLogs.retentionDays,
    },
    options,
  );
  const machines = { vpc, region, partition, release: image.release };
  const proxy = new Proxy(`${name}-proxy`, { ...machines, sizes: sizes.proxy, allowList }, options);
  const artifacts = new ArtifactStore(`${name}-artifacts`, options);
  const accounts = new Database(`${name}-database`, { vpc, region, ...database }, options);
  const bastion = new Bastion(
    `${name}-bastion`,
    { ...machines, proxy, artifacts, database: accounts, sizes: sizes.bastion, communications: settings },
    options,
  );

  return {
    bastionAddress: bastion.address,
    proxyUrl: proxy.url,
    databaseEndpoint: accounts.endpoint,
    databaseSecretArn: accounts.secretArn,
  };
}
