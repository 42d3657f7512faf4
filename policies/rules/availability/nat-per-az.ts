import type { Network } from "../../reachability/network";
import { given, UNKNOWN } from "../../reachability/resources";
import { type Table, tablesOfSubnet } from "../../reachability/route-tables";
import type { Target } from "../../reachability/route-targets";
import { routesOf } from "../../reachability/routes";
import { subnetsAmong } from "../../reachability/subnets-among";
import { type Subnet, subnetTypes } from "../../reachability/vpcs";
import { sameZone } from "../../reachability/zones";
import { bad, type Check, findingOf, good, outside, pending } from "../check";
import type { Rule } from "../rule";
import { zoneName } from "./zone-count";

const fix =
  'route it to a NAT gateway in its own zone (each zone has a route table then), or to a regional one (availabilityMode: "regional")';

/** A subnet without a route to a NAT gateway is no subject; private NAT gateways count like public ones. */
export const natPerAz: Rule = {
  id: "nat-per-az",
  title: "Subnets use a NAT gateway of their own Availability Zone, or a regional one",
  proves:
    "Proves that every subnet with a route to a NAT gateway uses one in its own Availability Zone, or a regional one.",
  why:
    "A zonal NAT gateway is gone with its zone, and so is the way out of every subnet elsewhere that uses it: one zone lost takes the others along. " +
    "Traffic between zones costs besides.",
  sources: [
    "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html",
  ],
  fix: "Give each zone a NAT gateway and a route table that leads there, or use one regional NAT gateway.",
  enforcementLevel: "mandatory",
  severity: "medium",
  controls: [],
  tags: ["availability", "network"],
  settings: {},
  defers: true,
  notApplicable: "The stack has no subnet with a route to a NAT gateway.",
  judge: ({ network }) =>
    network.subnets.flatMap((subnet) => {
      const checks = checksOf(network, subnet);
      const question = `it can't be told whether subnet ${subnet.label} uses a NAT gateway of its own zone`;
      return checks.length === 0 ? [] : [findingOf(subnet.resource, question, checks)];
    }),
};

function checksOf(network: Network, subnet: Subnet): readonly Check[] {
  const tables = tablesOfSubnet(network.links, subnet);
  return tables.flatMap((table) =>
    routesOf(network.links, table)
      .filter(({ targets }) => targets.some(({ kind }) => kind === "nat"))
      .flatMap(({ targets, certain }) => {
        const checks = targets.map((target) => gatewayCheck(network, subnet, table, target));
        const isCertain = certain && tables.length === 1 && checks.every(({ answer }) => answer === "bad");
        return checks.map((check) =>
          check.answer === "bad" && !isCertain ? pending(`which NAT gateway subnet ${subnet.label} uses`) : check,
        );
      }),
  );
}

function gatewayCheck(network: Network, subnet: Subnet, table: Table, { kind, resource, label }: Target): Check {
  if (kind !== "nat") return pending(`where a route of table ${table.label} leads`);
  if (resource === undefined) return outside(`the zone of NAT gateway ${label}, which isn't in this stack`);
  const mode = given(resource, "availabilityMode");
  if (mode === "regional") return good;
  if (mode === UNKNOWN) return pending(`the availabilityMode of ${label}`);
  const link = network.links.follow(resource, "subnetId", ...subnetTypes);
  const places = subnetsAmong(network.subnets, link.candidates);
  if (link.external || places.length === 0)
    return outside(`the zone of the subnet of ${label}, which isn't in this stack`);
  const answers = places.map((place) => sameZone(place, subnet));
  if (answers.every((answer) => answer === "yes")) return good;
  const [place] = places;
  if (place === undefined || !answers.every((answer) => answer === "no"))
    return pending(`the zones of subnet ${subnet.label} and of ${label}`);
  return bad(
    `subnet ${subnet.label} in ${zoneName(subnet)} uses ${label} in ${zoneName(place)}, by route table ${table.label}`,
    fix,
  );
}
