import { isExactly, type Link, type Links, mayBe, vpcTypes } from "./links";
import { related } from "./related";
import { remembered } from "./remembered";
import { hasDependencies, type Resource, UNKNOWN } from "./resources";
import { sameVpc } from "./vpcs";

/** Something that AWS makes with every VPC: its main route table, its default ACL, its default security group. */
export interface AwsMade {
  /** The property by which the VPC names it. */
  readonly property: string;
  /** As what a program may spell it: as a resource like any other, with the id that the VPC gives, or adopted. */
  readonly types: readonly [ordinary: string, adopted: string];
  /** The VPC whose own is adopted. */
  readonly ownerOf: (links: Links, adopted: Resource) => Link;
}

/**
 * The resources that it may be, one alone for certain; the VPC stands for it where no resource does: the same verdicts, however it is spelled.
 */
export function spellingsOf(links: Links, vpc: Resource, made: AwsMade): readonly Resource[] {
  return remembered(links, `spellings ${made.types[0]} ${made.property} ${vpc.urn}`, () => find(links, vpc, made));
}

function find(links: Links, vpc: Resource, made: AwsMade): readonly Resource[] {
  const { property, types, ownerOf } = made;
  const byId = links.follow(vpc, property, ...types);
  const [named] = byId.candidates;
  if (byId.id !== undefined && named !== undefined && isExactly(byId, named)) return [named];
  const owners = (adopted: Resource) => ownerOf(links, adopted).candidates;
  const adopted = related(links, `adopted ${types[1]}`, [types[1]], owners, vpc);
  const certain = adopted.find((each) => isExactly(ownerOf(links, each), vpc));
  if (certain !== undefined) return [certain];
  const possible = [...adopted, ...adoptedSomewhere(links, vpc, made), ...perhapsNamed(links, vpc, made)];
  return [...new Set([vpc, ...possible])];
}

/** What is adopted for a VPC that isn't told may be that of any which doesn't name its own. */
function adoptedSomewhere(links: Links, vpc: Resource, { property, types, ownerOf }: AwsMade): readonly Resource[] {
  if (typeof vpc.props[property] === "string") return [];
  return links.ofTypes(types[1]).filter((each) => {
    const owner = ownerOf(links, each);
    return owner.external || (owner.absent && !hasDependencies(each));
  });
}

/** Those of the VPC whose id may be the one that it names, while one of the two isn't known. What a preview makes anew is none of them. */
function perhapsNamed(links: Links, vpc: Resource, { property, types }: AwsMade): readonly Resource[] {
  const id = vpc.props[property];
  if (id !== UNKNOWN && typeof id !== "string") return [];
  const itself: Link = { candidates: [vpc], external: false, id: undefined, absent: false };
  return links.ofTypes(...types).filter((each) => {
    const isKnown = typeof each.props.id === "string" && each.props.id !== "";
    const isOpen = id === UNKNOWN ? isKnown || !hasDependencies(each) : !isKnown && !hasDependencies(each);
    if (!isOpen) return false;
    const own = links.follow(each, "vpcId", ...vpcTypes);
    return own.absent || mayBe(own, vpc) || sameVpc(own, itself) !== "no";
  });
}
