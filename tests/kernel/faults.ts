import type { Topology } from "./topology";

/** Mistakes as a translation could have them: one side is given a network that differs in one concept. */
export const faults: readonly { readonly what: string; readonly change: (topology: Topology) => Topology }[] = [
  {
    what: "whose groups let everything out",
    change: (topology) => ({
      ...topology,
      groups: topology.groups.map(({ vpc, rules }) => ({
        vpc,
        rules: [
          ...rules,
          {
            direction: "egress",
            match: { protocol: "-1", low: 0, high: 0 },
            peer: { kind: "block", block: "0.0.0.0/0" },
          },
        ],
      })),
    }),
  },
  {
    what: "without routes over peerings",
    change: (topology) => ({
      ...topology,
      tables: topology.tables.map(({ vpc, routes }) => ({
        vpc,
        routes: routes.filter(({ target }) => target.kind !== "peering"),
      })),
    }),
  },
];
