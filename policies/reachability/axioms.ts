import { allIpv4, allIpv6, blocks } from "./addresses";
import { IntervalSet } from "./interval-set";
import { Traffic } from "./traffic";

// What AWS does without any route or rule that says so. Each has its source and a test.

/**
 * Addresses that are on the internet: all but those that IANA keeps for special purposes (RFC 6890 and its registries). A default route that
 * carries none of these isn't a way to the internet. 64:ff9b::/96 is how a NAT gateway writes IPv4 addresses for IPv6 senders (RFC 6052; VPC
 * guide, "DNS64 and NAT64").
 */
export const internet: IntervalSet = allIpv4
  .subtract(
    blocks(
      "0.0.0.0/8",
      "10.0.0.0/8",
      "100.64.0.0/10",
      "127.0.0.0/8",
      "169.254.0.0/16",
      "172.16.0.0/12",
      "192.0.0.0/24",
      "192.0.2.0/24",
      "192.168.0.0/16",
      "198.18.0.0/15",
      "198.51.100.0/24",
      "203.0.113.0/24",
      "224.0.0.0/3",
    ),
  )
  .union(blocks("2000::/3").subtract(blocks("2001:db8::/32")))
  .union(blocks("64:ff9b::/96"));

/** Kept for examples of hosts on the internet (RFC 5737, RFC 3849): asked by such an address, one is meant. */
export const documentation = blocks("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32");

/** The addresses in `internet` that are reached by NAT64. */
export const nat64 = blocks("64:ff9b::/96");

/**
 * A VPC whose block isn't known is taken to lie in private space, as the VPC guide recommends ("VPC CIDR blocks"); a block has at most /16, so that
 * it could never swallow a default route.
 */
export const unknownVpcSpace = blocks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

/**
 * What a NAT gateway takes. "A NAT gateway supports the following protocols: TCP, UDP, and ICMP" (VPC guide, "NAT gateway basics"); it sends to IPv4
 * addresses only, those of IPv6 senders among them by NAT64.
 */
export const natTakes = Traffic.where({
  destination: allIpv4.union(nat64),
  protocol: IntervalSet.of({ low: 1n, high: 1n }, { low: 6n, high: 6n }, { low: 17n, high: 17n }),
});

/**
 * "A NAT gateway uses ports 1024-65535" (VPC guide, "NAT gateway basics"): whichever of them it picks, so that an ACL on the way has to let all of
 * them pass for a connection that certainly works.
 */
export const natPorts = IntervalSet.range(1024, 65535);

/** "An egress-only internet gateway is for use with IPv6 traffic only" (VPC guide, "Egress-only internet gateways"). */
export const egressOnlyTakes = Traffic.where({ destination: allIpv6 });

/**
 * What an internet gateway takes from senders without a public IPv4 address: "IPv6 addresses are globally unique and are therefore public by default",
 * but for IPv4 "your instance must have a public IPv4 address" (VPC guide, "Internet gateways"). It doesn't translate NAT64 addresses.
 */
export const internetGatewayTakesFromAll = Traffic.where({ destination: allIpv6.subtract(nat64) });

/**
 * Unique local addresses (RFC 4193): a VPC may have them, but AWS doesn't advertise them on the internet (VPC guide, "Private IPv6 addresses"). No
 * internet gateway carries for them.
 */
export const uniqueLocal = blocks("fc00::/7");

/** What it takes only from senders with one. */
export const internetGatewayTakesFromPublic = Traffic.where({ destination: allIpv4 });

/** "Endpoints support traffic only over TCP" (PrivateLink guide, "Access AWS services through AWS PrivateLink"). */
export const awsServiceTakes = Traffic.where({ protocol: IntervalSet.range(6, 6) });

/** Services of others may take UDP as well (AWS news of 2024-10, "AWS PrivateLink … support for UDP"); nothing else is carried. */
export const privateLinkTakes = Traffic.where({
  protocol: IntervalSet.of({ low: 6n, high: 6n }, { low: 17n, high: 17n }),
});

/** "An endpoint returns responses only to traffic that is initiated from resources in your VPC" (PrivateLink guide, "Interface endpoints"). */
export const endpointsBeginNothing = "an interface endpoint answers requests and begins none";

/** The ACL that AWS makes with every VPC "allows all inbound and outbound traffic" (VPC guide, "Default network ACL"). */
export const awsMadeAcl = Traffic.all;

/** The group that AWS makes with every VPC lets everything out (VPC guide, "Default security groups"). */
export const awsMadeGroupEgress = Traffic.all;

/**
 * A peering carries what its two VPCs send to each other: "VPC peering doesn't support transitive peering relationships", nor what comes in by a
 * gateway or a transit gateway of one of them (VPC Peering guide, "VPC peering limitations").
 */
export const peeringIsNotTransitive = "a peering carries nothing for senders outside its two VPCs";

/**
 * The addresses that another network may announce by BGP: private ones. It may announce a default route too, which is no way to the internet
 * (`notTheInternet`). Parts of the network's own VPCs it doesn't announce, where a route of one's own leads there: networks on both ends of
 * a VPN don't overlap (Site-to-Site VPN guide, "Route tables and VPN route priority").
 */
export const announced: IntervalSet = allIpv4.union(allIpv6).subtract(internet);

