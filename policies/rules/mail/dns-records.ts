import { all, any, type Certainty, not } from "../../reachability/certainty";
import { type Links, mayBe } from "../../reachability/links";
import { elements, given, items, type Resource, UNKNOWN, type Value } from "../../reachability/resources";

const ZONE = "aws:route53/zone:Zone";
const RECORD = "aws:route53/record:Record";

export type RecordType = "MX" | "TXT" | "CNAME";

/** What the stack writes at one name. */
export interface Written {
  /** The records certainly there. */
  readonly certain: readonly Resource[];
  /** Records that may be there: their name or type isn't known. */
  readonly possible: readonly Resource[];
  /** Their values, without quotes and final dots; UNKNOWN for one that isn't known. */
  readonly values: readonly (string | typeof UNKNOWN)[];
}

/** Is the public zone that a name lies in one of the stack's own (Route 53)? Then what the stack doesn't write there isn't there. */
export function hasZoneOf(links: Links, name: string): Certainty {
  const zones = links.ofTypes(ZONE).map((zone): Certainty => {
    const own = given(zone, "name");
    if (own !== UNKNOWN && !(typeof own === "string" && isIn(name, own))) return "no";
    const vpcs = items(given(zone, "vpcs"));
    if (vpcs === UNKNOWN || own === UNKNOWN) return "perhaps";
    return vpcs.length === 0 ? "yes" : "no";
  });
  return all(any("no", ...zones), not(handedOver(links, name)));
}

/** Is some part of the stack's zone that the name lies in kept elsewhere? NS records hand it over, to no zone of the stack. */
function handedOver(links: Links, name: string): Certainty {
  const own = links.ofTypes(ZONE).map((zone) => given(zone, "name"));
  const delegations = links.ofTypes(RECORD).map((record): Certainty => {
    const [kind, at] = [given(record, "type"), nameOf(links, record)];
    if ((kind !== UNKNOWN && kind !== "NS") || (at !== undefined && !isIn(name, at))) return "no";
    if (kind === UNKNOWN || at === undefined || own.includes(UNKNOWN)) return "perhaps";
    return own.some((zone) => typeof zone === "string" && isIn(zone, at)) ? "no" : "yes";
  });
  return any("no", ...delegations);
}

/** Every record of the stack at a name, in whatever public zone it writes it. */
export function writtenAt(links: Links, name: string, type: RecordType): Written {
  const found = links.ofTypes(RECORD).map((record) => ({ record, is: isAt(links, record, name, type) }));
  const certain = found.filter(({ is }) => is === "yes").map(({ record }) => record);
  const possible = found.filter(({ is }) => is === "perhaps").map(({ record }) => record);
  return { certain, possible, values: [...new Set(certain.flatMap(valuesOf))] };
}

/** Records of a type that stand below a name, or may: those of DKIM have names that AWS makes. */
export function mayStandBelow(links: Links, name: string, type: RecordType): readonly Resource[] {
  return links.ofTypes(RECORD).filter((record) => {
    const own = nameOf(links, record);
    const kind = given(record, "type");
    return (kind === type || kind === UNKNOWN) && (own === undefined || isIn(own, name));
  });
}

function isAt(links: Links, record: Resource, name: string, type: RecordType): Certainty {
  const kind = given(record, "type");
  const own = nameOf(links, record);
  if ((kind !== UNKNOWN && kind !== type) || (own !== undefined && own !== plain(name))) return "no";
  const isPrivate = inPrivateZone(links, record);
  if (isPrivate === "yes") return "no";
  return kind === UNKNOWN || own === undefined || isPrivate === "perhaps" ? "perhaps" : "yes";
}

function inPrivateZone(links: Links, record: Resource): Certainty {
  const zones = links.ofTypes(ZONE).filter((zone) => mayBe(links.follow(record, "zoneId", ZONE), zone));
  const isPublic = zones.map((zone): Certainty => {
    const vpcs = items(given(zone, "vpcs"));
    return vpcs === UNKNOWN ? "perhaps" : vpcs.length === 0 ? "yes" : "no";
  });
  if (isPublic.length === 0) return "no"; // A zone of another stack, by its id.
  return isPublic.every((answer) => answer === isPublic[0]) ? not(isPublic[0] ?? "yes") : "perhaps";
}

/** The full name; programs may give it without that of the zone. Undefined: not known. */
function nameOf(links: Links, record: Resource): string | undefined {
  const whole = record.props.fqdn;
  if (typeof whole === "string" && whole !== "") return plain(whole);
  const name = record.props.name;
  if (name === UNKNOWN || (name !== undefined && name !== null && typeof name !== "string")) return undefined;
  const own = plain(name ?? "");
  const link = links.follow(record, "zoneId", ZONE);
  const [zone] = link.candidates;
  if (zone === undefined) return own.includes(".") ? own : undefined;
  const suffix = given(zone, "name");
  if (link.candidates.length > 1 || typeof suffix !== "string") return undefined;
  return isIn(own, suffix) ? own : [own, plain(suffix)].filter((part) => part !== "").join(".");
}

function valuesOf(record: Resource): readonly (string | typeof UNKNOWN)[] {
  return elements(given(record, "records")).map((value: Value) => (typeof value === "string" ? text(value) : UNKNOWN));
}

/** Long texts come in several strings, which are one: https://datatracker.ietf.org/doc/html/rfc7208#section-3.3 */
function text(value: string): string {
  return value.trim().replace(/"\s*"/g, "").replace(/^"|"$/g, "").replace(/\.$/, "");
}

function isIn(name: string, zone: string): boolean {
  return plain(name) === plain(zone) || plain(name).endsWith(`.${plain(zone)}`);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
