import { allAddresses, allIpv4, allIpv6 } from "./addresses";
import { answeringTypes } from "./icmp-answers";
import { IntervalSet } from "./interval-set";

/**
 * One packet's worth of headers, each field a set. `ports` are destination ports; for ICMP they hold the type and `sourcePorts` the code.
 * Protocols without ports have the full range in both.
 */
export interface Box {
  readonly source: IntervalSet;
  readonly destination: IntervalSet;
  readonly protocol: IntervalSet;
  readonly sourcePorts: IntervalSet;
  readonly ports: IntervalSet;
}

const dimensions = ["source", "destination", "protocol", "sourcePorts", "ports"] as const;

export const allProtocols = IntervalSet.range(0, 255);
/** ICMP and ICMPv6. */
export const icmpProtocols = IntervalSet.range(1, 1).union(IntervalSet.range(58, 58));
export const allPorts = IntervalSet.range(0, 65535);

const everything: Box = {
  source: allAddresses,
  destination: allAddresses,
  protocol: allProtocols,
  sourcePorts: allPorts,
  ports: allPorts,
};

const families: readonly Box[] = [
  { ...everything, source: allIpv4, destination: allIpv4 },
  { ...everything, source: allIpv6, destination: allIpv6 },
];

/** A set of packets: a union of disjoint boxes, exact, closed under union, intersection and subtraction. */
export class Traffic {
  static readonly none = new Traffic([]);
  /** A packet has one family: IPv4 to IPv6 is no packet. */
  static readonly all = new Traffic(families);

  private constructor(readonly boxes: readonly Box[]) {}

  /** All packets whose named fields lie in the given sets. */
  static where(fields: Partial<Box>): Traffic {
    const wanted = { ...everything, ...fields };
    return new Traffic(families.flatMap((family) => intersectBoxes(family, wanted) ?? []));
  }

  get isEmpty(): boolean {
    return this.boxes.length === 0;
  }

  union(other: Traffic): Traffic {
    if (this.isEmpty || other === Traffic.all) return other;
    if (other.isEmpty || this === Traffic.all) return this;
    return new Traffic([...this.boxes, ...other.subtract(this).boxes]);
  }

  intersect(other: Traffic): Traffic {
    if (this.isEmpty || other === Traffic.all) return this;
    if (other.isEmpty || this === Traffic.all) return other;
    return new Traffic(
      this.boxes.flatMap((a) =>
        other.boxes.map((b) => intersectBoxes(a, b)).filter((box): box is Box => box !== undefined),
      ),
    );
  }

  /** Is some packet in both? */
  overlaps(other: Traffic): boolean {
    return this.boxes.some((a) => other.boxes.some((b) => dimensions.every((each) => a[each].overlaps(b[each]))));
  }

  subtract(other: Traffic): Traffic {
    if (this.isEmpty || other.isEmpty) return this;
    if (other === Traffic.all) return Traffic.none;
    return new Traffic(
      other.boxes.reduce<Box[]>((rest, cut) => rest.flatMap((box) => without(box, cut)), [...this.boxes]),
    );
  }

  /** The same packets with other values in some fields, as translation of addresses makes them. */
  with(fields: Partial<Box>): Traffic {
    return this.boxes.reduce((sum, box) => sum.union(Traffic.where({ ...box, ...fields })), Traffic.none);
  }

  isSubsetOf(other: Traffic): boolean {
    if (this === other) return true;
    // Each box within one of the others' is the common case, and the cheap one.
    const isWithinOne = this.boxes.every((a) =>
      other.boxes.some((b) => dimensions.every((each) => within(a[each], b[each]))),
    );
    return isWithinOne || this.subtract(other).isEmpty;
  }

  /** The packets of the answers: ends and ports exchanged; of ICMP the types that answer one another, with the code of the request. */
  reversed(): Traffic {
    const turn = (box: Box, { sourcePorts, ports }: Pick<Box, "sourcePorts" | "ports">): Box => ({
      source: box.destination,
      destination: box.source,
      protocol: box.protocol,
      sourcePorts,
      ports,
    });
    const icmp = this.intersect(Traffic.where({ protocol: icmpProtocols }));
    return new Traffic([
      ...this.subtract(icmp).boxes.map((box) => turn(box, { sourcePorts: box.ports, ports: box.sourcePorts })),
      ...([1n, 58n] as const).flatMap((protocol) =>
        icmp
          .intersect(Traffic.where({ protocol: IntervalSet.range(protocol, protocol) }))
          .boxes.map((box) => turn(box, { ...box, ports: answeringTypes(protocol, box.ports) })),
      ),
    ]);
  }
}

function within(a: IntervalSet, b: IntervalSet): boolean {
  return a === b || a.subtract(b).isEmpty;
}

function intersectBoxes(a: Box, b: Box): Box | undefined {
  const source = a.source.intersect(b.source);
  if (source.isEmpty) return undefined;
  const destination = a.destination.intersect(b.destination);
  if (destination.isEmpty) return undefined;
  const protocol = a.protocol.intersect(b.protocol);
  if (protocol.isEmpty) return undefined;
  const sourcePorts = a.sourcePorts.intersect(b.sourcePorts);
  if (sourcePorts.isEmpty) return undefined;
  const ports = a.ports.intersect(b.ports);
  return ports.isEmpty ? undefined : { source, destination, protocol, sourcePorts, ports };
}

/** Peels off, dimension by dimension, what lies outside the cut; what is left inside in all dimensions is dropped. */
function without(box: Box, cut: Box): Box[] {
  if (!dimensions.every((each) => box[each].overlaps(cut[each]))) return [box];
  const pieces: Box[] = [];
  let inside = box;
  for (const dimension of dimensions) {
    const outside = inside[dimension].subtract(cut[dimension]);
    if (outside.isEmpty) continue;
    pieces.push({ ...inside, [dimension]: outside });
    inside = { ...inside, [dimension]: inside[dimension].intersect(cut[dimension]) };
  }
  return pieces;
}
