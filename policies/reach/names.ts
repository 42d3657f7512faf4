import { isIP } from "node:net";
import type { PartyEntry } from "../reachability/party-list";
import type { Endpoint } from "../reachability/query";
import type { Resource } from "../reachability/resources";
import { didYouMean } from "../command-line/bad-input";
import { nearest } from "../command-line/nearest";

/** What a name means: one end, or the machines of a role. */
export interface Meaning {
  readonly members: readonly Member[];
}

export interface Member {
  readonly endpoint: Endpoint;
  /** How a person would name it. */
  readonly label: string;
}

/** `problem` says what is wrong with the name, in the words that follow it. */
export type Resolution = Meaning | { readonly problem: string };

const INTERNET: Meaning = { members: [{ endpoint: { kind: "internet" }, label: "the internet" }] };

/** Finds what names mean: an AWS id (an ARN, the id of an instance's own interface), a URN, a logical name, a role (tag `Role`), `internet`, `ip:<address>`; `role:` and `name:` decide. */
export class Names {
  private readonly byUrn = new Map<string, PartyEntry>();
  private readonly byId = new Map<string, PartyEntry[]>();
  private readonly byRole = new Map<string, PartyEntry[]>();
  private readonly byName = new Map<string, PartyEntry[]>();

  constructor(
    readonly parties: readonly PartyEntry[],
    private readonly resources: readonly Resource[],
  ) {
    const props = new Map(resources.map((each) => [each.urn, each.props]));
    for (const party of parties) {
      this.byUrn.set(party.urn, party);
      add(this.byName, party.name, party);
      const { arn, primaryNetworkInterfaceId } = props.get(party.urn) ?? {};
      for (const id of new Set([party.id, arn, primaryNetworkInterfaceId]))
        if (typeof id === "string" && id !== "") add(this.byId, id, party);
      if (party.role !== undefined) add(this.byRole, party.role, party);
    }
  }

  resolve(name: string): Resolution {
    if (name === "internet") return INTERNET;
    if (name.startsWith("ip:")) return addressNamed(name.slice("ip:".length));
    if (name.startsWith("role:")) return this.only(name, this.byRole.get(name.slice("role:".length)) ?? []);
    if (name.startsWith("name:")) return this.single(name, this.byName.get(name.slice("name:".length)) ?? []);
    const exact = this.byUrn.get(name);
    if (exact !== undefined) return meaning([exact]);
    const role = this.byRole.get(name) ?? [];
    const named = [...new Set([...(this.byId.get(name) ?? []), ...(this.byName.get(name) ?? [])])];
    if (role.length > 0 && named.every((each) => role.includes(each))) return meaning(role);
    if (role.length > 0) {
      return { problem: `is a role as well as a name. Say role:${name}, or one of${listed([...role, ...named])}` };
    }
    return this.single(name, named);
  }

  private single(name: string, found: readonly PartyEntry[]): Resolution {
    if (found.length <= 1) return this.only(name, found);
    return { problem: `may mean any of ${found.length}. Give the id or the URN of one:${listed(found)}` };
  }

  private only(name: string, found: readonly PartyEntry[]): Resolution {
    return found.length > 0 ? meaning(found) : { problem: this.nothingNamed(name) };
  }

  private nothingNamed(name: string): string {
    const bare = name.replace(/^(role|name):/, "");
    const others = this.resources.filter(({ urn, props, name: own }) => [urn, props.id, own].includes(bare));
    // A component often has the name of what it is for.
    const other = others.find(({ type }) => type.startsWith("aws:")) ?? others[0];
    if (other !== undefined) {
      const { type } = other;
      const kind = type.slice(type.lastIndexOf(":") + 1);
      const article = /^[AEIO]/.test(kind) ? "an" : "a";
      return `is no end of traffic but ${article} ${kind}: ask about something with a network interface`;
    }
    const near = nearest(bare, [...this.byRole.keys(), ...this.byName.keys(), ...this.byId.keys(), "internet"]);
    if (near !== undefined) return `isn't there.${didYouMean(near)}`;
    if (isIP(bare) !== 0) return `isn't there. For an address say ip:${bare}`;
    const known = [...this.byRole.keys()].sort();
    return known.length > 0
      ? `isn't there. There are the roles ${known.join(", ")}; besides them ids, URNs, logical names, internet and ip:<address>`
      : "isn't there. An id, a URN, a logical name, a role, internet or ip:<address> is wanted";
  }
}

function add(map: Map<string, PartyEntry[]>, key: string, party: PartyEntry): void {
  const found = map.get(key);
  if (found === undefined) map.set(key, [party]);
  else found.push(party);
}

function meaning(parties: readonly PartyEntry[]): Meaning {
  return { members: parties.map((party) => ({ endpoint: { kind: "party", urn: party.urn }, label: labelOf(party) })) };
}

/** "main-web (asg-1)"; the id only where it says more. */
export function labelOf({ name, id }: PartyEntry): string {
  return id === undefined || id === name ? name : `${name} (${id})`;
}

function addressNamed(address: string): Resolution {
  if (isIP(address) === 0) return { problem: "has no IP address behind ip:" };
  return { members: [{ endpoint: { kind: "address", address }, label: address }] };
}

function listed(parties: readonly PartyEntry[]): string {
  return [...new Set(parties)].map(({ urn, type, id }) => `\n    ${type} ${id ?? ""}  ${urn}`).join("");
}
