import { matches } from "../../exemptions";
import type { Certainty } from "../../reachability/certainty";
import type { ListLink } from "../../reachability/links";
import { scalingGroupType } from "../../reachability/managed-parties";
import type { Network } from "../../reachability/network";
import { instanceType } from "../../reachability/network-interfaces";
import { vpcOfSubnets } from "../../reachability/parties";
import { elements, given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { sameVpc, subnetTypes } from "../../reachability/vpcs";
import { type Check, pending } from "../check";
import { launchedTag } from "../tags";
import { scalingGroupSubnets } from "./scaling-group-zones";
import { listOf } from "./zone-count";

export interface Bastion {
  readonly resource: Resource;
  /** Is it one at all? */
  readonly isOne: Exclude<Certainty, "no">;
  /** How many run at any time: at least, and at most. */
  readonly least: number;
  readonly most: number;
  /** Is one that is lost replaced? */
  readonly heals: Certainty;
  /** Why it counts for less than a person may think. */
  readonly why: string | undefined;
  readonly subnets: ListLink;
  readonly unknowns: readonly Check[];
}

/** How bastions are found. */
export interface BastionSettings {
  readonly roleTag: string;
  readonly roles: readonly string[];
  readonly bastions: readonly string[];
}

export function findBastions(network: Network, settings: BastionSettings): readonly Bastion[] {
  const { links } = network;
  return links.ofTypes(scalingGroupType, instanceType).flatMap((resource) => {
    const isOne = bastionOrNot(network, resource, settings);
    if (isOne === "no") return [];
    const doubts = isOne === "yes" ? [] : [pending(`the tag ${settings.roleTag} of ${label(resource)}`)];
    const found = resource.type === scalingGroupType ? groupOf(network, resource) : instanceOf(network, resource);
    return [{ resource, isOne, ...found, unknowns: [...doubts, ...found.unknowns] }];
  });
}

function bastionOrNot(
  { links }: Network,
  resource: Resource,
  { roleTag, roles, bastions }: BastionSettings,
): Certainty {
  const { id } = resource.props;
  if (bastions.some((each) => each === id || each === resource.name || matches(each, resource.urn))) return "yes";
  const role = launchedTag(links, resource, roleTag);
  if (role === UNKNOWN) return "perhaps";
  return roles.some((each) => each === role) ? "yes" : "no";
}

/** Processes without which a group replaces nothing. */
const healing = ["Launch", "Terminate", "HealthCheck", "ReplaceUnhealthy"];

function groupOf(network: Network, group: Resource): Omit<Bastion, "resource" | "isOne"> {
  const min = given(group, "minSize");
  const size = min === UNKNOWN ? undefined : Number(min ?? 0);
  const suspended = elements(given(group, "suspendedProcesses"));
  const stopped = suspended.find((each) => typeof each === "string" && healing.includes(each));
  const isOpen = suspended.includes(UNKNOWN);
  return {
    least: size ?? 0,
    most: size ?? Infinity,
    heals: stopped !== undefined ? "no" : isOpen ? "perhaps" : "yes",
    why:
      stopped === undefined
        ? `has minSize ${size ?? "that isn't known"}`
        : `replaces nothing: its process ${JSON.stringify(stopped)} is suspended`,
    subnets: scalingGroupSubnets(network, group),
    unknowns: [
      ...(size === undefined ? [pending(`the minSize of ${label(group)}`)] : []),
      ...(isOpen && stopped === undefined ? [pending(`the suspendedProcesses of ${label(group)}`)] : []),
    ],
  };
}

function instanceOf({ links }: Network, instance: Resource): Omit<Bastion, "resource" | "isOne"> {
  return {
    least: 1,
    most: 1,
    heals: "no",
    why: "is an instance of its own, which nothing replaces",
    subnets: listOf(links.follow(instance, "subnetId", ...subnetTypes)),
    unknowns: [],
  };
}

/** The bastions of one VPC; of some it may not be known. */
export interface Cluster {
  readonly first: Bastion;
  readonly sure: readonly Bastion[];
  readonly perhaps: readonly Bastion[];
}

export function clustersOf(network: Network, bastions: readonly Bastion[]): readonly Cluster[] {
  const vpcs = new Map(bastions.map((each) => [each, vpcOf(network, each)]));
  const together = (one: Bastion, other: Bastion): Certainty => {
    const [a, b] = [vpcs.get(one), vpcs.get(other)];
    if (one === other) return "yes";
    return a === undefined || b === undefined ? "perhaps" : sameVpc(a, b);
  };
  const covered = new Set<Bastion>();
  // Those that are bastions for certain come first: what may be one belongs to them.
  const sorted = [...bastions].sort((a, b) => Number(a.isOne !== "yes") - Number(b.isOne !== "yes"));
  return sorted.flatMap((first): Cluster[] => {
    if (covered.has(first)) return [];
    const sure = sorted.filter((each) => together(first, each) === "yes");
    const perhaps = sorted.filter((each) => together(first, each) === "perhaps");
    sure.forEach((each) => covered.add(each));
    const isIn = ({ isOne }: Bastion) => isOne === "yes";
    return [{ first, sure: sure.filter(isIn), perhaps: [...sure.filter((each) => !isIn(each)), ...perhaps] }];
  });
}

function vpcOf({ subnets }: Network, { subnets: own }: Bastion) {
  const candidates = [...own.certain, ...own.possible];
  return vpcOfSubnets(subnets, { candidates, external: own.outside.length > 0, id: undefined, absent: false });
}
