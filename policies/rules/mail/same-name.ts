import type { Certainty } from "../../reachability/certainty";
import type { Links } from "../../reachability/links";
import { given, type Resource, UNKNOWN, type Value } from "../../reachability/resources";

/** What SES resources refer to by name, and the property that holds it. */
const NAME: Readonly<Record<string, string>> = {
  "aws:ses/emailIdentity:EmailIdentity": "email",
  "aws:ses/domainIdentity:DomainIdentity": "domain",
  "aws:sesv2/emailIdentity:EmailIdentity": "emailIdentity",
  "aws:ses/configurationSet:ConfigurationSet": "name",
  "aws:sesv2/configurationSet:ConfigurationSet": "configurationSetName",
};

export const IDENTITY_TYPES = Object.keys(NAME).filter((type) => type.includes("Identity"));
export const CONFIGURATION_SET_TYPES = Object.keys(NAME).filter((type) => type.includes("ConfigurationSet"));

/** The names that something may have. Several resources of one name can stand in several Regions, so that only the name tells. */
export interface Names {
  readonly known: ReadonlySet<string>;
  /** It may also have one that isn't known. */
  readonly others: boolean;
}

const noName: Names = { known: new Set(), others: false };

/** The name of an identity or of a configuration set itself. */
export function nameOf(resource: Resource): Names {
  return literal(resource.props[NAME[resource.type] ?? "name"], [resource.type]);
}

/** The names that a property may hold; none when it isn't set. */
export function namesIn(links: Links, resource: Resource, property: string, types: readonly string[]): Names {
  const value = given(resource, property);
  if (value !== UNKNOWN) return literal(value, types);
  const { candidates, external, absent } = links.follow(resource, property, ...types);
  if (absent) return noName;
  const names = candidates.map(nameOf);
  return {
    known: new Set(names.flatMap(({ known }) => [...known])),
    others: external || candidates.length === 0 || names.some(({ others }) => others),
  };
}

export function sameName(a: Names, b: Names): Certainty {
  const common = [...a.known].filter((name) => b.known.has(name));
  if (common.length === 0) {
    const isNone = (names: Names) => names.known.size === 0 && !names.others;
    return (a.others || b.others) && !isNone(a) && !isNone(b) ? "perhaps" : "no";
  }
  return a.known.size === 1 && b.known.size === 1 && !a.others && !b.others ? "yes" : "perhaps";
}

/** The name, where it is certain. */
export function onlyName({ known, others }: Names): string | undefined {
  const [first, second] = known;
  return second === undefined && !others ? first : undefined;
}

/** An identity may be given by its ARN, which ends in the name; and its name is the same in large and small letters. */
function literal(value: Value, types: readonly string[]): Names {
  if (value === UNKNOWN) return { known: new Set(), others: true };
  if (typeof value !== "string" || value === "") return noName;
  const name = value.startsWith("arn:") ? value.slice(value.indexOf("/") + 1) : value;
  const isIdentity = types.some((type) => IDENTITY_TYPES.includes(type));
  return { known: new Set([isIdentity ? name.toLowerCase() : name]), others: false };
}
