import assert from "node:assert/strict";
import fc from "fast-check";
import { BALANCERS, matrix, outsiders, tierOf, type Party, type Row } from "../../../infra/communications";
import { aclEntries, type AclEntry } from "../../../infra/network/acl-entries";
import { cidrOf, containsCidr } from "../../../infra/network/cidr";
import { tierBlock } from "../../../infra/network/cidr-plan";
import { expand } from "../../../infra/network/pairs";
import { TIERS, type Tier } from "../../../infra/network/tiers";
import { matrices, PORTS } from "./matrices";

const VPC = "10.0.0.0/16";
const OPERATORS = ["198.51.100.0/24", "203.0.113.7/32"];
const AROUND = { vpcCidr: VPC, tiers: TIERS, addresses: outsiders(OPERATORS) };
const REPLY_PORTS = [1024, 32768, 65535];

/** A packet at the border of a tier's subnet. */
interface Packet {
  readonly tier: Tier;
  readonly direction: "in" | "out";
  readonly remote: string;
  readonly protocol: string;
  readonly port: number;
}

/** AWS's own way: the entry with the lowest number that matches decides, and without one the packet is dropped. */
function passes(acls: ReadonlyMap<Tier, readonly AclEntry[]>, packet: Packet): boolean {
  const remote = cidrOf(`${packet.remote}/32`);
  const [first] = (acls.get(packet.tier) ?? [])
    .filter(({ direction }) => direction === packet.direction)
    .filter(({ protocol }) => protocol === "all" || protocol === packet.protocol)
    .filter(
      ({ protocol, fromPort, toPort }) => protocol === "all" || (fromPort <= packet.port && packet.port <= toPort),
    )
    .filter(({ cidr }) => containsCidr(cidrOf(cidr), remote))
    .sort((a, b) => a.number - b.number);
  return first?.action === "allow";
}

function inside(tier: Tier): string {
  return tierBlock(VPC, tier).replace(/\.0\/\d+$/, ".77");
}

function addressOf(party: Party): string {
  const tier = tierOf(party);
  if (tier !== undefined) return inside(tier);
  return party === "operators" ? "198.51.100.9" : "192.0.2.55";
}

/** Every packet of a row's connections at every border it passes, there and back: written from AWS's documentation, not from the program. */
function packetsOf(row: Row): Packet[] {
  const { from, to, via, protocol } = row;
  return row.ports.flatMap((port) => {
    const trip = (tier: Tier | undefined, direction: "in" | "out", remote: string): Packet[] => {
      if (tier === undefined) return [];
      const back = direction === "in" ? ("out" as const) : ("in" as const);
      return [
        { tier, direction, remote, protocol, port },
        ...REPLY_PORTS.map((reply) => ({ tier, direction: back, remote, protocol, port: reply })),
      ];
    };
    const nat = natted(from, via ?? to)
      ? [...trip("edge", "in", addressOf(from)), ...trip("edge", "out", addressOf(to))]
      : [];
    if (via === undefined)
      return [...trip(tierOf(from), "out", addressOf(to)), ...trip(tierOf(to), "in", addressOf(from)), ...nat];
    const { tier, clientAddress } = BALANCERS[via];
    return [
      ...trip(tierOf(from), "out", inside(tier)),
      ...trip(tier, "in", addressOf(from)),
      ...trip(tier, "out", addressOf(to)),
      ...trip(tierOf(to), "in", clientAddress === "kept" ? addressOf(from) : inside(tier)),
      // The health check comes from the balancer itself.
      ...trip(tierOf(to), "in", inside(tier)),
    ];
  });
}

function natted(from: Party, to: Party): boolean {
  const tier = tierOf(from);
  return tier !== undefined && tier !== "edge" && (to === "internet" || to === "operators");
}

/** The pairs of tiers that some row joins: its own ends, and the balancer between them. */
function joined(rows: readonly Row[]): Set<string> {
  const ends = rows.flatMap(({ from, to, via }): [Party, Party][] => [
    [from, to],
    ...(via === undefined
      ? []
      : ([
          [from, via],
          [via, to],
        ] satisfies [Party, Party][])),
  ]);
  return new Set(
    ends.flatMap(([one, other]) => {
      const [a, b] = [tierOf(one) ?? "", tierOf(other) ?? ""];
      return [`${a} ${b}`, `${b} ${a}`];
    }),
  );
}

