import type { Network } from "../reachability/network";
import type { Party } from "../reachability/parties";
import type { Resource } from "../reachability/resources";
import type { Declaration, Row } from "./declaration";
import { type Parties, partiesOf } from "./parties";
import { answerRow, type RowAnswer, worst } from "./row-answer";
import { withoutZone } from "./zone-loss";
import { type Zone, zonesOf } from "./zones";

/** A row and what becomes of it, whichever zone is lost. */
export interface Survival {
  readonly row: Row;
  readonly answer: RowAnswer;
}

/** Takes each zone away and asks every row of what is left. */
export function survivalOf(
  whole: Network,
  resources: readonly Resource[],
  declaration: Declaration,
): readonly Survival[] {
  const parties = partiesOf(whole, declaration);
  const { zones, unknown } = zonesOf(whole);
  const databases = whole.parties.filter(({ kind }) => kind === "database");
  const isAlone = ({ resource: { urn } }: Party) =>
    databases.filter(({ resource }) => parties.nameOf(resource.urn) === parties.nameOf(urn)).length === 1;
  const open: readonly RowAnswer[] = unknown.map(({ label, resource: { urn } }) => ({
    kind: "open",
    urn,
    unknowns: [`in which zone subnet ${label} is`],
  }));
  const losses = zones.map((zone) => {
    const { network, perhaps } = withoutZone(resources, zone, isAlone);
    const left = partiesOf(network, declaration);
    return (row: Row) => inRemainder(zone, row, answerRow(network, left, row), perhaps, parties);
  });
  // Somebody in a subnet of an unknown zone may be lost with any, so that nothing that it can't do without others is certain.
  return declaration.rows.map((row) => {
    const answers = losses.map((answer) => answer(row));
    const certain = open.length === 0 ? answers : answers.filter(({ kind }) => kind !== "broken");
    return { row, answer: worst([...certain, ...open]) };
  });
}

/** What doesn't work without somebody who may be left isn't known. */
function inRemainder(
  { name }: Zone,
  row: Row,
  answer: RowAnswer,
  perhaps: readonly Party[],
  parties: Parties,
): RowAnswer {
  if (answer.kind === "works") return answer;
  const concerned = perhaps.filter(({ resource }) => {
    const own = parties.nameOf(resource.urn);
    return own === undefined || own === row.from || own === row.to || own === row.via;
  });
  const [first] = concerned;
  if (first !== undefined) {
    const unknowns = concerned.map(({ label }) => `in which zone ${label} is`);
    return { kind: "open", urn: first.resource.urn, unknowns };
  }
  if (answer.kind === "open") return answer;
  return { ...answer, witness: `without zone ${name}: ${answer.witness}` };
}
