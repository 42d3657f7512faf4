import { isExactly, type Links, mayBe } from "../../reachability/links";
import { given, label, type Resource, type Value } from "../../reachability/resources";

/** Types whose resources have one policy, and the resource type that sets it from outside, by which property. */
const STANDALONE: Readonly<Record<string, { readonly type: string; readonly by: string; readonly word: string }>> = {
  "aws:sns/topic:Topic": { type: "aws:sns/topicPolicy:TopicPolicy", by: "arn", word: "topic policy" },
  "aws:sqs/queue:Queue": { type: "aws:sqs/queuePolicy:QueuePolicy", by: "queueUrl", word: "queue policy" },
  "aws:kms/key:Key": { type: "aws:kms/keyPolicy:KeyPolicy", by: "keyId", word: "key policy" },
  "aws:kms/externalKey:ExternalKey": { type: "aws:kms/keyPolicy:KeyPolicy", by: "keyId", word: "key policy" },
  "aws:kms/replicaKey:ReplicaKey": { type: "aws:kms/keyPolicy:KeyPolicy", by: "keyId", word: "key policy" },
};

export interface AttachedPolicy {
  /** How a person would name it. */
  readonly label: string;
  /** Undefined: the resource has none of its own, but what AWS gives it. */
  readonly value: Value;
}

/**
 * The policies that a resource may have. It has exactly one: where there are several, it isn't known which, since each that is set replaces
 * the one before.
 */
export function attachedPolicies(links: Links, resource: Resource): readonly AttachedPolicy[] {
  const { type, by, word } = STANDALONE[resource.type] ?? { type: "", by: "", word: "policy" };
  const noun = word.replace(" policy", "");
  const set = links.ofTypes(type).map((each) => ({ each, link: links.follow(each, by, resource.type) }));
  const certain = set.filter(({ link }) => isExactly(link, resource));
  const possible = set.filter(({ link }) => mayBe(link, resource) && !isExactly(link, resource));
  const own: AttachedPolicy = { label: `the policy of ${noun} ${label(resource)}`, value: given(resource, "policy") };
  const isOwnGiven = resource.propertyDependencies.policy !== undefined;
  const standalone = [...certain, ...possible].map(({ each }): AttachedPolicy => ({
    label: `${word} "${each.name}"`,
    value: each.props.policy,
  }));
  return certain.length > 0 && !isOwnGiven ? standalone : [...standalone, own];
}
