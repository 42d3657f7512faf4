import type { Links } from "../../reachability/links";
import { given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { admits } from "./admission";
import type { ServiceCall } from "./iam-conditions";
import { inTurn, open, outside, type Passage, pending, stopped, whichever } from "./passage";
import type { Whereabouts } from "./whereabouts";

const ALIAS = "aws:kms/alias:Alias";
const KEYS = [
  "aws:kms/key:Key",
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/replicaExternalKey:ReplicaExternalKey",
];

/** https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html: what a service needs to put a message where it is encrypted. */
const ACTIONS = ["kms:GenerateDataKey", "kms:Decrypt"];

/** May a service write to a topic or a queue, as far as its encryption (`kmsMasterKeyId`) goes? */
export function encrypts(
  links: Links,
  whereabouts: Whereabouts,
  resource: Resource,
  call: ServiceCall,
  demand: "restricted" | "any",
): Passage {
  const reference = given(resource, "kmsMasterKeyId");
  if (reference === undefined) return open();
  if (typeof reference === "string" && /(^|:)alias\/aws\//.test(reference)) {
    return stopped(
      `it is encrypted with ${reference}, a key of AWS's own whose policy can't admit ${call.service}`,
      `encrypt it with a key of your own whose policy admits ${call.service}.`,
    );
  }
  const { candidates, external, id } = links.follow(resource, "kmsMasterKeyId", ...KEYS, ALIAS);
  const keys = new Set<Resource>();
  let isOutside = external;
  for (const each of candidates) {
    if (each.type !== ALIAS) keys.add(each);
    else {
      const target = links.follow(each, "targetKeyId", ...KEYS);
      target.candidates.forEach((key) => keys.add(key));
      isOutside ||= target.external;
    }
  }
  const ways = [...keys].map((key) => throughKey(links, whereabouts, key, call, demand));
  const foreign =
    id === undefined
      ? pending(`which key ${label(resource)} is encrypted with`)
      : outside(`the policy of key ${id} of ${label(resource)}, which isn't in this stack`);
  return whichever(
    isOutside || ways.length === 0 ? [...ways, foreign] : ways,
    pending(`which key ${label(resource)} is encrypted with`),
  );
}

function throughKey(
  links: Links,
  whereabouts: Whereabouts,
  key: Resource,
  call: ServiceCall,
  demand: "restricted" | "any",
): Passage {
  const arn = whereabouts.arnOf(key);
  const enabled = given(key, "isEnabled") ?? given(key, "enabled");
  return inTurn(
    open(`key ${label(key)}`),
    enabled === UNKNOWN
      ? pending(`whether key ${label(key)} is enabled`)
      : enabled === false
        ? stopped("it is disabled", `enable key ${label(key)}.`)
        : open(),
    ...ACTIONS.map((action) => admits(links, key, { ...call, action, resource: arn }, demand)),
  );
}
