import type { Model } from "../model";

interface Module {
  default: Model;
}

/** Models of what the mail platform adds to the network, by type; a file is loaded when its type is first met. */
export const models: Record<string, () => Model> = {
  "aws:sesv2/emailIdentity:EmailIdentity": () => (require("./sesv2/emailIdentity") as Module).default,
  "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes": () =>
    (require("./sesv2/emailIdentityMailFromAttributes") as Module).default,
  "aws:sesv2/emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes": () =>
    (require("./sesv2/emailIdentityFeedbackAttributes") as Module).default,
  "aws:sesv2/configurationSet:ConfigurationSet": () => (require("./sesv2/configurationSet") as Module).default,
  "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination": () =>
    (require("./sesv2/configurationSetEventDestination") as Module).default,
  "aws:ses/emailIdentity:EmailIdentity": () => (require("./ses/emailIdentity") as Module).default,
  "aws:ses/domainIdentity:DomainIdentity": () => (require("./ses/domainIdentity") as Module).default,
  "aws:ses/domainDkim:DomainDkim": () => (require("./ses/domainDkim") as Module).default,
  "aws:ses/identityNotificationTopic:IdentityNotificationTopic": () =>
    (require("./ses/identityNotificationTopic") as Module).default,
  "aws:ses/configurationSet:ConfigurationSet": () => (require("./ses/configurationSet") as Module).default,
  "aws:ses/eventDestination:EventDestination": () => (require("./ses/eventDestination") as Module).default,
  "aws:ses/mailFrom:MailFrom": () => (require("./ses/mailFrom") as Module).default,
  "aws:sns/topic:Topic": () => (require("./sns/topic") as Module).default,
  "aws:sns/topicPolicy:TopicPolicy": () => (require("./sns/topicPolicy") as Module).default,
  "aws:sns/topicSubscription:TopicSubscription": () => (require("./sns/topicSubscription") as Module).default,
  "aws:sqs/queue:Queue": () => (require("./sqs/queue") as Module).default,
  "aws:sqs/queuePolicy:QueuePolicy": () => (require("./sqs/queuePolicy") as Module).default,
  "aws:sqs/redrivePolicy:RedrivePolicy": () => (require("./sqs/redrivePolicy") as Module).default,
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": () => (require("./sqs/redriveAllowPolicy") as Module).default,
  "aws:efs/fileSystem:FileSystem": () => (require("./efs/fileSystem") as Module).default,
  "aws:efs/mountTarget:MountTarget": () => (require("./efs/mountTarget") as Module).default,
  "aws:efs/fileSystemPolicy:FileSystemPolicy": () => (require("./efs/fileSystemPolicy") as Module).default,
  "aws:efs/backupPolicy:BackupPolicy": () => (require("./efs/backupPolicy") as Module).default,
  "aws:efs/accessPoint:AccessPoint": () => (require("./efs/accessPoint") as Module).default,
  "aws:acm/certificate:Certificate": () => (require("./acm/certificate") as Module).default,
  "aws:acm/certificateValidation:CertificateValidation": () =>
    (require("./acm/certificateValidation") as Module).default,
  "aws:route53/zone:Zone": () => (require("./route53/zone") as Module).default,
  "aws:route53/record:Record": () => (require("./route53/record") as Module).default,
  "aws:route53/healthCheck:HealthCheck": () => (require("./route53/healthCheck") as Module).default,
  "aws:lambda/function:Function": () => (require("./lambda/function") as Module).default,
  "aws:lambda/permission:Permission": () => (require("./lambda/permission") as Module).default,
  "aws:s3/bucketObjectv2:BucketObjectv2": () => (require("./s3/bucketObjectv2") as Module).default,
  "aws:s3/bucketObject:BucketObject": () => (require("./s3/bucketObject") as Module).default,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": () =>
    (require("./s3/bucketOwnershipControls") as Module).default,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": () =>
    (require("./s3/bucketLifecycleConfiguration") as Module).default,
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": () => (require("./cloudwatch/logMetricFilter") as Module).default,
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": () =>
    (require("./cloudwatch/logResourcePolicy") as Module).default,
  "aws:cloudwatch/eventRule:EventRule": () => (require("./cloudwatch/eventRule") as Module).default,
  "aws:cloudwatch/eventTarget:EventTarget": () => (require("./cloudwatch/eventTarget") as Module).default,
  "aws:autoscaling/policy:Policy": () => (require("./autoscaling/policy") as Module).default,
  "aws:ssm/document:Document": () => (require("./ssm/document") as Module).default,
};
