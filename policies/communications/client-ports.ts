import { IntervalSet } from "../reachability/interval-set";

/** The source ports that clients of every kind take: Linux's range, inside that of NAT gateways and balancers (VPC guide, "Ephemeral ports"). */
export const clientPorts = IntervalSet.range(32768, 60999);
