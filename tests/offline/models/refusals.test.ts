import { strict as assert } from "node:assert";
import type { Props } from "../../../offline/model";
import { Account, refusal } from "./account";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";

/** What a case needs around it. */
type Around = (account: Account) => Promise<void>;

const nothing: Around = () => Promise.resolve();

const network: Around = async (account) => {
  await account.create(VPC, "vpc", { cidrBlock: "10.0.0.0/16" });
  await account.create("aws:ec2/internetGateway:InternetGateway", "igw", { vpcId: "${vpc.id}" });
  for (const [name, third] of [
    ["a", 0],
    ["b", 1],
  ] as const) {
    const place = { cidrBlock: `10.0.${third}.0/24`, availabilityZone: `us-east-1${name}` };
    await account.create(SUBNET, name, { vpcId: "${vpc.id}", ...place });
  }
};

const bucket: Around = async (account) => {
  await account.create("aws:s3/bucket:Bucket", "bucket", {});
};

const user: Around = async (account) => {
  await account.create("aws:iam/user:User", "user", {});
};

const document = (text: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: `arn:aws:s3:::${text}` }],
  });

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
});

/** One type's inputs that are accepted, and changes to them that are refused with a code, before or by the API. */
interface Table {
  type: string;
  around?: Around;
  accepted: Props;
  refused: [change: Props, code: string, phase?: "check"][];
}

const ALARM = {
  ...{ comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 3, metricName: "CPUUtilization" },
  ...{ namespace: "AWS/EC2", period: 60, statistic: "Average", threshold: 80 },
};
const DATABASE = {
  ...{ allocatedStorage: 20, engine: "postgres", engineVersion: "16.4", instanceClass: "db.t4g.micro" },
  ...{ password: "correct-horse-1", skipFinalSnapshot: true, storageType: "gp3", username: "app" },
};

