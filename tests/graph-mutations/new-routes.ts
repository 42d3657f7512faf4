import type { Resource, Value } from "../../policies/reachability/resources";
import { added, exchanged, type Mutation, ofType, resource, withValue } from "./mutation";

const everywhere = "0.0.0.0/0";

/** A default route to the internet gateway and to each NAT gateway, in every table that has none. */
export function newRoutes(graph: readonly Resource[]): readonly Mutation[] {
  const routes = ofType(graph, "aws:ec2/route:Route");
  const gateways = [
    ...ofType(graph, "aws:ec2/internetGateway:InternetGateway").map((gateway) => ["gatewayId", gateway] as const),
    ...ofType(graph, "aws:ec2/natGateway:NatGateway").map((gateway) => ["natGatewayId", gateway] as const),
  ];
  return ofType(graph, "aws:ec2/routeTable:RouteTable")
    .filter((table) => !routes.some((route) => route.props.routeTableId === table.props.id))
    .flatMap((table) =>
      gateways.map(([key, gateway]) => {
        const what = `${everywhere} of ${table.name} to ${gateway.name}`;
        const fresh: Record<string, Value> = {
          routeTableId: table.props.id,
          destinationCidrBlock: everywhere,
          [key]: gateway.props.id,
        };
        return added(graph, what, resource("aws:ec2/route:Route", what, fresh));
      }),
    );
}

/** Every subnet under each other route table. */
export function otherTables(graph: readonly Resource[]): readonly Mutation[] {
  const tables = ofType(graph, "aws:ec2/routeTable:RouteTable");
  return ofType(graph, "aws:ec2/routeTableAssociation:RouteTableAssociation").flatMap((association) =>
    tables
      .filter((table) => table.props.id !== association.props.routeTableId)
      .map((table) =>
        exchanged(graph, `table ${table.name}`, association, withValue(association, ["routeTableId"], table.props.id)),
      ),
  );
}

/** Machines of every kind with a public address, in subnets whose table leads to the internet gateway. */
export function publicMachines(graph: readonly Resource[]): readonly Mutation[] {
  const [edge] = ofType(graph, "aws:ec2/route:Route").filter(
    ({ props }) => typeof props.gatewayId === "string" && props.gatewayId !== "",
  );
  if (edge === undefined) return [];
  return ofType(graph, "aws:ec2/launchTemplate:LaunchTemplate").map((template) => {
    const open = withValue(template, ["networkInterfaces", 0, "associatePublicIpAddress"], "true");
    return {
      title: `${template.name}: public addresses, and all subnets under the table of the internet gateway`,
      apply: () =>
        graph.map((each) => {
          if (each === template) return open;
          return each.type === "aws:ec2/routeTableAssociation:RouteTableAssociation"
            ? withValue(each, ["routeTableId"], edge.props.routeTableId)
            : each;
        }),
    };
  });
}
