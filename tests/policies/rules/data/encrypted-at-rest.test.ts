import { encryptedAtRest } from "../../../../policies/rules/data/encrypted-at-rest";
import { type Input, Stack } from "../../stack";
import { type Case, describePlanted } from "../planted";

const one = (type: string, inputs: Record<string, Input>, account?: Record<string, Input>) => () => {
  const stack = new Stack();
  if (account !== undefined) stack.add("aws:ebs/encryptionByDefault:EncryptionByDefault", "all", account);
  stack.add(type, "store", inputs);
  return stack;
};

/** A store with one switch: on, off and left out. */
function bySwitch(
  noun: string,
  type: string,
  property: string,
  unset: Case["answer"],
  inputs: Record<string, Input> = {},
) {
  return {
    [`${noun}, on`]: { stack: one(type, { ...inputs, [property]: true }), answer: "proved" },
    [`${noun}, off`]: {
      stack: one(type, { ...inputs, [property]: false }),
      answer: "violated",
      words: new RegExp(`-store isn't encrypted: ${property} is false\\nFix: set ${property}: true`),
    },
    [`${noun}, left out`]: { stack: one(type, inputs), answer: unset },
  } as const;
}

const volume = "aws:ebs/volume:Volume";
const instance = "aws:ec2/instance:Instance";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const configuration = "aws:ec2/launchConfiguration:LaunchConfiguration";
const mapping = (ebs: Input) => ({ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs }] });

describe("encrypted-at-rest", () => {
  describe("volumes", () => {
    describePlanted(encryptedAtRest, {
      encrypted: { stack: one(volume, { encrypted: true }), answer: "proved" },
      "not encrypted": {
        stack: one(volume, { encrypted: false }),
        answer: "violated",
        words: /volume of volume-store isn't encrypted: encrypted is false\nFix: set encrypted: true/,
      },
      "not told": { stack: one(volume, {}), answer: "undetermined", words: /whether the account/ },
      "of a snapshot": {
        stack: one(volume, { snapshotId: "snap-1" }),
        answer: "undetermined",
        words: /whether the snapshot/,
      },
      "encrypted by the account": { stack: one(volume, {}, { enabled: true }), answer: "proved" },
      "encrypted by the account, which needn't say so": {
        stack: one(volume, { encrypted: false }, {}),
        answer: "proved",
      },
      "not encrypted by the account": { stack: one(volume, {}, { enabled: false }), answer: "undetermined" },
      "a template's, encrypted": { stack: one(template, mapping({ encrypted: "true" })), answer: "proved" },
      "a template's, not encrypted": {
        stack: one(template, mapping({ encrypted: "false" })),
        answer: "violated",
        words: /volume \/dev\/xvda of launchtemplate-store isn't encrypted/,
      },
      "a template's, not told": { stack: one(template, mapping({ volumeSize: 8 })), answer: "undetermined" },
      "a template's, encrypted by the account": {
        stack: one(template, mapping({ volumeSize: 8 }), { enabled: true }),
        answer: "proved",
      },
      "a template without any": { stack: one(template, {}), answer: "undetermined", words: /only its image says/ },
      "an instance's root, encrypted": {
        stack: one(instance, { rootBlockDevice: { encrypted: true } }),
        answer: "proved",
      },
      "an instance's root, not encrypted": {
        stack: one(instance, { rootBlockDevice: { encrypted: false } }),
        answer: "violated",
      },
      "an instance's second, not encrypted": {
        stack: one(instance, {
          rootBlockDevice: { encrypted: true },
          ebsBlockDevices: [{ deviceName: "/dev/sdb", encrypted: false }],
        }),
        answer: "violated",
        words: /\/dev\/sdb/,
      },
      "an instance's root, not told of": { stack: one(instance, {}), answer: "undetermined" },
      "an instance of a template of another stack": {
        stack: one(instance, { launchTemplate: { id: "lt-elsewhere" } }),
        answer: "undetermined",
        words: /what volumes launch template lt-elsewhere describes/,
      },
      "a launch configuration's, encrypted": {
        stack: one(configuration, { rootBlockDevice: { encrypted: true } }),
        answer: "proved",
      },
      "a launch configuration's, not encrypted": {
        stack: one(configuration, { rootBlockDevice: { encrypted: false } }),
        answer: "violated",
      },
    });
  });

  describe("databases and caches", () => {
    const restored = {
      stack: one("aws:rds/instance:Instance", { snapshotIdentifier: "s" }),
      answer: "undetermined",
    } as const;
    const valkey = one("aws:elasticache/replicationGroup:ReplicationGroup", { engine: "valkey" });
    describePlanted(encryptedAtRest, {
      ...bySwitch("database", "aws:rds/instance:Instance", "storageEncrypted", "violated"),
      ...bySwitch("cluster", "aws:rds/cluster:Cluster", "storageEncrypted", "undetermined"),
      ...bySwitch("DocumentDB", "aws:docdb/cluster:Cluster", "storageEncrypted", "violated"),
      ...bySwitch("Neptune", "aws:neptune/cluster:Cluster", "storageEncrypted", "violated"),
      ...bySwitch("cache", "aws:elasticache/replicationGroup:ReplicationGroup", "atRestEncryptionEnabled", "violated", {
        engine: "redis",
      }),
      "a database of a snapshot": restored,
      "a Valkey cache": { stack: valkey, answer: "proved" },
    });
  });

  describe("files and messages", () => {
    const topic = "aws:sns/topic:Topic";
    const queue = "aws:sqs/queue:Queue";
    const stream = "aws:kinesis/stream:Stream";
    const keyed = () => {
      const stack = new Stack();
      const key = stack.add("aws:kms/key:Key", "topics", {}, { arn: "arn:key" });
      stack.add(topic, "store", { kmsMasterKeyId: key.of("arn") });
      return stack;
    };
    describePlanted(encryptedAtRest, {
      ...bySwitch("file system", "aws:efs/fileSystem:FileSystem", "encrypted", "violated"),
      "a topic with a key": { stack: one(topic, { kmsMasterKeyId: "alias/aws/sns" }), answer: "proved" },
      "a topic with a key of this stack": { stack: keyed, answer: "proved" },
      "a topic without a key": { stack: one(topic, {}), answer: "violated", words: /set kmsMasterKeyId/ },
      "a queue with SQS's own key": { stack: one(queue, { sqsManagedSseEnabled: true }), answer: "proved" },
      "a queue with a key": {
        stack: one(queue, { kmsMasterKeyId: "alias/q", sqsManagedSseEnabled: false }),
        answer: "proved",
      },
      "a queue that isn't told": { stack: one(queue, {}), answer: "proved" },
      "a queue without any": { stack: one(queue, { sqsManagedSseEnabled: false }), answer: "violated" },
      "a stream with a key": { stack: one(stream, { encryptionType: "KMS", kmsKeyId: "alias/s" }), answer: "proved" },
      "a stream without encryption": { stack: one(stream, { encryptionType: "NONE" }), answer: "violated" },
      "a stream that isn't told": { stack: one(stream, {}), answer: "violated" },
      "no store": { stack: () => new Stack(), answer: "notApplicable" },
    });
  });
});