const tables: Table[] = [
  {
    type: VPC,
    accepted: { cidrBlock: "10.0.0.0/16" },
    refused: [
      [{ tags: { "aws:x": "1" } }, "InvalidParameterValue", "check"],
      [{ enableDnsHostnames: true, enableDnsSupport: false }, "InvalidParameterCombination"],
      [{ instanceTenancy: "shared" }, "InvalidParameterValue", "check"],
    ],
  },
  {
    type: "aws:ec2/route:Route",
    around: async (account) => {
      await network(account);
      await account.create("aws:ec2/routeTable:RouteTable", "table", { vpcId: "${vpc.id}" });
    },
    accepted: { routeTableId: "${table.id}", gatewayId: "${igw.id}", destinationCidrBlock: "0.0.0.0/0" },
    refused: [
      [{ destinationCidrBlock: "10.0.0.0/16" }, "InvalidParameterValue"],
      [{ destinationCidrBlock: "10.0.0.0/24" }, "InvalidParameterValue"],
    ],
  },
  {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    around: async (account) => {
      await network(account);
      await account.create("aws:ec2/routeTable:RouteTable", "table", { vpcId: "${vpc.id}" });
    },
    accepted: {
      ...{ vpcId: "${vpc.id}", serviceName: "com.amazonaws.us-east-1.logs", vpcEndpointType: "Interface" },
      subnetIds: ["${a.id}"],
    },
    refused: [
      [{ routeTableIds: ["${table.id}"] }, "InvalidParameter"],
      [{ ipAddressType: "ipv5" }, "InvalidParameterValue", "check"],
      [{ serviceName: "com.amazonaws.us-east-1.s3", vpcEndpointType: "Gateway" }, "InvalidParameter"],
    ],
  },
  {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    accepted: { imageId: "ami-0123456789abcdef0", instanceType: "t3.micro", name: "web" },
    refused: [
      [{ name: "ab" }, "InvalidLaunchTemplateName.MalformedException", "check"],
      [{ namePrefix: "web-" }, "ProviderCheck", "check"],
      [{ description: "d".repeat(256) }, "InvalidParameterValue", "check"],
      [{ defaultVersion: 1, updateDefaultVersion: true }, "ProviderCheck", "check"],
      [{ securityGroupNames: ["x"], vpcSecurityGroupIds: ["sg-1"] }, "ProviderCheck", "check"],
      [{ instanceInitiatedShutdownBehavior: "hibernate" }, "InvalidParameterValue", "check"],
    ],
  },
  {
    type: "aws:ec2/instance:Instance",
    around: network,
    accepted: { ami: "ami-0123456789abcdef0", instanceType: "t3.micro", subnetId: "${a.id}" },
    refused: [
      [{ maintenanceOptions: { autoRecovery: "on" } }, "InvalidParameterValue", "check"],
      [{ privateDnsNameOptions: { hostnameType: "host" } }, "InvalidParameterValue", "check"],
      [{ secondaryPrivateIps: ["10.0.0.300"] }, "InvalidParameterValue", "check"],
      [{ availabilityZone: "us-east-1b" }, "InvalidParameterValue"],
      [{ creditSpecification: { cpuCredits: "much" } }, "InvalidParameterValue", "check"],
      [{ launchTemplate: { id: "lt-1", name: "web" } }, "ProviderCheck", "check"],
      [{ subnetId: "subnet-0123456789abcdef0" }, "InvalidSubnetID.NotFound"],
    ],
  },
  {
    type: "aws:ec2/keyPair:KeyPair",
    accepted: {
      keyName: "me",
      publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJq4pWlXvKyQy0sB0lY9V2J9Yx2wB9QkZKX5x0Xb7l2T me",
    },
    refused: [
      [{ publicKey: "me" }, "InvalidKey.Format"],
      [{ keyNamePrefix: "me-" }, "ProviderCheck", "check"],
      [{ keyName: "k".repeat(256) }, "InvalidParameterValue", "check"],
    ],
  },
  {
    type: "aws:ebs/volume:Volume",
    accepted: { availabilityZone: "us-east-1a", size: 100, type: "gp3" },
    refused: [
      [{ kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/1", encrypted: false }, "InvalidParameterDependency"],
      [{ multiAttachEnabled: true }, "InvalidParameterCombination", "check"],
      [{ type: "gp1" }, "InvalidParameterValue", "check"],
    ],
  },
  {
    type: "aws:lb/loadBalancer:LoadBalancer",
    around: network,
    accepted: { subnets: ["${a.id}", "${b.id}"], idleTimeout: 4000 },
    refused: [
      [{ idleTimeout: 4001 }, "InvalidConfigurationRequest"],
      [{ ipAddressType: "dualstack" }, "ValidationError"],
      [{ name: "-web" }, "ValidationError", "check"],
      [{ namePrefix: "toolong" }, "ValidationError", "check"],
    ],
  },
  {
    type: "aws:lb/targetGroup:TargetGroup",
    around: network,
    accepted: { vpcId: "${vpc.id}", port: 80, protocol: "HTTP" },
    refused: [
      [{ healthCheck: { protocol: "TCP" } }, "ValidationError", "check"],
      [{ port: 0 }, "ValidationError", "check"],
      [{ deregistrationDelay: 3601 }, "ValidationError", "check"],
      [{ targetType: "alb" }, "ValidationError"],
      [{ protocol: "GENEVE", port: 80 }, "ValidationError"],
      [{ vpcId: "vpc-0123456789abcdef0" }, "InvalidVpcID.NotFound"],
    ],
  },
  {
    type: "aws:lb/listener:Listener",
    around: async (account) => {
      await network(account);
      const LB = "aws:lb/loadBalancer:LoadBalancer";
      await account.create(LB, "lb", { subnets: ["${a.id}", "${b.id}"], internal: true });
    },
    accepted: {
      ...{ loadBalancerArn: "${lb.arn}", port: 443, protocol: "HTTPS" },
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
      defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "200" } }],
    },
    refused: [
      [{ mutualAuthentication: { mode: "on" } }, "ValidationError", "check"],
      [{ port: 70000 }, "ValidationError", "check"],
      [{ defaultActions: [{ type: "redirect", redirect: { statusCode: "302" } }] }, "ValidationError", "check"],
    ],
  },
  {
    type: "aws:lb/listenerRule:ListenerRule",
    around: async (account) => {
      await network(account);
      const LB = "aws:lb/loadBalancer:LoadBalancer";
      await account.create(LB, "lb", { subnets: ["${a.id}", "${b.id}"], internal: true });
      const defaultActions = [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } },
      ];
      const listener = { loadBalancerArn: "${lb.arn}", port: 80, protocol: "HTTP", defaultActions };
      await account.create("aws:lb/listener:Listener", "listener", listener);
    },
    accepted: {
      ...{ listenerArn: "${listener.arn}", priority: 1, conditions: [{ pathPattern: { values: ["/x"] } }] },
      actions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "200" } }],
    },
    refused: [
      [{ priority: 50001 }, "ValidationError", "check"],
      [{ conditions: [{ httpRequestMethod: { values: ["get it"] } }] }, "ValidationError", "check"],
      [{ conditions: [{ hostHeader: { values: ["h".repeat(129)] } }] }, "ValidationError", "check"],
      [{ conditions: [{ pathPattern: { values: ["/1", "/2", "/3", "/4", "/5", "/6"] } }] }, "ValidationError"],
      [{ conditions: [{}] }, "ProviderCreate"],
      [{ conditions: [{ sourceIp: { values: ["10.0.0.1"] } }] }, "ValidationError", "check"],
    ],
  },
  {
    type: "aws:autoscaling/group:Group",
    around: async (account) => {
      await network(account);
      const template = { imageId: "ami-0123456789abcdef0", instanceType: "t3.micro" };
      await account.create("aws:ec2/launchTemplate:LaunchTemplate", "template", template);
    },
    accepted: {
      ...{ minSize: 0, maxSize: 1, vpcZoneIdentifiers: ["${a.id}"], launchTemplate: { id: "${template.id}" } },
    },
    refused: [
      [{ healthCheckType: "PING" }, "ValidationError"],
      [{ terminationPolicies: ["Youngest"] }, "ValidationError"],
      [{ suspendedProcesses: ["Sleep"] }, "ValidationError"],
      [{ warmPool: { poolState: "Cold" } }, "ValidationError", "check"],
      [{ launchTemplate: { id: "lt-0123456789abcdef0" } }, "ValidationError"],
      [{ namePrefix: "n".repeat(230) }, "ValidationError", "check"],
      [
        { instanceMaintenancePolicy: { minHealthyPercentage: 101, maxHealthyPercentage: 150 } },
        "ValidationError",
        "check",
      ],
    ],
  },
  {
    type: "aws:autoscaling/lifecycleHook:LifecycleHook",
    around: async (account) => {
      await network(account);
      const template = { imageId: "ami-0123456789abcdef0", instanceType: "t3.micro" };
      await account.create("aws:ec2/launchTemplate:LaunchTemplate", "template", template);
      const place = { vpcZoneIdentifiers: ["${a.id}"], launchTemplate: { id: "${template.id}" } };
      await account.create("aws:autoscaling/group:Group", "group", { minSize: 0, maxSize: 1, ...place });
    },
    accepted: {
      ...{ autoscalingGroupName: "${group.name}", lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING" },
      name: "stop-intake",
    },
    refused: [
      [{ name: "stop intake" }, "ValidationError", "check"],
      [{ autoscalingGroupName: "nobody" }, "ValidationError"],
    ],
  },
  {
    type: "aws:rds/instance:Instance",
    accepted: DATABASE,
    refused: [
      [{ engine: "postgresql" }, "InvalidParameterValue"],
      [{ instanceClass: "t4g.micro" }, "InvalidParameterValue"],
      [{ dbName: "1mail" }, "InvalidParameterValue"],
      [{ dbName: "mail-store" }, "InvalidParameterValue"],
      [{ username: "admin" }, "InvalidParameterValue"],
      [{ username: "1app" }, "InvalidParameterValue"],
      [{ iops: 4000 }, "InvalidParameterCombination"],
      [{ storageThroughput: 200 }, "InvalidParameterCombination"],
      [{ performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 8 }, "InvalidParameterValue", "check"],
      [{ backupRetentionPeriod: 36 }, "InvalidParameterValue", "check"],
    ],
  },
  {
    type: "aws:iam/role:Role",
    accepted: { assumeRolePolicy: trust, name: "web", description: "d" },
    refused: [
      [{ name: "web role" }, "ValidationError", "check"],
      [{ description: "d".repeat(1001) }, "ValidationError", "check"],
      [{ namePrefix: "web-" }, "ValidationError", "check"],
      [{ permissionsBoundary: "none" }, "ValidationError", "check"],
    ],
  },
  {
    type: "aws:iam/policy:Policy",
    accepted: { policy: document("x"), name: "read" },
    refused: [
      [{ name: "read it" }, "ValidationError", "check"],
      [{ description: "d".repeat(1001) }, "ValidationError", "check"],
      [{ path: "nested" }, "ValidationError"],
    ],
  },
  {
    type: "aws:iam/user:User",
    accepted: { name: "mail", path: "/system/" },
    refused: [
      [{ name: "the mail" }, "ValidationError", "check"],
      [{ path: "system" }, "ValidationError"],
    ],
  },
  {
    type: "aws:iam/userPolicy:UserPolicy",
    around: user,
    accepted: { user: "${user.name}", policy: document("x") },
    refused: [
      [{ user: "nobody" }, "NoSuchEntity"],
      [{ policy: document("x".repeat(2100)) }, "LimitExceeded"],
      [{ name: "a b" }, "ValidationError", "check"],
    ],
  },
  {
    type: "aws:iam/instanceProfile:InstanceProfile",
    accepted: { name: "web", path: "/" },
    refused: [
      [{ name: "a b" }, "ValidationError", "check"],
      [{ role: "nobody" }, "NoSuchEntity"],
    ],
  },
  {
    type: "aws:kms/key:Key",
    accepted: { description: "d", deletionWindowInDays: 7 },
    refused: [
      [{ description: "d".repeat(8193) }, "ValidationException", "check"],
      [{ customerMasterKeySpec: "RSA_1024" }, "ValidationException", "check"],
      [{ rotationPeriodInDays: 89, enableKeyRotation: true }, "ValidationException", "check"],
      [{ customerMasterKeySpec: "RSA_2048", enableKeyRotation: true }, "UnsupportedOperationException"],
      [{ customerMasterKeySpec: "HMAC_256" }, "ValidationException"],
      [{ policy: "no" }, "MalformedPolicyDocument", "check"],
    ],
  },
  {
    type: "aws:s3/bucket:Bucket",
    accepted: { bucket: "mail-artifacts.example" },
    refused: [
      [{ bucket: "ab" }, "InvalidBucketName"],
      [{ bucket: "Mail" }, "InvalidBucketName"],
      [{ bucket: "mail..x" }, "InvalidBucketName"],
      [{ bucket: "mail-" }, "InvalidBucketName"],
      [{ bucket: "xn--mail" }, "InvalidBucketName"],
      [{ bucket: "sthree-mail" }, "InvalidBucketName"],
      [{ bucket: "mail-s3alias" }, "InvalidBucketName"],
      [{ bucket: "mail--ol-s3" }, "InvalidBucketName"],
      [{ bucket: "b".repeat(64) }, "InvalidParameterValue", "check"],
    ],
  },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    around: bucket,
    accepted: {
      bucket: "${bucket.id}",
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
    },
    refused: [
      [
        { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES128" } }] },
        "InvalidParameterValue",
        "check",
      ],
      [{ bucket: "nobodys" }, "NoSuchBucket"],
      [
        {
          rules: [
            {
              applyServerSideEncryptionByDefault: {
                sseAlgorithm: "AES256",
                kmsMasterKeyId: "arn:aws:kms:us-east-1:123456789012:key/1",
              },
            },
          ],
        },
        "InvalidArgument",
        "check",
      ],
    ],
  },
  {
    type: "aws:secretsmanager/secret:Secret",
    accepted: { name: "mail/smtp" },
    refused: [
      [{ name: "mail smtp" }, "ValidationException", "check"],
      [{ recoveryWindowInDays: 31 }, "InvalidParameterException", "check"],
      [{ namePrefix: "mail" }, "ValidationException", "check"],
      [{ policy: "no" }, "MalformedPolicyDocument", "check"],
    ],
  },
  {
    type: "aws:secretsmanager/secretVersion:SecretVersion",
    around: async (account) => {
      await account.create("aws:secretsmanager/secret:Secret", "secret", {});
    },
    accepted: { secretId: "${secret.id}", secretString: "x" },
    refused: [
      [{ secretBinary: "eA==" }, "ProviderCheck", "check"],
      [{ secretString: "x".repeat(65537) }, "ValidationException", "check"],
      [{ secretId: "nobodys" }, "ResourceNotFoundException"],
    ],
  },
  {
    type: "aws:ssm/parameter:Parameter",
    accepted: { name: "/mail/host", type: "String", value: "x" },
    refused: [
      [{ tier: "Basic" }, "ValidationException", "check"],
      [{ name: "mail host" }, "ValidationException"],
      [{ name: "/aws/mail" }, "AccessDeniedException"],
      [{ value: "x".repeat(4097) }, "ValidationException"],
      [{ description: "d".repeat(1025) }, "ValidationException", "check"],
    ],
  },
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    accepted: ALARM,
    refused: [
      [{ datapointsToAlarm: 4 }, "ValidationError"],
      [{ datapointsToAlarm: 0 }, "ValidationError", "check"],
      [{ evaluationPeriods: 0 }, "ValidationError", "check"],
      [{ treatMissingData: "good" }, "ValidationError", "check"],
      [{ evaluateLowSampleCountPercentiles: "yes" }, "ValidationError", "check"],
      [{ unit: "Kilos" }, "ValidationError", "check"],
      [{ alarmDescription: "d".repeat(1025) }, "ValidationError", "check"],
      [{ period: 3600, evaluationPeriods: 169 }, "ValidationError"],
      [{ thresholdMetricId: "e1" }, "ValidationError", "check"],
      [{ alarmActions: ["mail"] }, "ValidationError", "check"],
      [{ statistic: undefined, extendedStatistic: "q99" }, "ValidationError", "check"],
      [{ name: "n".repeat(256) }, "ValidationError", "check"],
    ],
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    accepted: { name: "/mail/relay" },
    refused: [
      [{ name: "mail relay" }, "InvalidParameterException", "check"],
      [{ name: "aws/mail" }, "InvalidParameterException"],
      [{ name: "n".repeat(513) }, "InvalidParameterException", "check"],
      [{ logGroupClass: "RARE" }, "InvalidParameterException", "check"],
      [{ namePrefix: "mail" }, "InvalidParameterException", "check"],
      [{ kmsKeyId: "key" }, "InvalidParameterException", "check"],
    ],
  },
];

