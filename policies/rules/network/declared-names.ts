import type { Declaration } from "../../communications/declaration";
import { partiesOf } from "../../communications/parties";
import { any, type Certainty } from "../../reachability/certainty";
import type { Network } from "../../reachability/network";
import type { Party } from "../../reachability/parties";
import type { StackModel } from "../../stack-model";
import { isChosen } from "./chosen-parties";

/** What is known of a stack's matrix, where a rule can do without one. `unknown`: there is one, and it isn't known what it says. */
export interface Stated {
  readonly declaration: Declaration | undefined;
  readonly isUnknown: boolean;
}

/** The configured matrix, else that in the stack output. One that can't be read is for the rules about the matrix to tell. */
export function statedBy({ declared }: StackModel, configured: Declaration | null): Stated {
  if (configured !== null) return { declaration: configured, isUnknown: false };
  return {
    declaration: declared.kind === "declared" ? declared.declaration : undefined,
    isUnknown: declared.kind === "unknown",
  };
}

/** Says whether a party is one of some names: by its role, its own names, or because the matrix gives it one of them. */
export function naming(
  network: Network,
  declaration: Declaration | undefined,
): (party: Party, names: readonly string[]) => Certainty {
  const parties = declaration === undefined ? undefined : partiesOf(network, declaration);
  return (party, names) => {
    const name = parties?.nameOf(party.resource.urn);
    const isGiven = name !== undefined && names.includes(name);
    return any(isGiven ? "yes" : "no", isChosen(network.links, party, names));
  };
}
