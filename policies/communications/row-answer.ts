import { classNumbers } from "../reachability/classes";
import { clientPorts } from "../reachability/client-ports";
import type { Network } from "../reachability/network";
import { scalingGroupType } from "../reachability/managed-parties";
import { remembered } from "../reachability/remembered";
import { label } from "../reachability/resources";
import { Traffic } from "../reachability/traffic";
import type { Row } from "./declaration";
import { addressed, type End, endsNamed, type Pair } from "./ends";
import { trafficByPlace } from "./pair-traffic";
import type { Meaning, Parties } from "./parties";
import { trafficOfRow } from "./row-traffic";
import { wayOf } from "./witness";

/** Does a row of the matrix work, reply included, for every member of its parties? */
export type RowAnswer =
  | { readonly kind: "works" }
  /** `urn`: whom it is about, where that is a resource. */
  | { readonly kind: "broken"; readonly urn: string | undefined; readonly witness: string; readonly fix: string }
  | { readonly kind: "open"; readonly urn: string | undefined; readonly unknowns: readonly string[] };

/** "web → database, tcp/5432" */
export function rowText({ from, to, via, protocol, ports }: Row): string {
  return `${from} → ${to}${via === undefined ? "" : ` via ${via}`}, ${protocol}/${ports.join(",")}`;
}

/** Asks every pair of members, of parties that no answer tells apart one; with a load balancer in between, by that. */
export function answerRow(network: Network, parties: Parties, row: Row): RowAnswer {
  const [from, to] = [parties.named(row.from), parties.named(row.to)];
  const via = row.via === undefined ? undefined : parties.named(row.via);
  const open = openParties(parties);
  const absent = [
    ...(isNobody(from) ? [row.from] : []),
    ...(isNobody(to) ? [row.to] : []),
    ...(row.via !== undefined && isNobody(via) ? [row.via] : []),
  ];
  if (absent.length > 0) return open ?? nobody(absent);
  const headers = headersOfRow(network, row);
  const balancers = via === undefined ? [undefined] : endsNamed(network, via).map(urnOf);
  const pairs = pairsOf(network, endsNamed(network, from), endsNamed(network, to)).flatMap(([source, target]) =>
    balancers.map((balancer): Pair => ({
      from: source,
      to: target,
      ...(balancer === undefined ? {} : { via: balancer }),
    })),
  );
  const answers = pairs.map((pair) => answerPair(network, pair, headers));
  return worst([...answers, ...(open === undefined ? [] : [open])]);
}

/** Somebody whose name isn't known may be meant by any row. */
function openParties({ open }: Parties): RowAnswer | undefined {
  const [first] = open;
  if (first === undefined) return undefined;
  return { kind: "open", urn: first.urn, unknowns: [`which party of the matrix ${open.map(label).join(", ")} is`] };
}

function isNobody(meaning: Meaning | undefined): boolean {
  return meaning?.kind === "members" && meaning.urns.length === 0;
}

function nobody(names: readonly string[]): RowAnswer {
  const name = names.join(", nor ");
  return {
    kind: "broken",
    urn: undefined,
    witness: `the stack has nobody named ${name}`,
    fix: "give whoever that is the tag Role with that name, or say who it is in the matrix: by parties, or by outsiders",
  };
}

/** The worst answer is the row's; unknowns of all. */
export function worst(answers: readonly RowAnswer[]): RowAnswer {
  const broken = answers.find(({ kind }) => kind === "broken");
  if (broken !== undefined) return broken;
  const open = answers.flatMap((each) => (each.kind === "open" ? [each] : []));
  const [first] = open;
  if (first === undefined) return { kind: "works" };
  return { ...first, unknowns: [...new Set(open.flatMap(({ unknowns }) => unknowns))] };
}

/** One object a row and network, by which the library knows what it was asked before. */
function headersOfRow({ links }: Network, row: Row): Traffic {
  return remembered(links, `headers of ${row.protocol} ${row.ports.join()}`, () =>
    trafficOfRow(row).intersect(Traffic.where({ sourcePorts: clientPorts })),
  );
}

/** A party with itself where it has several machines. */
function pairsOf(network: Network, sources: readonly End[], targets: readonly End[]): readonly (readonly [End, End])[] {
  const numbers = classNumbers(network);
  const keyOf = (end: End, at: number) =>
    end.kind === "party" ? (numbers.get(end.party.resource.urn) ?? end.party.resource.urn) : `outside ${at}`;
  const pairs = new Map<string, readonly [End, End]>();
  sources.forEach((source, i) => {
    targets.forEach((target, j) => {
      const isSame = source.kind === "party" && target.kind === "party" && source.party === target.party;
      if (isSame && source.party.resource.type !== scalingGroupType) return;
      pairs.set(`${keyOf(source, i)} ${keyOf(target, j)}`, [source, target]);
    });
  });
  return [...pairs.values()];
}

function answerPair(network: Network, pair: Pair, headers: Traffic): RowAnswer {
  const wanted = headers.intersect(addressed(pair));
  const urn = urnOf(pair.to) ?? urnOf(pair.from);
  const places = trafficByPlace(network, pair, headers);
  for (const { works } of places) {
    const missing = wanted.subtract(works.may);
    if (missing.isEmpty) continue;
    const fix = "open what stops it, or take the row out of the matrix";
    return { kind: "broken", urn, witness: wayOf(network, pair, missing), fix };
  }
  const open = places.filter(({ works }) => !wanted.subtract(works.must).isEmpty);
  if (open.length === 0) return { kind: "works" };
  const unknowns = [...new Set(open.flatMap(({ works }) => works.unknowns))];
  const other = `what decides over ${pair.from.label} → ${pair.to.label}`;
  return { kind: "open", urn, unknowns: unknowns.length === 0 ? [other] : unknowns };
}

function urnOf(end: End): string | undefined {
  if (end.kind === "outside") return undefined;
  return end.kind === "party" ? end.party.resource.urn : end.endpoint.urn;
}
