import { any } from "./certainty";
import { type Estimate, anything, intersect, nothing, oneOf, perhaps, when } from "./estimate";
import { vpcTypes } from "./links";
import { type Direction, permittedByAcl } from "./network-acls";
import type { Network } from "./network";
import { type Party, sendersOf } from "./parties";
import { type Peer, permittedByGroups } from "./security-groups";
import { Traffic } from "./traffic";
import { sameVpc, type Subnet } from "./vpcs";
import { type Place, throughInternetGateway, waysFrom } from "./ways";

/** An end of a question. */
export type End = Party | "internet";

export interface Flow {
  /** Requests that arrive, with the private addresses of parties. */
  readonly request: Estimate;
  /** Those of them whose replies get back too. */
  readonly connection: Estimate;
}

/** All traffic that can flow from one end to the other, at the subnets they are in. */
export function flow(network: Network, from: End, to: End): Flow {
  if (from === "internet" && to === "internet") return { request: nothing, connection: nothing };
  const pairs = subnetsOf(network, from).flatMap((source) =>
    subnetsOf(network, to).map((target) => between(network, from, source, to, target)),
  );
  const unknown = "which subnet a party is in";
  const certain = [from, to].every(
    (end) => end === "internet" || (!end.subnets.external && subnetsOf(network, end).length > 0),
  );
  const join = (estimates: readonly Estimate[]) => {
    const joined = oneOf(estimates, unknown);
    return certain ? joined : perhaps({ ...joined, may: Traffic.all }, unknown);
  };
  return {
    request: join(pairs.map(({ request }) => request)),
    connection: join(pairs.map(({ connection }) => connection)),
  };
}

function subnetsOf(network: Network, end: End): readonly (Subnet | "internet")[] {
  if (end === "internet") return ["internet"];
  return network.subnets.filter(({ resource }) => end.subnets.candidates.includes(resource));
}

function between(network: Network, from: End, source: Place, to: End, target: Place): Flow {
  const there = passage(network, from, source, to, target);
  const groups = intersect(
    from === "internet" ? anything : groupsOf(network, from, "egress", to === "internet" ? undefined : to.groups),
    to === "internet" ? anything : groupsOf(network, to, "ingress", from === "internet" ? undefined : from.groups),
  );
  const request = intersect(there, groups);
  // Groups are stateful: the reply to what they let pass isn't asked again.
  const back = passage(network, to, target, from, source);
  const replied = { ...back, must: back.must.reversed(), may: back.may.reversed() };
  return { request, connection: intersect(request, replied) };
}

function groupsOf({ links }: Network, { groups }: Party, direction: Direction, peer: Peer): Estimate {
  return groups === undefined ? anything : permittedByGroups(links, groups, direction, peer);
}

/** What routes and ACLs carry from one place to the other, between the addresses of the ends. */
function passage(network: Network, from: End, source: Place, to: End, target: Place): Estimate {
  const { links } = network;
  const ends = intersect(
    from === "internet" || source === "internet" ? anything : sendersOf(from, source),
    to === "internet" || target === "internet" ? anything : turned(sendersOf(to, target)),
  );
  if (source === target) return ends;
  if (from === "internet" || source === "internet") {
    if (to === "internet" || target === "internet") return nothing;
    return intersect(ends, permittedByAcl(links, target, "ingress"), entering(network, to, target));
  }
  const unknown = `the public address of ${from.label}`;
  return intersect(
    ends,
    permittedByAcl(links, source, "egress"),
    waysFrom(network, source, target, { publicAddress: from.publicAddress, unknown, acls: "applied" }).traffic,
    target === "internet" ? anything : permittedByAcl(links, target, "ingress"),
  );
}

/** From the internet only by the VPC's internet gateway, and only to public addresses; a NAT gateway lets nothing in. */
function entering({ links }: Network, to: Party, target: Subnet): Estimate {
  const attachments = links
    .ofTypes("aws:ec2/internetGateway:InternetGateway", "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment")
    .map((each) => links.follow(each, "vpcId", ...vpcTypes))
    .filter((link) => !link.absent);
  const isElsewhere = target.vpc.external || target.vpc.candidates.length !== 1;
  const attached = any(...attachments.map((link) => sameVpc(link, target.vpc)), isElsewhere ? "perhaps" : "no");
  return intersect(
    when(attached, "the internet gateway of a VPC"),
    throughInternetGateway({ publicAddress: to.publicAddress, unknown: `the public address of ${to.label}` }),
  );
}

/** The same addresses as receivers. */
function turned(senders: Estimate): Estimate {
  return { ...senders, must: senders.must.reversed(), may: senders.may.reversed() };
}
