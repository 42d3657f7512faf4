import type { Link } from "./forwardings";
import { IntervalSet } from "./interval-set";
import { UNKNOWN, type Value } from "./resources";

/** The port at which a target gets traffic: its own, else that of its pool. Undefined: it isn't known. */
export function portsOf({ forwarding, target }: Link): IntervalSet | undefined {
  return onePort(target.port ?? forwarding.pool.port);
}

/** The port at which its health is checked. Undefined: it isn't known. */
export function checkedPortsOf(link: Link): IntervalSet | undefined {
  const { checkPort } = link.forwarding.pool;
  return checkPort === "traffic-port" ? portsOf(link) : onePort(checkPort);
}

function onePort(value: Value): IntervalSet | undefined {
  if (value === UNKNOWN) return undefined;
  const port = Number(value);
  return Number.isInteger(port) ? IntervalSet.range(port, port) : undefined;
}