/**
 * "Each EC2 instance performs source/destination checks by default. This means that the instance must be the source or destination of any traffic
 * it sends or receives" (VPC guide, "NAT instances"): an interface drops what a route sends it for others, unless the check is off.
 */
export const checksDestination = "drops what isn't addressed to it: its source/destination check is on";

/**
 * Why a target of a route is no way to the internet, whatever the route says. `undefined`: it is one, or may be.
 * - peering: "you cannot use the internet gateway (NAT device, VPN, endpoint) of the peer VPC" (VPC Peering guide, "edge to edge routing").
 * - virtualPrivateGateway: leads to the customer's own network (Site-to-Site VPN guide).
 * - gatewayEndpoint: leads to the AWS service of its prefix list only (VPC guide, "Gateway endpoints").
 * - local: stays in the VPC. - blackhole: "traffic … is dropped" (VPC guide, "Route table concepts").
 */
export const notTheInternet = {
  local: "the VPC itself",
  peering: "a peer's gateways don't carry traffic of the other VPC",
  virtualPrivateGateway: "a private network, not the internet",
  gatewayEndpoint: "one AWS service",
  blackhole: "nothing",
} as const;

/**
 * Whose targets see the client's own address behind a network load balancer: "Instance type target groups: Enabled; IP type target groups (UDP, TCP_UDP):
 * Enabled; IP type target groups (TCP, TLS): Disabled"; of UDP and TCP_UDP it "can't be disabled" (Network Load Balancers guide, "Client IP
 * preservation"). An ALB as target sees it always ("Use Application Load Balancers as targets of a Network Load Balancer").
 */
export const clientAddressKept = {
  always: { protocols: new Set(["UDP", "TCP_UDP", "QUIC", "TCP_QUIC"]), targetTypes: new Set(["alb"]) },
  byDefault: new Set(["instance"]),
} as const;

/** Ports from which load balancers connect to targets: "1024-65535" (ALB and NLB guides, "Network ACLs": ephemeral ports). */
export const balancerPorts = IntervalSet.range(1024, 65535);

/**
 * "NAT loopback, also known as hairpinning, is not supported when client IP preservation is enabled … the connection succeeds only if the request is
 * routed to a different instance" (Network Load Balancers guide, "Client IP preservation").
 */
export const noLoopback = "doesn't reach itself through a load balancer that keeps its address";

/**
 * "If a target group contains only unhealthy registered targets, the load balancer routes requests to all those targets, regardless of their health
 * status" (ALB and NLB guides, "Health checks"). So a check that can't get through proves nothing by itself: while another target is healthy, this one
 * certainly gets nothing; when none is, it gets traffic, but DNS and Auto Scaling act on its health too. That is left undetermined: a
 * health check is no firewall that "blocked" could rest on, and an unhealthy target no service that "reachable" could promise.
 */
export const failsOpen = "a group without a healthy target is sent traffic all the same";

/**
 * Replies to clients whose address a network load balancer keeps go back through its node, which tracks the connection: the firewalls that they pass are
 * those of these subnets, and no route of the target's counts. Targets need "outbound … client IP addresses" in their network ACL, the balancer's
 * subnets "inbound" from them (Network Load Balancers guide, "Network ACLs"), and no way to the internet.
 */
export const repliesByNode = [
  { of: "target", direction: "egress" },
  { of: "node", direction: "ingress" },
] as const;

/** What AWS serves to whatever runs in a VPC, on the host that it runs on. */
export interface HostService {
  readonly name: string;
  readonly addresses: IntervalSet;
  readonly takes: Traffic;
}

const tcp80 = Traffic.where({ protocol: IntervalSet.range(6, 6), ports: IntervalSet.range(80, 80) });
const dns = Traffic.where({
  protocol: IntervalSet.of({ low: 6n, high: 6n }, { low: 17n, high: 17n }),
  ports: IntervalSet.range(53, 53),
});

/**
 * Served whatever routes, groups and ACLs say: these "don't filter traffic destined to and from Amazon DNS, … EC2 instance metadata, ECS task metadata
 * endpoints, … Amazon Time Sync Service" (VPC guide, "Security groups" and "Network ACL basics"), and no route can be added for the addresses
 * (VPC guide, "Route table concepts"). They begin nothing. Addresses and ports: EC2 guide, "Instance metadata" and "Amazon Time Sync Service", VPC guide, "DNS
 * attributes", ECS guide, "Task metadata endpoint". The resolver is also at "the base of the VPC network range plus two", of the VPC's first block.
 */
export const hostServices = {
  metadata: { name: "instance metadata", addresses: blocks("169.254.169.254", "fd00:ec2::254"), takes: tcp80 },
  resolver: { name: "the VPC's resolver", addresses: blocks("169.254.169.253", "fd00:ec2::253"), takes: dns },
  time: {
    name: "the time service",
    addresses: blocks("169.254.169.123", "fd00:ec2::123"),
    takes: Traffic.where({ protocol: IntervalSet.range(17, 17), ports: IntervalSet.range(123, 123) }),
  },
  tasks: { name: "ECS task metadata", addresses: blocks("169.254.170.2"), takes: tcp80 },
} as const satisfies Record<string, HostService>;

export const resolverOffset = 2n;
