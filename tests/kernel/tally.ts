import type { Comparison, Place } from "./comparison";
import type { Topology } from "./topology";

/** The ways between two parties that differ in what decides about them. */
const ways = [
  "in one subnet",
  "between subnets",
  "between VPCs, privately",
  "to a public address",
  "from the internet",
  "to the internet, by the own address",
  "to the internet, without one",
] as const;
type Way = (typeof ways)[number];

interface Count {
  asked: number;
  requests: number;
  connections: number;
}

/** How often each kind of way was asked, and how often the kernel let it through: shows that the comparison isn't about nothing. */
export class Tally {
  private readonly counts = new Map<Way, Count>(ways.map((way) => [way, { asked: 0, requests: 0, connections: 0 }]));
  private topologies = 0;

  add(topology: Topology, found: readonly Comparison[]): void {
    this.topologies += 1;
    for (const { question, kernel } of found) {
      const count = this.of(wayOf(topology, question.from, question.to));
      count.asked += 1;
      count.requests += kernel.request ? 1 : 0;
      count.connections += kernel.connection ? 1 : 0;
    }
  }

  of(way: Way): Count {
    const count = this.counts.get(way);
    if (count === undefined) throw new RangeError(way);
    return count;
  }

  toString(): string {
    const rows = ways.map((way) => {
      const { asked, requests, connections } = this.of(way);
      return `      ${way.padEnd(36)} ${[asked, requests, connections].map((each) => String(each).padStart(8)).join("")}`;
    });
    return [`      ${`${this.topologies} topologies`.padEnd(36)}    asked arrived answered`, ...rows].join("\n");
  }
}

/** Ways that carried nothing, or held nothing back; and replies, if none was ever lost. */
export function missing(tally: Tally): readonly string[] {
  const idle = ways.filter((way) => {
    const { asked, requests, connections } = tally.of(way);
    return connections === 0 || requests === asked;
  });
  const isLost = ways.some((way) => tally.of(way).requests > tally.of(way).connections);
  return isLost ? idle : [...idle, "a reply that is lost"];
}

function wayOf({ machines, subnets }: Topology, from: Place, to: Place): Way {
  const [a, b] = [from, to].map(({ machine }) => (machine === undefined ? undefined : machines[machine]));
  if (a === undefined) return "from the internet";
  if (b === undefined)
    return a.publicAddress === undefined ? "to the internet, without one" : "to the internet, by the own address";
  if (to.address === b.publicAddress) return "to a public address";
  if (a.subnet === b.subnet) return "in one subnet";
  return subnets[a.subnet]?.vpc === subnets[b.subnet]?.vpc ? "between subnets" : "between VPCs, privately";
}
