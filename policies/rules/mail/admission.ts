import type { Links } from "../../reachability/links";
import { type Resource, UNKNOWN } from "../../reachability/resources";
import { arnText } from "./arns";
import { type AttachedPolicy, attachedPolicies } from "./attached-policies";
import { admission, type Request, statementsOf } from "./iam-policy";
import { open, outside, type Passage, pending, stopped, whichever } from "./passage";

/**
 * Does the policy of a resource let a service in? With `restricted` it has to say for whom (`aws:SourceAccount`, `aws:SourceArn`): a service acts
 * for every customer of AWS, and a policy that admits it without that admits them all.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 *
 * @param byDefault what AWS answers where the resource has no policy of its own; without it AWS admits no service.
 */
export function admits(
  links: Links,
  resource: Resource,
  request: Request,
  demand: "restricted" | "any",
  byDefault?: Passage,
): Passage {
  const policies = attachedPolicies(links, resource);
  const names = policies.map(({ label }) => label).join(" or ");
  return whichever(
    policies.map((policy) =>
      policy.value === undefined && byDefault !== undefined ? byDefault : judge(policy, request, demand),
    ),
    outside(`which policy counts, ${names}: each replaces the other`),
  );
}

function judge({ label, value }: AttachedPolicy, request: Request, demand: "restricted" | "any"): Passage {
  const { service, action } = request;
  const fix =
    `allow ${action} in ${label} to { Service: "${service}" } with the conditions aws:SourceAccount ` +
    `${request.account ?? "of this account"} and aws:SourceArn ${arnText(request.source)}.`;
  if (value === undefined) {
    return stopped(
      `it has no policy of its own, and AWS's default doesn't name ${service} with its source`,
      fix.replace(label, "a policy of its own"),
    );
  }
  const statements = statementsOf(value);
  if (statements === UNKNOWN) {
    return pending(
      `what ${label} says, as it is made from values that aren't there before they are deployed ` +
        "(write it with names that you choose, and ARNs made of them, to have it known at once)",
    );
  }
  if (statements === undefined) return stopped(`${label} isn't a policy document`, fix);
  const { admitted, unrestricted, because } = admission(statements, request);
  const isDoubtful = admitted === "perhaps" || (demand === "restricted" && unrestricted === "perhaps");
  if (admitted === "no") return stopped(`${label} doesn't admit ${service}: ${because}`, fix);
  if (demand === "restricted" && admitted === "yes" && unrestricted === "yes") {
    return stopped(
      `${label} admits ${service} for whomever it acts ("confused deputy"): ${because} has no condition on ` +
        "aws:SourceAccount or aws:SourceArn, so that anybody's mail can be told of here",
      fix,
    );
  }
  if (!isDoubtful) return open();
  const doubt = `whether ${label} admits ${service}: ${because}`;
  return isKnown(request) ? outside(doubt) : pending(doubt);
}

/** What isn't certain of a request that is known whole, the deployment doesn't tell either. */
function isKnown({ account, source, resource }: Request): boolean {
  return account !== undefined && !arnText(source).includes("?") && !arnText(resource).includes("?");
}