function worded(change: Props): string {
  const text = JSON.stringify(change);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

describe("what AWS refuses beside the ground truth", () => {
  for (const { type, around = nothing, accepted, refused } of tables) {
    it(`${type}: the example is accepted`, async () => {
      const account = new Account(true);
      await around(account);
      await account.create(type, "it", accepted);
    });
    for (const [change, code, phase] of refused) {
      it(`${type}: ${worded(change)} is refused: ${code}`, async () => {
        const account = new Account(true);
        await around(account);
        const {
          code: found,
          phase: when,
          message,
        } = await refusal(account.create(type, "it", { ...accepted, ...change }));
        assert.equal(found, code, message);
        assert.equal(when, phase ?? "create", message);
      });
    }
  }
});

describe("changes that AWS refuses", () => {
  const changes: [what: string, type: string, inputs: Props, change: Props, code: string][] = [
    [
      "a volume never shrinks",
      "aws:ebs/volume:Volume",
      { availabilityZone: "us-east-1a", size: 100 },
      { size: 99 },
      "InvalidParameterValue",
    ],
    [
      "a database never shrinks",
      "aws:rds/instance:Instance",
      DATABASE,
      { allocatedStorage: 19 },
      "InvalidParameterCombination",
    ],
    [
      "a new major version must be allowed",
      "aws:rds/instance:Instance",
      DATABASE,
      { engineVersion: "17.2" },
      "InvalidParameterCombination",
    ],
    [
      "an older major version is never allowed",
      "aws:rds/instance:Instance",
      DATABASE,
      { engineVersion: "15.8", allowMajorVersionUpgrade: true },
      "InvalidParameterCombination",
    ],
  ];
  for (const [what, type, inputs, change, code] of changes) {
    it(what, async () => {
      const account = new Account();
      await account.create(type, "it", inputs);
      assert.equal((await refusal(account.update("it", { ...inputs, ...change }))).code, code);
    });
  }

  it("a minor version, or a major one that is allowed, is taken", async () => {
    const account = new Account();
    await account.create("aws:rds/instance:Instance", "it", DATABASE);
    await account.update("it", { ...DATABASE, engineVersion: "16.6" });
    await account.update("it", { ...DATABASE, engineVersion: "17.2", allowMajorVersionUpgrade: true });
  });

  it("a bucket that was versioned can only suspend it", async () => {
    const account = new Account();
    await bucket(account);
    const versioning = (status: string): Props => ({ bucket: "${bucket.id}", versioningConfiguration: { status } });
    await account.create("aws:s3/bucketVersioning:BucketVersioning", "it", versioning("Enabled"));
    await account.update("it", versioning("Suspended"));
    assert.equal((await refusal(account.update("it", versioning("Disabled")))).code, "ProviderCheck");
  });
});

describe("default quotas beside the ground truth's", () => {
  const few: [string, string, number, (index: number) => Props, string][] = [
    [
      "parameter groups",
      "aws:rds/parameterGroup:ParameterGroup",
      50,
      () => ({ family: "postgres16" }),
      "DBParameterGroupQuotaExceeded",
    ],
    ["aliases of a key", "aws:kms/alias:Alias", 50, () => ({ targetKeyId: "${key.id}" }), "LimitExceededException"],
  ];
  for (const [what, type, count, inputs, code] of few) {
    it(`${count} ${what}`, async () => {
      const account = new Account(true);
      await account.create("aws:kms/key:Key", "key", {});
      for (let index = 0; index < count; index += 1) await account.create(type, `x${index}`, inputs(index));
      assert.equal((await refusal(account.create(type, "more", inputs(count)))).code, code);
    });
  }
});
