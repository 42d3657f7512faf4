import fc from "fast-check";
import { Stack } from "../stack";

const ports = [22, 443, 5432] as const;
const remotes = ["0.0.0.0/0", "10.0.0.0/16", "10.0.1.0/24", "10.1.0.0/16", "198.51.0.0/16", "52.0.0.0/8"] as const;

const rule = fc.record({
  protocol: fc.constantFrom("tcp", "udp", "-1"),
  port: fc.constantFrom(...ports),
  remote: fc.constantFrom(...remotes),
  /** Groups only: from the other group instead of the block. */
  byGroup: fc.boolean(),
});
const aclEntry = fc.record({ rule, action: fc.constantFrom("allow", "deny"), egress: fc.boolean() });
const route = fc.record({
  block: fc.constantFrom("0.0.0.0/0", "0.0.0.0/1", "10.1.0.0/16", "52.0.0.0/8"),
  target: fc.constantFrom("internetGateway", "nat", "peering", "vpnGateway"),
  inline: fc.boolean(),
});

const shape = fc.record({
  /** Which of two route tables, and which of two groups, each subnet or machine has. */
  tables: fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1)),
  groups: fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1)),
  routes: fc.array(fc.array(route, { maxLength: 2 }), { minLength: 2, maxLength: 2 }),
  rules: fc.array(fc.record({ ingress: fc.array(rule, { maxLength: 2 }), egress: fc.array(rule, { maxLength: 2 }) }), {
    minLength: 2,
    maxLength: 2,
  }),
  acl: fc.option(fc.array(aclEntry, { maxLength: 4 })),
  standalone: fc.boolean(),
  publicAddress: fc.tuple(fc.boolean(), fc.boolean()),
  elasticAddress: fc.boolean(),
});
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;
type Rule = Shape["rules"][number]["ingress"][number];

/** Two peered VPCs with three subnets, a machine in each, a NAT gateway in the first; rules, routes and tables at random. */
export const randomNetwork = shape.map(build);

function build(made: Shape): Stack {
  const stack = new Stack();
  const vpcs = [0, 1].map((at) => stack.add("aws:ec2/vpc:Vpc", `vpc-${at}`, { cidrBlock: `10.${at}.0.0/16` }));
  const [main, other] = [vpcs[0], vpcs[1]];
  if (main === undefined || other === undefined) throw new RangeError("two VPCs");
  const subnets = [main, main, other].map((vpc, at) =>
    stack.add("aws:ec2/subnet:Subnet", `subnet-${at}`, {
      vpcId: vpc.id,
      cidrBlock: at === 2 ? "10.1.0.0/24" : `10.0.${at}.0/24`,
      mapPublicIpOnLaunch: made.publicAddress[at] ?? false,
    }),
  );
  const [first] = subnets;
  if (first === undefined) throw new RangeError("three subnets");
  const gateway = stack.add("aws:ec2/internetGateway:InternetGateway", "main", { vpcId: main.id });
  const targets = {
    internetGateway: { gatewayId: gateway.id },
    nat: { natGatewayId: stack.add("aws:ec2/natGateway:NatGateway", "main", { subnetId: first.id }).id },
    vpnGateway: { gatewayId: stack.add("aws:ec2/vpnGateway:VpnGateway", "main", { vpcId: main.id }).id },
    peering: {
      vpcPeeringConnectionId: stack.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peer", {
        vpcId: main.id,
        peerVpcId: other.id,
        autoAccept: true,
      }).id,
    },
  };
  const tables = made.routes.map((routes, at) => {
    // AWS keeps one route a destination.
    const distinct = routes.filter(({ block }, place) => routes.findIndex((each) => each.block === block) === place);
    const inline = distinct.filter((each) => each.inline);
    const table = stack.add("aws:ec2/routeTable:RouteTable", `table-${at}`, {
      vpcId: main.id,
      routes: inline.map(({ block, target }) => ({ cidrBlock: block, ...targets[target] })),
    });
    for (const { block, target } of distinct.filter((each) => !each.inline)) {
      stack.add("aws:ec2/route:Route", `route-${at}-${block}`, {
        routeTableId: table.id,
        destinationCidrBlock: block,
        ...targets[target],
      });
    }
    return table;
  });
  subnets.forEach((subnet, at) => {
    const table = tables[made.tables[at] ?? 0];
    if (table === undefined) return;
    const inputs = { subnetId: subnet.id, routeTableId: table.id };
    stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", `subnet-${at}`, inputs);
  });
  const groups = addGroups(stack, made, main.id);
  subnets.forEach((subnet, at) => {
    const group = groups[made.groups[at] ?? 0];
    if (group === undefined) return;
    const inputs = { subnetId: subnet.id, vpcSecurityGroupIds: [group] };
    const isPublic = (at < 2 && made.publicAddress[at] === true) || (at === 0 && made.elasticAddress);
    const machine = stack.add("aws:ec2/instance:Instance", `machine-${at}`, inputs, {
      privateIp: at === 2 ? "10.1.0.10" : `10.0.${at}.10`,
      publicIp: isPublic ? `54.0.0.${at}` : "",
    });
    if (at === 0 && made.elasticAddress) stack.add("aws:ec2/eip:Eip", "machine", { instance: machine.id });
  });
  addAcl(stack, made, main.id, first.id);
  return stack;
}

