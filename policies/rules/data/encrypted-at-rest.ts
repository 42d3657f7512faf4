import { findingOf } from "../check";
import type { Rule } from "../rule";
import { label } from "../../reachability/resources";
import { blockStorage } from "./block-storage";
import { databases } from "./database-storage";
import { fileAndMessageStorage } from "./message-storage";

/**
 * What AWS encrypts in any case is no subject: S3 objects, log groups, DynamoDB tables, FSx file systems, Lambda code. Whose key it is isn't asked.
 */
export const encryptedAtRest: Rule = {
  id: "encrypted-at-rest",
  title: "Stored data is encrypted",
  proves:
    "Proves that volumes, databases, file systems, topics, queues and streams of the stack are encrypted at rest, those that launch templates make too.",
  why:
    "Whoever comes by a disk, a snapshot or a copy reads what isn't encrypted. Most stores can't be encrypted later, " +
    "only copied into a new one.",
  sources: [
    "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
    "https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html",
    "https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
  ],
  fix: "Turn the encryption on that the message names; a store that exists is replaced by that, so copy its data first.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [
    "EC2.3",
    "RDS.3",
    "RDS.27",
    "EFS.1",
    "SNS.1",
    "SQS.1",
    "Kinesis.1",
    "DocumentDB.1",
    "Neptune.1",
    "ElastiCache.4",
  ].map((id) => ({ framework: "AWS Foundational Security Best Practices", id }) as const),
  tags: ["data", "encryption"],
  settings: {},
  defers: true,
  notApplicable: "The stack has no store that could be unencrypted.",
  judge: ({ links }) =>
    [...blockStorage, ...databases, ...fileAndMessageStorage].flatMap(({ type, noun, checks }) =>
      links
        .ofTypes(type)
        .map((store) =>
          findingOf(store, `it can't be told whether ${noun} ${label(store)} is encrypted`, checks(store, links)),
        ),
    ),
};
