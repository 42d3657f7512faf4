import type { Props } from "../../../offline/model";

export type Declaration = readonly [type: string, name: string, inputs: Props];

const allow = (service: string, action: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: action, Resource: "*" }],
  });
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** One valid declaration of every type of the mail platform, after what it refers to. */
export const mail: readonly Declaration[] = [
  [
    "aws:kms/key:Key",
    "key",
    { policy: allow("ses.amazonaws.com", "kms:Decrypt"), bypassPolicyLockoutSafetyCheck: true },
  ],
  ["aws:sns/topic:Topic", "topic", { kmsMasterKeyId: "${key.id}", displayName: "mail", tags: { Name: "a" } }],
  [
    "aws:sns/topicPolicy:TopicPolicy",
    "policy",
    { arn: "${topic.arn}", policy: allow("ses.amazonaws.com", "sns:Publish") },
  ],
  ["aws:sqs/queue:Queue", "dead", { messageRetentionSeconds: 1209600 }],
  [
    "aws:sqs/queue:Queue",
    "queue",
    { delaySeconds: 1, redrivePolicy: '{"deadLetterTargetArn":"${dead.arn}","maxReceiveCount":5}', tags: { a: "b" } },
  ],
  [
    "aws:sqs/queuePolicy:QueuePolicy",
    "queuePolicy",
    { queueUrl: "${queue.url}", policy: allow("sns.amazonaws.com", "sqs:SendMessage") },
  ],
  [
    "aws:sqs/redrivePolicy:RedrivePolicy",
    "redrive",
    { queueUrl: "${queue.url}", redrivePolicy: '{"deadLetterTargetArn":"${dead.arn}","maxReceiveCount":5}' },
  ],
  [
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
    "redriveAllow",
    {
      queueUrl: "${dead.url}",
      redriveAllowPolicy: '{"redrivePermission":"byQueue","sourceQueueArns":["${queue.arn}"]}',
    },
  ],
  [
    "aws:sns/topicSubscription:TopicSubscription",
    "subscription",
    {
      topic: "${topic.arn}",
      protocol: "sqs",
      endpoint: "${queue.arn}",
      rawMessageDelivery: true,
      redrivePolicy: '{"deadLetterTargetArn":"${dead.arn}"}',
      filterPolicy: '{"a":["b"]}',
    },
  ],
  [
    "aws:sesv2/configurationSet:ConfigurationSet",
    "set",
    {
      configurationSetName: "mail",
      deliveryOptions: { tlsPolicy: "REQUIRE" },
      suppressionOptions: { suppressedReasons: ["BOUNCE"] },
    },
  ],
  [
    "aws:sesv2/emailIdentity:EmailIdentity",
    "identity",
    {
      emailIdentity: "mail.example",
      configurationSetName: "${set.configurationSetName}",
      dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" },
    },
  ],
  [
    "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes",
    "from",
    {
      emailIdentity: "${identity.emailIdentity}",
      behaviorOnMxFailure: "REJECT_MESSAGE",
      mailFromDomain: "b.mail.example",
    },
  ],
  [
    "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes",
    "feedback",
    { emailIdentity: "${identity.emailIdentity}", emailForwardingEnabled: false },
  ],
  [
    "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination",
    "events",
    {
      configurationSetName: "${set.configurationSetName}",
      eventDestinationName: "bounces",
      eventDestination: {
        enabled: true,
        matchingEventTypes: ["BOUNCE", "COMPLAINT"],
        snsDestination: { topicArn: "${topic.arn}" },
      },
    },
  ],
  ["aws:ses/configurationSet:ConfigurationSet", "oldSet", { name: "old", deliveryOptions: { tlsPolicy: "Require" } }],
  ["aws:ses/domainIdentity:DomainIdentity", "domain", { domain: "old.example" }],
  ["aws:ses/emailIdentity:EmailIdentity", "address", { email: "me@old.example" }],
  ["aws:ses/domainDkim:DomainDkim", "dkim", { domain: "${domain.domain}" }],
  ["aws:ses/mailFrom:MailFrom", "oldFrom", { domain: "${domain.domain}", mailFromDomain: "b.old.example" }],
  [
    "aws:ses/identityNotificationTopic:IdentityNotificationTopic",
    "notified",
    { identity: "${domain.domain}", notificationType: "Bounce", topicArn: "${topic.arn}" },
  ],
  [
    "aws:ses/eventDestination:EventDestination",
    "oldEvents",
    {
      configurationSetName: "${oldSet.name}",
      name: "bounces",
      matchingTypes: ["bounce"],
      snsDestination: { topicArn: "${topic.arn}" },
    },
  ],
  ["aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" }],
  ["aws:ec2/subnet:Subnet", "subnet", { vpcId: "${vpc.id}", cidrBlock: "10.0.0.0/24", availabilityZone: "us-east-1a" }],
  ["aws:ec2/securityGroup:SecurityGroup", "group", { vpcId: "${vpc.id}" }],
  [
    "aws:efs/fileSystem:FileSystem",
    "store",
    {
      encrypted: true,
      kmsKeyId: "${key.arn}",
      throughputMode: "elastic",
      lifecyclePolicies: [{ transitionToIa: "AFTER_30_DAYS" }, { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" }],
      tags: { Name: "mail" },
    },
  ],
  [
    "aws:efs/mountTarget:MountTarget",
    "mount",
    { fileSystemId: "${store.id}", subnetId: "${subnet.id}", ipAddress: "10.0.0.9", securityGroups: ["${group.id}"] },
  ],
  [
    "aws:efs/fileSystemPolicy:FileSystemPolicy",
    "storePolicy",
    { fileSystemId: "${store.id}", policy: allow("backup.amazonaws.com", "elasticfilesystem:ClientMount") },
  ],
  ["aws:efs/backupPolicy:BackupPolicy", "backup", { fileSystemId: "${store.id}", backupPolicy: { status: "ENABLED" } }],
  [
    "aws:efs/accessPoint:AccessPoint",
    "access",
    {
      fileSystemId: "${store.id}",
      posixUser: { gid: 5000, uid: 5000 },
      rootDirectory: { path: "/mail", creationInfo: { ownerGid: 5000, ownerUid: 5000, permissions: "0750" } },
    },
  ],
  ["aws:route53/zone:Zone", "zone", { name: "mail.example", vpcs: [{ vpcId: "${vpc.id}" }] }],
  [
    "aws:route53/healthCheck:HealthCheck",
    "health",
    { type: "HTTPS_STR_MATCH", fqdn: "mail.example", port: 443, searchString: "ok", requestInterval: 10 },
  ],
  [
    "aws:route53/record:Record",
    "weighted",
    {
      zoneId: "${zone.zoneId}",
      name: "imap",
      type: "A",
      ttl: 60,
      records: ["192.0.2.1"],
      setIdentifier: "one",
      weightedRoutingPolicies: [{ weight: 1 }],
      healthCheckId: "${health.id}",
    },
  ],
  [
    "aws:route53/record:Record",
    "alias",
    {
      zoneId: "${zone.zoneId}",
      name: "",
      type: "A",
      aliases: [{ name: "lb.example", zoneId: "Z35SXDOTRQ7X7K", evaluateTargetHealth: true }],
    },
  ],
  [
    "aws:acm/certificate:Certificate",
    "certificate",
    {
      domainName: "mail.example",
      subjectAlternativeNames: ["*.mail.example"],
      validationMethod: "DNS",
      options: { export: "ENABLED" },
    },
  ],
  ["aws:acm/certificateValidation:CertificateValidation", "validation", { certificateArn: "${certificate.arn}" }],
  ["aws:iam/role:Role", "role", { assumeRolePolicy: trust }],
  [
    "aws:lambda/function:Function",
    "pause",
    {
      role: "${role.arn}",
      runtime: "nodejs22.x",
      handler: "index.handler",
      s3Bucket: "code",
      s3Key: "pause.zip",
      environment: { variables: { SET: "${set.configurationSetName}" } },
      deadLetterConfig: { targetArn: "${dead.arn}" },
      vpcConfig: { subnetIds: ["${subnet.id}"], securityGroupIds: ["${group.id}"] },
    },
  ],
  [
    "aws:lambda/permission:Permission",
    "invoke",
    {
      function: "${pause.name}",
      action: "lambda:InvokeFunction",
      principal: "sns.amazonaws.com",
      sourceArn: "${topic.arn}",
    },
  ],
  ["aws:s3/bucket:Bucket", "bucket", {}],
  [
    "aws:s3/bucketObjectv2:BucketObjectv2",
    "object",
    { bucket: "${bucket.id}", key: "a", content: "x", metadata: { a: "b" } },
  ],
  ["aws:s3/bucketObject:BucketObject", "oldObject", { bucket: "${bucket.id}", key: "b", content: "x" }],
  [
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "owner",
    { bucket: "${bucket.id}", rule: { objectOwnership: "BucketOwnerEnforced" } },
  ],
  [
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "lifecycle",
    {
      bucket: "${bucket.id}",
      rules: [
        {
          id: "old",
          status: "Enabled",
          transitions: [{ days: 30, storageClass: "STANDARD_IA" }],
          expiration: { days: 90 },
        },
      ],
    },
  ],
  ["aws:cloudwatch/logGroup:LogGroup", "log", {}],
  [
    "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    "filter",
    { logGroupName: "${log.name}", pattern: "554", metricTransformation: { name: "n", namespace: "mail", value: "1" } },
  ],
  [
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    "logPolicy",
    { policyName: "mail", policyDocument: allow("es.amazonaws.com", "logs:PutLogEvents") },
  ],
  ["aws:cloudwatch/eventRule:EventRule", "rule", { name: "daily", scheduleExpression: "rate(1 day)" }],
  [
    "aws:cloudwatch/eventTarget:EventTarget",
    "target",
    { rule: "${rule.name}", arn: "${pause.arn}", targetId: "pause", input: "{}" },
  ],
  [
    "aws:ec2/launchTemplate:LaunchTemplate",
    "template",
    { imageId: "ami-0123456789abcdef0", instanceType: "t3.micro", name: "web" },
  ],
  [
    "aws:autoscaling/group:Group",
    "machines",
    { minSize: 1, maxSize: 2, vpcZoneIdentifiers: ["${subnet.id}"], launchTemplate: { id: "${template.id}" } },
  ],
  [
    "aws:autoscaling/policy:Policy",
    "scaling",
    {
      autoscalingGroupName: "${machines.name}",
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
        targetValue: 50,
      },
    },
  ],
  [
    "aws:ssm/document:Document",
    "document",
    { name: "Mail-Doc", documentType: "Command", content: '{"schemaVersion":"2.2","mainSteps":[]}' },
  ],
];
