import { IntervalSet } from "./interval-set";

export const [firstClientPort, lastClientPort] = [32768, 60999] as const;

/** The source ports that clients of every kind take: Linux's range, inside that of NAT gateways and balancers (VPC guide, "Ephemeral ports"). */
export const clientPorts = IntervalSet.range(firstClientPort, lastClientPort);