describe("network ACL entries", () => {
  it("never block what a row declares, nor its replies, for any matrix (M4)", () => {
    fc.assert(
      fc.property(matrices, (rows) => {
        const acls = aclEntries(expand(rows), AROUND);
        for (const packet of rows.flatMap(packetsOf)) assert.ok(passes(acls, packet), JSON.stringify(packet));
      }),
      { numRuns: 300 },
    );
  });

  it("let no tiers talk that no row joins, for any matrix (M1)", () => {
    fc.assert(
      fc.property(matrices, (rows) => {
        const acls = aclEntries(expand(rows), AROUND);
        const joins = joined(rows);
        for (const from of TIERS)
          for (const to of TIERS.filter((tier) => !joins.has(`${from} ${tier}`)))
            for (const protocol of ["tcp", "udp"])
              for (const port of [0, ...PORTS, ...REPLY_PORTS]) {
                const out = passes(acls, { tier: from, direction: "out", remote: inside(to), protocol, port });
                const arrives = passes(acls, { tier: to, direction: "in", remote: inside(from), protocol, port });
                assert.ok(!(out && arrives), `${from} -> ${to} ${protocol}/${port}`);
              }
      }),
      { numRuns: 300 },
    );
  });

  it("have unique numbers and names in each direction, in the range AWS takes", () => {
    fc.assert(
      fc.property(matrices, (rows) => {
        for (const entries of aclEntries(expand(rows), AROUND).values()) {
          assert.equal(new Set(entries.map(({ direction, number }) => `${direction} ${number}`)).size, entries.length);
          assert.equal(new Set(entries.map(({ name }) => name)).size, entries.length);
          assert.ok(entries.every(({ number }) => number >= 1 && number <= 32766));
        }
      }),
    );
  });

  it("fence the internal tier: database and mail store from the dmz, and nothing out but replies (M1)", () => {
    const acls = aclEntries(expand(matrix({ maintenance: true, operators: OPERATORS })), AROUND);
    assert.deepEqual(
      acls.get("internal")?.map(({ number, name, action, cidr }) => `${number} ${name} ${action} ${cidr}`),
      [
        "2024 out-tcp-1024-65535-to-dmz allow 10.0.0.0/18",
        "2732 in-tcp-5432-from-dmz allow 10.0.0.0/18",
        "3049 in-tcp-2049-from-dmz allow 10.0.0.0/18",
      ],
    );
  });

  it("keep within AWS's 20 entries each way for the whole matrix and eight blocks of operators", () => {
    const operators = Array.from({ length: 8 }, (_, index) => `198.51.100.${index}/32`);
    const acls = aclEntries(expand(matrix({ maintenance: true, operators })), {
      ...AROUND,
      addresses: outsiders(operators),
    });
    const counts = [...acls].map(([tier, entries]) => {
      const way = (direction: string) => entries.filter((entry) => entry.direction === direction).length;
      return `${tier} ${way("in")} ${way("out")}`;
    });
    assert.deepEqual(counts, ["dmz 19 7", "edge 19 12", "proxy 5 7", "service 7 5", "internal 2 1"]);
  });

  it("renumber nothing when a block of operators is added", () => {
    const numbers = (operators: string[]) => {
      const around = { ...AROUND, addresses: outsiders(operators) };
      const acls = aclEntries(expand(matrix({ maintenance: false, operators })), around);
      return new Map([...acls].flatMap(([tier, list]) => list.map(({ name, number }) => [`${tier} ${name}`, number])));
    };
    const before = numbers(["203.0.113.7/32"]);
    const after = numbers(["198.51.100.0/24", "203.0.113.7/32"]);
    for (const [name, number] of before) assert.equal(after.get(name), number, name);
    assert.equal(after.size, before.size + 2);
  });
});
