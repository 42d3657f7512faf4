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
};
