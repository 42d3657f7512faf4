import { natPerAz } from "../../../../policies/rules/availability/nat-per-az";
import { type Input, Stack } from "../../stack";
import { describePlanted } from "../planted";

interface Shape {
  /** The gateway that the subnet of each zone uses: that of a zone, or none. */
  readonly uses: Readonly<Record<string, string | undefined>>;
  readonly gateway?: Record<string, Input>;
  readonly routes?: "standalone" | "inline";
  /** The subnets' tables are the VPC's main one. */
  readonly main?: boolean;
}

/** A NAT gateway in the edge subnet of each zone, and a subnet a zone that uses one. */
const nat =
  ({ uses, gateway = {}, routes = "standalone", main = false }: Shape) =>
  () => {
    const stack = new Stack();
    const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" }, { mainRouteTableId: "rtb-main" });
    const gateways = Object.fromEntries(
      Object.keys(uses).map((zone, at) => {
        const edge = stack.add("aws:ec2/subnet:Subnet", `edge-${zone}`, {
          vpcId: vpc.id,
          cidrBlock: `10.0.${at}.0/24`,
          availabilityZone: zone,
        });
        return [zone, stack.add("aws:ec2/natGateway:NatGateway", zone, { subnetId: edge.id, ...gateway })];
      }),
    );
    Object.entries(uses).forEach(([zone, used], at) => {
      const subnet = stack.add("aws:ec2/subnet:Subnet", `app-${zone}`, {
        vpcId: vpc.id,
        cidrBlock: `10.0.${100 + at}.0/24`,
        availabilityZone: zone,
      });
      const natGatewayId = used === undefined ? undefined : (gateways[used]?.id ?? used);
      const route: Record<string, Input> | undefined = natGatewayId === undefined ? undefined : { natGatewayId };
      if (main) {
        if (at === 0 && route !== undefined)
          stack.add("aws:ec2/route:Route", zone, {
            routeTableId: vpc.of("mainRouteTableId"),
            destinationCidrBlock: "0.0.0.0/0",
            ...route,
          });
        return;
      }
      const isInline = routes === "inline" && route !== undefined;
      const table = stack.add("aws:ec2/routeTable:RouteTable", zone, {
        vpcId: vpc.id,
        ...(isInline ? { routes: [{ cidrBlock: "0.0.0.0/0", ...route }] } : {}),
      });
      if (!isInline && route !== undefined)
        stack.add("aws:ec2/route:Route", zone, {
          routeTableId: table.id,
          destinationCidrBlock: "0.0.0.0/0",
          ...route,
        });
      stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", zone, {
        subnetId: subnet.id,
        routeTableId: table.id,
      });
    });
    return stack;
  };

describe("nat-per-az (M5, M10)", () => {
  describePlanted(natPerAz, {
    "each zone its own": { stack: nat({ uses: { a: "a", b: "b" } }), answer: "proved" },
    "each zone its own, by inline routes": {
      stack: nat({ uses: { a: "a", b: "b" }, routes: "inline" }),
      answer: "proved",
    },
    "one for both zones": {
      stack: nat({ uses: { a: "a", b: "a" } }),
      answer: "violated",
      words: /subnet 10.0.101.0\/24 in b uses natgateway-a in a, by route table routetable-b\nFix: route it to/,
    },
    "one for both zones, by inline routes": {
      stack: nat({ uses: { a: "a", b: "a" }, routes: "inline" }),
      answer: "violated",
    },
    "each zone the other's": { stack: nat({ uses: { a: "b", b: "a" } }), answer: "violated" },
    "one for all subnets, by the main table": {
      stack: nat({ uses: { a: "a", b: undefined }, main: true }),
      answer: "violated",
      words: /subnet 10.0.1.0\/24 in b uses/,
    },
    "a private one of another zone": {
      stack: nat({ uses: { a: "a", b: "a" }, gateway: { connectivityType: "private" } }),
      answer: "violated",
    },
    "a regional one": {
      stack: nat({ uses: { a: "a", b: "a" }, gateway: { availabilityMode: "regional" } }),
      answer: "proved",
    },
    "a zonal one, said so": {
      stack: nat({ uses: { a: "a", b: "a" }, gateway: { availabilityMode: "zonal" } }),
      answer: "violated",
    },
    "one of another stack": {
      stack: nat({ uses: { a: "nat-0123" } }),
      answer: "undetermined",
      words: /the zone of NAT gateway nat-0123, which isn't in this stack/,
    },
    "only some subnets": { stack: nat({ uses: { a: "a", b: undefined } }), answer: "proved" },
    "no route there": { stack: nat({ uses: { a: undefined } }), answer: "notApplicable" },
  });
});
