import { any, type Certainty, certaintyOf, whichever } from "./certainty";
import { readDatabaseParties } from "./databases";
import { elasticAddressesOf } from "./elastic-addresses";
import { launchedAddress } from "./launch-templates";
import { withAttachedGroups } from "./group-attachments";
import type { Link, Links } from "./links";
import { attachmentsOf, instanceType, interfaceType } from "./network-interfaces";
import { given, label, type Resource, UNKNOWN } from "./resources";
import { type Groups, readGroups } from "./security-groups";
import { subnetsAmong } from "./subnets-among";
import { mapsPublicAddresses, type Subnet, subnetTypes } from "./vpcs";

/** What answers are derived from: "unmodelled" has interfaces of which too little is said. */
export type PartyKind = "instance" | "database" | "group" | "balancer" | "endpoint" | "mountTarget" | "unmodelled";

/** Something with a network interface. */
export interface Party {
  readonly kind: PartyKind;
  readonly resource: Resource;
  readonly label: string;
  /** The subnets it may have interfaces in. `spread`: it can be in each of them at some time. */
  readonly subnets: Link;
  readonly spread: boolean;
  /** Undefined: it was made without any, so that none watches over it. */
  readonly groups: Groups | undefined;
  /** Does it have a public IPv4 address? */
  readonly publicAddress: Certainty;
  /** Does its primary private address have one that AWS assigned at launch? Absent: as `publicAddress` says. */
  readonly assigned?: Certainty;
  /** All of its interfaces, each as a party of its own, where they aren't just those in `subnets`. */
  readonly interfaces?: readonly OwnInterface[];
}

/** `answer`: does the party have it? */
export interface OwnInterface {
  readonly party: Party;
  readonly answer: Certainty;
}

export function readParties(links: Links, subnets: readonly Subnet[]): readonly Party[] {
  const vpcOf = (link: Link) => vpcOfSubnets(subnets, link);
  const single = (resource: Resource, property: string, assigned: Certainty): Party => {
    const link = links.follow(resource, "subnetId", ...subnetTypes);
    const elastic = elasticAddressesOf(links, resource).map(({ answer }) => answer);
    return {
      kind: "instance",
      resource,
      label: label(resource),
      subnets: link,
      spread: false,
      groups: withAttachedGroups(links, readGroups(links, resource, property, vpcOf(link)), resource),
      publicAddress: any(assigned, ...elastic),
      assigned,
    };
  };
  const interfaces = new Map(
    links.ofTypes(interfaceType).map((each) => [each, single(each, "securityGroups", "no")] as const),
  );
  return [
    ...links.ofTypes(instanceType).map((instance) => {
      const own = single(instance, "vpcSecurityGroupIds", instanceAddress(links, instance));
      return withInterfaces(links, own, interfaces);
    }),
    ...interfaces.values(),
    ...readDatabaseParties(links, vpcOf),
  ];
}

/** The VPC that the first of some subnets is in. */
export function vpcOfSubnets(subnets: readonly Subnet[], { candidates, ...link }: Link): Link {
  const [own] = subnetsAmong(subnets, candidates.slice(0, 1));
  return own?.vpc ?? { ...link, candidates: [], external: true };
}

/** What AWS says of it; before that an explicit choice at launch, else what the subnet does for everything launched in it. */
function instanceAddress(links: Links, instance: Resource): Certainty {
  const shown = shownAddress(instance);
  if (shown === "yes") return shown;
  const chosen = given(instance, "associatePublicIpAddress");
  if (chosen !== undefined) return certaintyOf(chosen);
  if (shown !== undefined) return shown;
  const launched = launchedAddress(links, instance);
  if (launched !== undefined) return launched;
  const link = links.follow(instance, "subnetId", ...subnetTypes);
  if (link.external) return "perhaps";
  return whichever(link.candidates.map((subnet) => mapsPublicAddresses(subnet)));
}

/** By `publicIp`, which is empty where an instance that exists has none. Undefined: it isn't shown. */
function shownAddress({ props, ...instance }: Resource): Certainty | undefined {
  const { id, publicIp } = props;
  if (given({ props, ...instance }, "publicIp") === UNKNOWN) return "perhaps";
  if (publicIp === "") return typeof id === "string" && id !== "" ? "no" : undefined;
  return typeof publicIp === "string" ? "yes" : undefined;
}

/** The instance with the interfaces attached to it; a primary one among them is in place of its own. */
function withInterfaces(links: Links, own: Party, interfaces: ReadonlyMap<Resource, Party>): Party {
  const attached = attachmentsOf(links, own.resource).flatMap(({ attached: resource, answer, primary }) => {
    const party = interfaces.get(resource);
    return party === undefined ? [] : [{ party, answer, primary }];
  });
  if (attached.length === 0) return own;
  const first = attached.find(({ primary }) => primary === "yes")?.party;
  const isReplaced = any(...attached.map(({ primary }) => primary));
  const assigned = shownAddress(own.resource) ?? "no";
  const shown: Party =
    first === undefined
      ? own
      : { ...own, subnets: first.subnets, groups: first.groups, publicAddress: any(assigned, first.publicAddress) };
  return {
    ...shown,
    interfaces: [
      ...(first === undefined ? [{ party: own, answer: isReplaced === "no" ? "yes" : "perhaps" } as const] : []),
      // What AWS says of the instance's public address is its primary interface's.
      ...attached.map(({ party, answer }) => ({
        party: party === first ? { ...party, publicAddress: any(assigned, party.publicAddress) } : party,
        answer,
      })),
    ],
  };
}
