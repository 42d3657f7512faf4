import { IntervalSet } from "../reachability/interval-set";
import { Traffic } from "../reachability/traffic";
import type { Row } from "./declaration";

/** What a row of the matrix allows: its protocol to its ports, between any addresses and from any port. */
export function trafficOfRow({ protocol, ports }: Pick<Row, "protocol" | "ports">): Traffic {
  const number = protocol === "tcp" ? 6 : 17;
  const each = ports.map((port) => ({ low: BigInt(port), high: BigInt(port) }));
  return Traffic.where({ protocol: IntervalSet.range(number, number), ports: IntervalSet.of(...each) });
}
