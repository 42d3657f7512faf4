import type { Resource } from "../../policies/reachability/resources";
import { Stack } from "../policies/stack";
import { Random } from "./random";
import { addVpc, machines, tiers, type Vpc, zones } from "./reachability-vpc";

/** A VPC of this many resources, machines included, until there are 20. */
const perVpc = 500;
const mostVpcs = 20;

/**
 * A network of exactly so many resources, as a state file has them: up to 20 VPCs of one organisation, by fives joined by a transit gateway
 * (the first three) and by peering (the next two), filled up with machines, what belongs to them, and what has nothing to do with the network.
 * However many machines there are, they are of the same kinds.
 */
export function networkOf(count: number, seed: number): Resource[] {
  const random = new Random(seed);
  const stack = new Stack();
  const number = Math.min(mostVpcs, Math.max(1, Math.round(count / perVpc)));
  const vpcs = Array.from({ length: number }, (_, at) => addVpc(stack, at, random));
  vpcs.forEach((vpc, at) => {
    join(stack, vpcs, vpc, at);
  });
  const { length: frame } = stack.resources(true);
  if (frame > count) throw new RangeError(`${String(number)} VPCs alone take ${String(frame)} resources`);
  for (let left = count - frame, at = 0; left > 0; at += 1) {
    const vpc = vpcs[at % vpcs.length];
    if (vpc !== undefined) left -= fill(stack, vpc, at, left, random);
  }
  return stack.resources(true);
}

function join(stack: Stack, vpcs: readonly Vpc[], vpc: Vpc, at: number): void {
  const [place, first] = [at % 5, at - (at % 5)];
  const allTables = (each: Vpc) => [...each.tables.public, ...each.tables.private, ...each.tables.data];
  if (place === 2) {
    const gateway = stack.add("aws:ec2transitgateway/transitGateway:TransitGateway", `tgw-${first}`, {});
    for (const each of vpcs.slice(first, at + 1)) {
      stack.add("aws:ec2transitgateway/vpcAttachment:VpcAttachment", each.name, {
        transitGatewayId: gateway.id,
        vpcId: each.id,
        subnetIds: each.subnets.private,
      });
      allTables(each).forEach((routeTableId, which) =>
        stack.add("aws:ec2/route:Route", `${each.name}-organisation-${which}`, {
          routeTableId,
          destinationCidrBlock: "10.0.0.0/8",
          transitGatewayId: gateway.id,
        }),
      );
    }
  }
  const other = vpcs[at - 1];
  if (place !== 4 || other === undefined) return;
  const peering = stack.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", vpc.name, {
    vpcId: vpc.id,
    peerVpcId: other.id,
    autoAccept: true,
  });
  for (const [from, block] of [
    [vpc, `10.${at - 1}.0.0/16`],
    [other, `10.${at}.0.0/16`],
  ] as const) {
    from.tables.private.forEach((routeTableId, which) =>
      stack.add("aws:ec2/route:Route", `${from.name}-peer-${which}`, {
        routeTableId,
        destinationCidrBlock: block,
        vpcPeeringConnectionId: peering.id,
      }),
    );
  }
}

type Kind = "machine" | "target" | "bastion" | "interface" | "scaling" | "volume" | "other";

/** What teams add to a VPC day by day; returns how many resources it was, at most `left`. */
function fill(stack: Stack, vpc: Vpc, at: number, left: number, random: Random): number {
  const kind = random.pick<Kind>([
    [34, "machine"],
    [8, "target"],
    [2, "bastion"],
    [4, "interface"],
    [3, "scaling"],
    [12, "volume"],
    [37, "other"],
  ]);
  const zone = random.below(zones.length);
  const name = `${vpc.name}-${String(at)}`;
  const machine = (group: (typeof machines)[number]["group"]) => {
    const tier = machines.find((each) => each.group === group)?.tier ?? tiers[1];
    const inputs = { subnetId: vpc.subnets[tier][zone] ?? "", vpcSecurityGroupIds: [vpc.groups[group]] };
    return stack.add("aws:ec2/instance:Instance", name, inputs, { privateIp: vpc.nextAddress(tier, zone) });
  };
  const single = () => machine(machines[random.below(3)]?.group ?? "web");
  switch (left === 1 ? "other" : kind) {
    case "machine":
      single();
      return 1;
    case "target": {
      const { id: targetId } = machine("web");
      const inputs = { targetGroupArn: vpc.targetGroup, targetId, port: 8443 };
      stack.add("aws:lb/targetGroupAttachment:TargetGroupAttachment", name, inputs);
      return 2;
    }
    case "bastion":
      stack.add(
        "aws:ec2/eip:Eip",
        name,
        { instance: machine("bastion").id },
        { publicIp: `52.${at >> 16}.${(at >> 8) & 255}.${at & 255}` },
      );
      return 2;
    case "interface":
      stack.add(
        "aws:ec2/networkInterface:NetworkInterface",
        name,
        { subnetId: vpc.subnets.private[zone] ?? "", securityGroups: [vpc.groups.worker] },
        { privateIp: vpc.nextAddress("private", zone) },
      );
      return 1;
    case "scaling":
      stack.add("aws:autoscaling/group:Group", name, {
        vpcZoneIdentifiers: vpc.subnets.private,
        launchTemplate: { id: vpc.template },
        minSize: 1,
        maxSize: 9,
      });
      return 1;
    case "volume":
      stack.add("aws:ebs/volume:Volume", name, { availabilityZone: `ap-northeast-1${zones[zone] ?? ""}`, size: 100 });
      return 1;
    case "other":
      stack.add(
        random.pick([
          [3, "aws:iam/role:Role"],
          [3, "aws:iam/rolePolicy:RolePolicy"],
          [2, "aws:s3/bucket:Bucket"],
          [2, "aws:cloudwatch/logGroup:LogGroup"],
          [2, "aws:cloudwatch/metricAlarm:MetricAlarm"],
          [1, "aws:route53/record:Record"],
        ]),
        name,
        { tags: { Team: vpc.name } },
      );
      return 1;
  }
}