type Id = ReturnType<Stack["add"]>["id"];

function addGroups(stack: Stack, made: Shape, vpcId: Id): readonly Id[] {
  const headers = ({ protocol, port }: Rule) =>
    protocol === "-1" ? { protocol, fromPort: 0, toPort: 0 } : { protocol, fromPort: port, toPort: port };
  return made.rules.reduce<Id[]>((known, { ingress, egress }, at) => {
    const previous = known[at - 1];
    const inline = (each: Rule) => ({
      ...headers(each),
      ...(each.byGroup && previous !== undefined ? { securityGroups: [previous] } : { cidrBlocks: [each.remote] }),
    });
    const { id } = stack.add("aws:ec2/securityGroup:SecurityGroup", `group-${at}`, {
      vpcId,
      ingress: ingress.map(inline),
      ...(made.standalone ? {} : { egress: egress.map(inline) }),
    });
    if (made.standalone) {
      egress.forEach((each, place) => {
        stack.add("aws:ec2/securityGroupRule:SecurityGroupRule", `egress-${at}-${place}`, {
          type: "egress",
          securityGroupId: id,
          ...headers(each),
          ...(each.byGroup && previous !== undefined
            ? { sourceSecurityGroupId: previous }
            : { cidrBlocks: [each.remote] }),
        });
      });
    }
    return [...known, id];
  }, []);
}

function addAcl(stack: Stack, { acl, standalone }: Shape, vpcId: Id, subnetId: Id): void {
  if (acl === null) return;
  const entries = acl.map(({ rule: { protocol, port, remote }, action, egress }, at) => ({
    egress,
    number: 100 + at,
    action,
    match: {
      protocol,
      cidrBlock: remote,
      ...(protocol === "-1" ? { fromPort: 0, toPort: 0 } : { fromPort: port, toPort: port }),
    },
  }));
  const inline = (direction: boolean) =>
    entries
      .filter(({ egress }) => egress === direction)
      .map(({ number, action, match }) => ({ ruleNo: number, action, ...match }));
  const { id } = stack.add("aws:ec2/networkAcl:NetworkAcl", "first", {
    vpcId,
    subnetIds: [subnetId],
    ...(standalone ? {} : { ingress: inline(false), egress: inline(true) }),
  });
  if (!standalone) return;
  for (const { egress, number, action, match } of entries) {
    stack.add("aws:ec2/networkAclRule:NetworkAclRule", `${number}`, {
      networkAclId: id,
      egress,
      ruleNumber: number,
      ruleAction: action,
      ...match,
    });
  }
}
