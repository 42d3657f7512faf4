import type { Certainty } from "../../reachability/certainty";
import { type Links, mayBe } from "../../reachability/links";
import { label, type Resource } from "../../reachability/resources";
import { textsIn } from "../../reachability/texts";
import { bad, type Check, findingOf, good, outside, pending } from "../check";
import type { Finding, Rule } from "../rule";
import { knownSecrets, type KnownSecret } from "../secrets/known-secrets";
import { layersOf } from "../secrets/layers";
import { mayComeFrom, openPlaces, type OpenPlace, stackOutputs } from "../secrets/open-places";
import { hasSmtpPassword } from "../secrets/recognised";
import { IDENTITY_TYPES } from "./same-name";
import { allowsEverything, sendsOnly, speaksOfSes } from "./send-permissions";
import { policiesOf, USER } from "./user-policies";

const ACCESS_KEY = "aws:iam/accessKey:AccessKey";

/**
 * Who sends by SMTP is an IAM user, its password made from the key of one of its access keys. What else the user may do, outside of SES, isn't asked.
 *
 * The engine tells a policy pack the values of stack outputs, but not which of them are secrets; a state file tells that.
 */
export const smtpCredentialsPrivate: Rule = {
  id: "smtp-credentials-private",
  title: "SMTP credentials of SES can only send, and lie nowhere in clear",
  proves:
    "Proves that IAM users who send through SES may send from named identities and do nothing else with SES, and that neither their keys nor SMTP passwords " +
    "stand in stack outputs, user data, environments of programs or unencrypted parameters.",
  why:
    "Whoever has the password can send mail in the domain's name, and ruin its reputation, from anywhere; with a policy for `*`, " +
    "in the name of every domain of the account.",
  sources: [
    "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html",
    "https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html",
  ],
  fix: "Allow ses:SendRawEmail on the ARN of the identity only, and keep user name and password in Secrets Manager.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [],
  tags: ["mail", "ses", "secrets"],
  settings: {},
  defers: true,
  defersByDefault: true,
  notApplicable: "The stack has no IAM user that sends through SES.",
  judge: ({ links }) => links.ofTypes(USER).flatMap((user) => judgeUser(links, user)),
};

function judgeUser(links: Links, user: Resource): readonly Finding[] {
  const policies = policiesOf(links, user);
  const keys = links.ofTypes(ACCESS_KEY).filter((key) => mayBe(links.follow(key, "user", USER), user));
  const speaking = policies.map((policy): Certainty => {
    // An administrator with an access key, where mail is sent: its key makes an SMTP password too.
    const isSender = keys.length > 0 && hasIdentity(links) && allowsEverything(policy);
    const speaks = isSender ? "yes" : speaksOfSes(policy);
    return policy.isDoubtful && speaks === "yes" ? "perhaps" : speaks;
  });
  const question = `it can't be told whether the SMTP credentials of user ${label(user)} are private`;
  if (!speaking.includes("yes")) {
    // Without an access key there is no password.
    if (!speaking.includes("perhaps") || keys.length === 0) return [];
    const unclear = policies.filter((_, at) => speaking[at] === "perhaps");
    return [
      findingOf(
        user,
        question,
        unclear.map(({ label: policy, arn }) =>
          (arn === undefined ? pending : outside)(`whether ${policy} lets it send`),
        ),
      ),
    ];
  }
  const permissions = policies.flatMap((policy) => {
    const checks = sendsOnly(policy);
    const isFine = checks.every(({ answer }) => answer === "good");
    return policy.isDoubtful && !isFine ? [pending(`whether ${policy.label} is one of user ${label(user)}`)] : checks;
  });
  return [findingOf(user, question, [...permissions, ...placements(links, keys)])];
}

function hasIdentity(links: Links): boolean {
  return links.ofTypes(...IDENTITY_TYPES).length > 0;
}

function placements(links: Links, keys: readonly Resource[]): readonly Check[] {
  const known = knownSecrets(links).filter(({ owner }) => keys.includes(owner));
  return [
    ...openPlaces(links).map((place) => inClear(links, place, keys, known)),
    ...stackOutputs(links).map((output) => givenOut(output, known)),
  ];
}

const fix = "keep it in Secrets Manager, give out the secret's ARN, and change the key";

function inClear(links: Links, place: OpenPlace, keys: readonly Resource[], known: readonly KnownSecret[]): Check {
  const { texts, isWhole } = textsIn(place.value);
  const what = found(texts, known);
  if (what !== undefined) return bad(`${place.label} has ${what} in it`, fix);
  return isWhole || !keys.some((key) => mayComeFrom(links, place, key))
    ? good
    : (place.isSecret ? outside : pending)(`whether ${place.label} has an SMTP password in it`);
}

function givenOut(output: OpenPlace, known: readonly KnownSecret[]): Check {
  if (output.isSecret) return good;
  const { texts, isWhole } = textsIn(output.value);
  const what = found(texts, known);
  if (what === undefined) return isWhole ? good : pending(`what ${output.label} is`);
  // From a file a secret would come masked: so this one is none.
  return known.length === 0
    ? bad(`${output.label} shows ${what}`, fix)
    : outside(
        `whether ${output.label}, which has ${what}, is a secret of Pulumi's, as the engine doesn't say (${fix})`,
      );
}

function found(texts: readonly string[], known: readonly KnownSecret[]): string | undefined {
  const own = known.find(({ value }) => texts.some((text) => layersOf(text).some((layer) => layer.includes(value))));
  return own?.what ?? (texts.some(hasSmtpPassword) ? "an SMTP password of SES" : undefined);
}
