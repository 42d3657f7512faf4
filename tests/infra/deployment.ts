import * as pulumi from "@pulumi/pulumi";
import { setAllConfig } from "@pulumi/pulumi/runtime";
import program from "../../infra/index";
import { ARTIFACT_ANSWERS, BALANCER_ANSWERS, DATABASE_ANSWERS, IMAGE_CALLS, MACHINE_ANSWERS } from "./answers";
import { record, type Answers, type Calls, type Recorded } from "./mocks";
import { VPC_ANSWERS } from "./network/vpc-resources";

const ZONES = { names: ["z1", "z2", "z3"], zoneIds: ["apne3-az1", "apne3-az2", "apne3-az3"] };

/** What nobody but a secret may hold; every password that Secrets Manager draws begins like this. */
export const PASSWORD = "drawn0by0secrets0manager";
export const ACCESS_KEY = "planted0access0key";

const arn = ({ name }: { name: string }) => ({ arn: `arn:${name}`, name });
const nothing = () => ({});

const MAIL_ANSWERS: Answers = {
  "aws:sns/topic:Topic": arn,
  "aws:sns/topicPolicy:TopicPolicy": nothing,
  "aws:sns/topicSubscription:TopicSubscription": nothing,
  "aws:sqs/queue:Queue": ({ name }) => ({ ...arn({ name }), url: `https://queue/${name}` }),
  "aws:sqs/queuePolicy:QueuePolicy": nothing,
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": nothing,
  "aws:cloudwatch/metricAlarm:MetricAlarm": arn,
  "aws:lambda/function:Function": arn,
  "aws:lambda/permission:Permission": nothing,
  "aws:sesv2/configurationSet:ConfigurationSet": arn,
  "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination": nothing,
  "aws:sesv2/emailIdentity:EmailIdentity": ({ name }) => ({
    ...arn({ name }),
    dkimSigningAttributes: { tokens: ["one", "two", "three"] },
  }),
  "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes": nothing,
  "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes": nothing,
  "aws:iam/user:User": arn,
  "aws:iam/userPolicy:UserPolicy": nothing,
  "aws:iam/accessKey:AccessKey": () => ({ secret: ACCESS_KEY }),
  "aws:acm/certificate:Certificate": ({ name }) => ({
    ...arn({ name }),
    domainValidationOptions: [{ resourceRecordName: `_x.${name}`, resourceRecordValue: "_y.acm.example." }],
  }),
  "aws:acm/certificateValidation:CertificateValidation": nothing,
  "aws:efs/fileSystem:FileSystem": ({ name }) => ({ ...arn({ name }), dnsName: `${name}.efs.example` }),
  "aws:efs/fileSystemPolicy:FileSystemPolicy": nothing,
  "aws:efs/backupPolicy:BackupPolicy": nothing,
  "aws:efs/mountTarget:MountTarget": nothing,
  "aws:ebs/volume:Volume": ({ name }) => ({ arn: `arn:aws:ec2:ap-northeast-3:123456789012:volume/${name}` }),
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": nothing,
  "aws:route53/record:Record": () => ({ fqdn: "x" }),
  "awsx:lb:ApplicationLoadBalancer": ({ name }) => ({
    loadBalancer: { arn: `arn:aws:alb:${name}`, dnsName: `${name}.elb.example`, zoneId: "Z14GRHDCWA56QT" },
    defaultTargetGroup: { arn: `arn:aws:targets:${name}` },
  }),
};

const ANSWERS = {
  ...ARTIFACT_ANSWERS,
  ...VPC_ANSWERS,
  ...MACHINE_ANSWERS,
  ...BALANCER_ANSWERS,
  ...DATABASE_ANSWERS,
  ...MAIL_ANSWERS,
  "pulumi:providers:aws": () => ({}),
};

let draws = 0;

const CALLS: Calls = {
  ...IMAGE_CALLS,
  "aws:secretsmanager/getRandomPassword:getRandomPassword": () => ({ randomPassword: `${PASSWORD}${++draws}` }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": () => ZONES,
  "aws:ec2/getVpcEndpointService:getVpcEndpointService": () => ({ availabilityZones: ZONES.names }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "123456789012" }),
  "aws:index/getPartition:getPartition": () => ({ partition: "aws" }),
  "aws:route53/getZone:getZone": () => ({ name: "example.com", privateZone: false }),
};

/** A stack that has little of the defaults. Who mail is from is the only setting without one. */
export const OSAKA = {
  ses: { identity: "example.com" },
  region: "ap-northeast-3",
  vpcs: [{ name: "osaka", cidrBlock: "10.1.0.0/16", azs: ["apne3-az1", "apne3-az3"], nat: "regional" }],
  operators: ["198.51.100.7/32"],
  sizes: { bastion: { instanceType: "t3.small", min: 2, desired: 4 }, proxy: { min: 3, desired: 5 } },
  database: { instanceClass: "db.m7g.large", allocatedStorage: 100, backupRetentionDays: 35, multiAz: false },
  flowLogs: { retentionDays: 400 },
  logs: { retentionDays: 30 },
  image: { amis: { proxy: "ami-0123456789abcdef0" } },
};

export interface Deployment {
  readonly resources: Recorded[];
  readonly outputs: Record<string, unknown>;
  /** The providers that data sources were asked of. */
  readonly asked: string[];
}

/** As Pulumi hands a stack's configuration over. */
export function configure(config: Record<string, unknown>): void {
  const pairs = Object.entries(config).map(([key, value]) => [`dejima:${key}`, JSON.stringify(value)]);
  setAllConfig(Object.fromEntries(pairs) as Record<string, string>);
}

/** The whole program under mocks; `calls` answers some data sources otherwise. */
export async function deployed(config: Record<string, unknown>, calls: Calls = {}): Promise<Deployment> {
  configure(config);
  const asked = new Set<string>();
  const answers = Object.entries({ ...CALLS, ...calls }).map(([token, answer]): [string, Calls[string]] => [
    token,
    (inputs, provider) => {
      asked.add(provider);
      return answer(inputs, provider);
    },
  ]);
  let outputs: Record<string, unknown> = {};
  const resources = await record(
    ANSWERS,
    async () => {
      const given = pulumi.output(await program());
      outputs = await new Promise((resolve) => given.apply(resolve));
    },
    Object.fromEntries(answers),
  );
  return { resources, outputs, asked: [...asked] };
}
