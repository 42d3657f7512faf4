import { elements, given, type Resource, UNKNOWN, type Value } from "../../reachability/resources";
import { document } from "./iam-policy";
import type { Channel, MailEvent } from "./channels";
import { inTurn, open, outside, type Passage, pending, stopped } from "./passage";

/** Does the filter policy of a subscription let an event through? https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
export function throughFilter(subscription: Resource, told: Channel["field"], event: MailEvent): Passage {
  const where = `the filter policy of subscription "${subscription.name}"`;
  const policy = given(subscription, "filterPolicy");
  if (policy === undefined) return open();
  if (policy === UNKNOWN) return pending(`what passes ${where}`);
  const filter = document(policy);
  if (filter === undefined || filter === null || typeof filter !== "object") return pending(`what passes ${where}`);
  const keys = Object.entries(filter as Readonly<Record<string, Value>>);
  if (keys.length === 0) return open();
  const scope = given(subscription, "filterPolicyScope");
  if (scope === UNKNOWN) return pending(`what ${where} looks at`);
  if (scope !== "MessageBody") return outside(`whether SES's messages have the attributes that ${where} asks for`);
  const title = event === "bounce" ? "Bounce" : "Complaint";
  return inTurn(
    ...keys.map(([key, wanted]): Passage => {
      const values = elements(wanted);
      if (key !== told || !values.every((value) => typeof value === "string"))
        return outside(`whether ${event}s pass ${where}, which asks for "${key}"`);
      return values.includes(title)
        ? open()
        : stopped(`${where} lets only ${values.join(", ")} pass`, `add "${title}" to "${key}" in ${where}.`);
    }),
  );
}
