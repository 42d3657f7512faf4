import { label, type Resource, type Value } from "../../reachability/resources";
import { bad, type Check, findingOf, good, outside, pending } from "../check";
import type { Rule } from "../rule";
import { knownSecrets, type KnownSecret } from "../secrets/known-secrets";
import { secretsIn } from "../secrets/recognised";
import { LAUNCHED, userDataOf } from "./user-data";

/** Older providers keep the SHA-1 of user data instead of it. */
const HASH = /^[0-9a-f]{40}$/;

/**
 * Recognised are values that the stack itself holds secret, wherever they stand in it; secrets of a documented form; and, from a file, what Pulumi
 * keeps as a secret. A password that looks like any other word, and is a secret nowhere in the stack, nobody can tell.
 */
export const noSecretsInUserData: Rule = {
  id: "no-secrets-in-user-data",
  title: "User data holds no secrets",
  proves:
    "Proves that no secret of the stack, no private key, access key or token of a known form and no password written out stands in the user data of " +
    "instances and launch templates, packed by Base64 and gzip or not.",
  why:
    "User data can be read by every program on the instance, through its metadata service, and by everyone who may describe instances or " +
    "launch templates; older versions of a template keep it.",
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html",
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html",
  ],
  fix: "Keep the secret in Secrets Manager, or in a SecureString parameter, and let the instance fetch it by its role; then change the secret.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [],
  tags: ["instances", "secrets"],
  settings: {},
  defers: true,
  defersByDefault: true,
  notApplicable: "The stack has no instance and no launch template.",
  judge: ({ links }) => {
    const known = knownSecrets(links);
    return links.ofTypes(...Object.keys(LAUNCHED)).map((resource) => {
      const called = `${LAUNCHED[resource.type]?.noun ?? "resource"} ${label(resource)}`;
      const checks = userDataOf(resource).map(({ property, value }) => check(resource, called, property, value, known));
      return findingOf(resource, `it can't be told whether ${called} has a secret in its user data`, checks);
    });
  },
};

function check(
  resource: Resource,
  called: string,
  property: string,
  value: Value,
  known: readonly KnownSecret[],
): Check {
  const [top = property] = property.split(".");
  if (resource.secrets?.has(top) === true) {
    return bad(`${property} of ${called} is made from what Pulumi keeps as a secret`, fix);
  }
  if (typeof value !== "string") return pending(`what ${property} of ${called} says`);
  if (HASH.test(value)) return outside(`what ${property} of ${called} says, of which the state has the hash only`);
  const found = secretsIn(value, known);
  return found.length === 0 ? good : bad(`${property} of ${called} has ${found.join(" and ")} in it`, fix);
}

const fix =
  "keep the secret in Secrets Manager and let the instance fetch it by its role; then change it, for it has been read";
