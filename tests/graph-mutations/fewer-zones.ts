import { items, type Resource, UNKNOWN, type Value } from "../../policies/reachability/resources";
import { exchanged, type Mutation, ofType, withValue } from "./mutation";

/** What stands in several subnets, by the property that lists them. */
const lists = [
  ["aws:autoscaling/group:Group", "vpcZoneIdentifiers"],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", "subnetIds"],
  ["aws:lb/loadBalancer:LoadBalancer", "subnets"],
  ["aws:rds/subnetGroup:SubnetGroup", "subnetIds"],
] as const;

/** In one zone only, for each of its zones; and groups of one machine. */
export function fewerZones(graph: readonly Resource[]): readonly Mutation[] {
  const lonely = lists.flatMap(([type, key]) =>
    ofType(graph, type).flatMap((resource) => {
      const subnets = listOf(resource.props[key]);
      if (subnets.length < 2) return [];
      // What AWS tells of a balancer's subnets besides goes with them.
      const untold = withValue(resource, ["subnetMappings"], undefined);
      return subnets.map((only) =>
        exchanged(graph, `${key} ${JSON.stringify(only)} alone`, resource, withValue(untold, [key], [only])),
      );
    }),
  );
  const single = ofType(graph, "aws:autoscaling/group:Group").map((group) => {
    const sizes = { minSize: 1, desiredCapacity: 1, maxSize: 1 };
    return exchanged(graph, "one machine", group, { ...group, props: { ...group.props, ...sizes } });
  });
  return [...lonely, ...single];
}

function listOf(value: Value): readonly Value[] {
  const list = items(value);
  return list === UNKNOWN ? [] : list;
}
