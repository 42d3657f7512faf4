import { throughAppliance } from "./appliances";
import { all, type Certainty } from "./certainty";
import { block, type Course, doubt, fork, isOver, pass, whicheverCourse } from "./course";
import { isExactly, type Link, type Links, vpcTypes } from "./links";
import { remembered } from "./remembered";
import { given } from "./resources";
import { type Table, tablesOfLink, tableTypes } from "./route-tables";
import { decide, routesOf } from "./routes";
import type { InterfaceSite } from "./sites";
import type { Trip } from "./trip";
import { sameVpc } from "./vpcs";

/**
 * What comes in by an internet gateway, by the route table that is associated with the gateway (an edge association): such a table may send what is
 * for a subnet to an interface or a Gateway Load Balancer's endpoint instead (VPC guide, "Gateway route tables"). Past the gateway's own
 * translation, before the border of the subnet.
 */
export function byGatewayRoutes(trip: Trip, course: Course, party: InterfaceSite): Course {
  if (isOver(course)) return course;
  const { links } = trip.network;
  return edgeTablesOf(links, party.subnet.vpc).reduce((sum, { table, answer }) => {
    const routed = byTable(trip, sum, party, table);
    const unknown = `which route table the internet gateway in front of ${party.label} has`;
    return answer === "yes" ? routed : (whicheverCourse([sum, routed], unknown) ?? sum);
  }, course);
}

function byTable(trip: Trip, course: Course, party: InterfaceSite, table: Table): Course {
  const { links } = trip.network;
  const hop = { what: `route table ${table.label} of the gateway` };
  if (table.resource === undefined) return doubt(course, `the routes of ${hop.what}`, hop);
  const parts = decide(links, party.subnet, routesOf(links, table)).flatMap(({ route, traffic }): Course[] => {
    const text = route.blocks?.map((each) => each.text).join(", ") ?? "a destination that isn't known";
    const [first] = route.targets;
    const isLocal = first?.kind === "local" && route.targets.length === 1;
    const name = first?.label ?? "nowhere";
    const part = pass(course, traffic, () => ({ ...hop, what: `${hop.what} sends ${text} to ${name}`, rule: text }));
    if (isOver(part)) return [];
    // The local route is what there is without a table.
    if (isLocal) return [{ ...part, path: course.path }];
    const carried = route.targets.map((target): Course => {
      switch (target.kind) {
        case "local":
          return part;
        case "interface":
          return throughAppliance({ ...trip, to: party }, part, undefined, target, (arrived) => arrived);
        case "blackhole":
          return block(part, { ...hop, what: `${hop.what} leads to nothing` });
        default:
          return doubt(part, `what ${target.label} lets through`, { ...hop, what: target.label });
      }
    });
    return [whicheverCourse(carried, `where a route in ${hop.what} leads`) ?? part];
  });
  return fork(parts) ?? doubt(course, `the routes of ${hop.what}`, hop);
}

interface EdgeTable {
  readonly table: Table;
  /** Is it the internet gateway's? */
  readonly answer: Certainty;
}

const gatewayTypes = ["aws:ec2/internetGateway:InternetGateway", "aws:ec2/vpnGateway:VpnGateway"] as const;

/** A gateway's table is one of the VPC that it is attached to: so tables tell whose gateway an association is with. */
function edgeTablesOf(links: Links, vpc: Link): readonly EdgeTable[] {
  const associations = remembered(links, "edge associations", () => readAssociations(links));
  return associations.flatMap(({ table, answer }) => {
    if (table.resource === undefined) return [{ table, answer: "perhaps" }];
    const own = links.follow(table.resource, "vpcId", ...vpcTypes);
    const isOurs = own.absent ? "perhaps" : sameVpc(own, vpc);
    return isOurs === "no" ? [] : [{ table, answer: all(answer, isOurs) }];
  });
}

function readAssociations(links: Links): readonly EdgeTable[] {
  const type = "aws:ec2/routeTableAssociation:RouteTableAssociation";
  return links.ofTypes(type).flatMap((association): readonly EdgeTable[] => {
    if (given(association, "gatewayId") === undefined) return [];
    const gateway = links.follow(association, "gatewayId", ...gatewayTypes);
    const isVpn =
      gateway.candidates.length === 0
        ? gateway.id?.startsWith("vgw-") === true
        : gateway.candidates.every((each) => each.type === gatewayTypes[1]) && !gateway.external;
    if (isVpn) return [];
    const [first] = gateway.candidates;
    const isCertain = first === undefined ? gateway.id?.startsWith("igw-") === true : isExactly(gateway, first);
    const link = links.follow(association, "routeTableId", ...tableTypes, ...vpcTypes);
    const tables = tablesOfLink(links, link);
    return tables.map((table) => ({ table, answer: isCertain && tables.length === 1 ? "yes" : "perhaps" }));
  });
}
