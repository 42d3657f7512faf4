import { matches } from "../../exemptions";
import { any, type Certainty } from "../../reachability/certainty";
import type { Links } from "../../reachability/links";
import { elements, field, given, items, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { type Check, good, pending } from "../check";
import { tagOf } from "../tags";

/** Is something in an AWS Backup plan of the stack? Undefined: no. */
export function backupPlanOf(links: Links, store: Resource): Check | undefined {
  const answers = links
    .ofTypes("aws:backup/selection:Selection")
    .map((selection) => ({ selection, answer: selects(links, selection, store) }));
  if (answers.some(({ answer }) => answer === "yes")) return good;
  const perhaps = answers.find(({ answer }) => answer === "perhaps");
  return perhaps === undefined ? undefined : pending(`whether backup selection ${label(perhaps.selection)} has it`);
}

/** By its ARN (with wildcards) or by a tag; what conditions and exclusions make of that isn't followed. */
function selects(links: Links, selection: Resource, store: Resource): Certainty {
  const { arn } = store.props;
  const list = items(given(selection, "resources"));
  const direct = links.directly(selection, "resources", [store.type]);
  const listed = (list === UNKNOWN ? [list] : list).map((each): Certainty => {
    if (typeof each === "string" && (typeof arn === "string" || each === "*"))
      return matches(each, typeof arn === "string" ? arn : "") ? "yes" : "no";
    if (direct.includes(store)) return direct.length === 1 ? "yes" : "perhaps";
    return each === UNKNOWN && direct.length > 0 ? "no" : "perhaps";
  });
  const tagged = elements(given(selection, "selectionTags")).map((condition): Certainty => {
    const [key, value] = [field(condition, "key"), field(condition, "value")];
    if (typeof key !== "string" || value === UNKNOWN) return "perhaps";
    const own = tagOf(store, key);
    return own === UNKNOWN ? "perhaps" : own === value ? "yes" : "no";
  });
  const answer = any(...listed, ...tagged);
  const isNarrowed = ["conditions", "notResources"].some((key) => given(selection, key) !== undefined);
  return answer === "yes" && isNarrowed ? "perhaps" : answer;
}
