import type { Links } from "../../reachability/links";
import { given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { bad, type Check, good, pending, switchOf } from "../check";
import { bySwitch, type StoreKind } from "./store";

export const fileAndMessageStorage: readonly StoreKind[] = [
  bySwitch("aws:efs/fileSystem:FileSystem", "file system", "encrypted"),
  { type: "aws:sns/topic:Topic", noun: "topic", checks: topicChecks },
  { type: "aws:sqs/queue:Queue", noun: "queue", checks: queueChecks },
  { type: "aws:kinesis/stream:Stream", noun: "stream", checks: streamChecks },
];

const keyTypes = [
  "aws:kms/key:Key",
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/alias:Alias",
];

function topicChecks(topic: Resource, links: Links): readonly Check[] {
  const key = given(topic, "kmsMasterKeyId");
  // It isn't known yet which id the key has, but that it is a key's.
  if (key === UNKNOWN && links.directly(topic, "kmsMasterKeyId", keyTypes).length > 0) return [good];
  if (key === UNKNOWN) return [pending("what its kmsMasterKeyId is")];
  if (key !== undefined) return [good];
  return [bad(`topic ${label(topic)} isn't encrypted: kmsMasterKeyId isn't set`, "set kmsMasterKeyId to a key")];
}

/** SQS encrypts with a key of its own unless told not to; a KMS key takes its place. */
function queueChecks(queue: Resource): readonly Check[] {
  const key = given(queue, "kmsMasterKeyId");
  const own = switchOf(given(queue, "sqsManagedSseEnabled"));
  if (own === "on" || own === "default" || (key !== undefined && key !== UNKNOWN)) return [good];
  if (key === UNKNOWN || own === "unknown") return [pending("what its kmsMasterKeyId or sqsManagedSseEnabled is")];
  const witness = `queue ${label(queue)} isn't encrypted: sqsManagedSseEnabled is false, and kmsMasterKeyId isn't set`;
  return [bad(witness, "set sqsManagedSseEnabled: true or kmsMasterKeyId")];
}

function streamChecks(stream: Resource): readonly Check[] {
  const kind = given(stream, "encryptionType");
  if (kind === UNKNOWN) return [pending("what its encryptionType is")];
  if (kind === "KMS") return [good];
  const witness = `stream ${label(stream)} isn't encrypted: encryptionType ${kind === undefined ? "isn't set" : `is ${JSON.stringify(kind)}`}`;
  return [bad(witness, 'set encryptionType: "KMS" and kmsKeyId')];
}
