import type { Links } from "../../reachability/links";
import { elements, field, given, label, type Resource, type Value } from "../../reachability/resources";
import { document } from "../mail/iam-policy";

/** A value of the stack that nobody else is to read. */
export interface KnownSecret {
  readonly owner: Resource;
  /** In words: 'the password of database "main"'. */
  readonly what: string;
  readonly value: string;
}

/** Properties that hold secrets, by type. */
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  "aws:iam/accessKey:AccessKey": ["secret", "sesSmtpPasswordV4"],
  "aws:secretsmanager/secretVersion:SecretVersion": ["secretString"],
  "aws:ssm/parameter:Parameter": ["value"],
  "aws:rds/instance:Instance": ["password"],
  "aws:rds/cluster:Cluster": ["masterPassword"],
  "aws:docdb/cluster:Cluster": ["masterPassword"],
  "aws:redshift/cluster:Cluster": ["masterPassword"],
  "aws:elasticache/replicationGroup:ReplicationGroup": ["authToken"],
  "aws:mq/broker:Broker": ["users"],
  "aws:directoryservice/directory:Directory": ["password"],
};

/** Shorter ones stand in any text by chance. */
const SHORTEST = 8;

/** Keys of a secret's JSON under which a secret stands; others name a host, a user, a port. */
const SECRET_KEY = /pass|pwd|secret|token|credential|private|api_?key/i;

/** Every secret of the stack whose value is known: those of files are masked, and what isn't known is in no known text either. */
export function knownSecrets(links: Links): readonly KnownSecret[] {
  return Object.entries(PROPERTIES).flatMap(([type, properties]) =>
    links
      .ofTypes(type)
      .filter((owner) => type !== "aws:ssm/parameter:Parameter" || given(owner, "type") === "SecureString")
      .flatMap((owner) =>
        properties.flatMap((property) =>
          valuesOf(owner, property).map((value) => ({
            owner,
            what: `the ${property} of ${type.slice(type.lastIndexOf(":") + 1)} ${label(owner)}`,
            value,
          })),
        ),
      ),
  );
}

function valuesOf(owner: Resource, property: string): readonly string[] {
  const value = given(owner, property);
  const list = property === "users" ? elements(value).map((user) => field(user, "password")) : [value];
  const texts = list.flatMap((each) => (typeof each === "string" ? [each, ...inJson(each)] : []));
  return [...new Set(texts)].filter((text) => text.length >= SHORTEST);
}

function inJson(text: string): readonly string[] {
  if (!text.startsWith("{")) return [];
  const content: Value = document(text);
  if (content === null || typeof content !== "object") return [];
  return Object.entries(content).flatMap(([key, value]) =>
    SECRET_KEY.test(key) && typeof value === "string" ? [value] : [],
  );
}
