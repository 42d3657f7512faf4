import { z } from "zod";
import { serviceNameOf } from "../../communications/parties";
import { endpointType } from "../../reachability/interface-endpoints";
import type { Party } from "../../reachability/parties";
import { given, UNKNOWN } from "../../reachability/resources";
import type { StackModel } from "../../stack-model";
import { type Check, findingOf, outside } from "../check";
import { IDENTITY_TYPES } from "../mail/same-name";
import type { Finding, Rule } from "../rule";
import { isChosen, namesParties } from "./chosen-parties";
import {
  inZonesOfRelays,
  noPublicWay,
  onlyForRelays,
  privateDns,
  reachesEndpoint,
  type Sender,
} from "./ses-endpoint-checks";

const settings = {
  relays: z.array(z.string()).default(["relay"]).describe(`What sends mail by SES's SMTP endpoint. ${namesParties}.`),
};

export const sesOverPrivateEndpoint: Rule<typeof settings> = {
  id: "ses-over-private-endpoint",
  title: "Mail reaches SES by its interface endpoint only",
  proves:
    "Proves that the relays reach SES by an interface endpoint with private DNS in their zones, that nobody else reaches it, and that no relay has a " +
    "way to SES's public endpoint.",
  why:
    "By the interface endpoint mail needs no NAT gateway and never crosses the internet, and whoever steals the SMTP password has to be inside. A " +
    "relay with a way out on mail ports sends past SES, its bounces unseen.",
  sources: [
    "https://docs.aws.amazon.com/ses/latest/dg/send-email-set-up-vpc-endpoints.html",
    "https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html",
  ],
  fix: "Add an aws.ec2.VpcEndpoint of email-smtp with private DNS whose security group lets in the relays alone, and close the relays' other ways.",
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [],
  tags: ["network", "mail", "ses"],
  settings,
  defers: true,
  notApplicable: "The stack has no interface endpoint of SES, nor a relay beside an SES identity.",
  judge: (stack, { relays }) => judgeStack(stack, relays),
};

const machines: ReadonlySet<Party["kind"]> = new Set(["instance", "group", "unmodelled", "database"]);

function judgeStack({ network, isIncomplete }: StackModel, names: readonly string[]): readonly Finding[] {
  const { links, parties } = network;
  const endpoints = parties.filter(
    ({ kind, resource }) => kind === "endpoint" && serviceNameOf(resource) === "email-smtp",
  );
  const senders = parties
    .filter(({ kind, resource: { type } }) => machines.has(kind) && type !== endpointType)
    .map((party): Sender => ({ party, isRelay: isChosen(links, party, names) }));
  const relays = senders.filter(({ isRelay }) => isRelay !== "no");
  const sends = relays.length > 0 && links.ofTypes(...IDENTITY_TYPES).length > 0;
  if (endpoints.length === 0 && !sends) return [];
  const pendingWhile = (finding: Finding): Finding =>
    finding.verdict.kind === "undetermined"
      ? { ...finding, isPending: finding.isPending === true || isIncomplete }
      : finding;
  const hidden = links
    .ofTypes(endpointType)
    .filter((each) => ["serviceName", "vpcEndpointType"].some((key) => given(each, key) === UNKNOWN));
  return [
    ...endpoints.map((party) =>
      findingOf(party.resource, `it can't be told whether endpoint ${party.label} takes mail, and from relays alone`, [
        privateDns(party.resource),
        ...inZonesOfRelays(network, { party }, relays),
        ...onlyForRelays(network, party, senders),
      ]),
    ),
    ...relays.map((relay) => {
      const { party, isRelay } = relay;
      const doubts = [
        ...(isRelay === "perhaps" ? [`whether ${party.label} is a relay`] : []),
        ...(hidden.length > 0 ? ["which service an endpoint is of"] : []),
      ];
      const checks = [
        unless(doubts, reachesEndpoint(network, relay, endpoints)),
        unless(isRelay === "perhaps" ? doubts : [], noPublicWay(network, relay)),
      ];
      return findingOf(
        party.resource,
        `it can't be told whether ${party.label} sends mail by SES's endpoint alone`,
        checks,
      );
    }),
  ].map(pendingWhile);
}

/** What is wrong isn't, where it may not be a relay's matter. */
function unless([doubt]: readonly string[], check: Check): Check {
  return check.answer === "bad" && doubt !== undefined ? outside(doubt) : check;
}
