import assert from "node:assert/strict";

import type { Props } from "../../../offline/model";
import { resourceSchema } from "../../../offline/schema/load";
import { Account } from "../models/account";
import { type Pair, recordings } from "./ground-truth";

const UNSET = new Set(["null", '""', "[]", "{}", "0", "false"]);
const TOPIC = "aws:sns/topic:Topic";
const QUEUE = "aws:sqs/queue:Queue";

/** Saved states of types whose inputs weren't recorded; older providers' had fewer properties. */
const TYPES = new Set([TOPIC, "aws:sns/topicPolicy:TopicPolicy", QUEUE]);
/** `tagsAll` holds the recorded provider's default tags; the topic's default policy is what is compared. */
const COMPUTED = new Set(["tagsAll", "region"]);

/** What the program must have given for the state to come about: what is set and can be given. */
function inputsOf({ type, outputs }: Pair): Props {
  const inputs = resourceSchema(type)?.shape.inputs ?? {};
  const entries = Object.entries(outputs).filter(
    ([key, value]) => key in inputs && !UNSET.has(JSON.stringify(value)) && !COMPUTED.has(key),
  );
  return Object.fromEntries(entries.filter(([key]) => !(type === TOPIC && key === "policy")));
}

describe("states are what the real provider saved", () => {
  const recorded = (recordings("pairs.jsonl") as Pair[] | undefined)?.filter(
    ({ type, outputs }) => TYPES.has(type) && outputs["region"] !== undefined,
  );
  it("(needs DEJIMA_GROUND_TRUTH)", function () {
    if (recorded === undefined) this.skip();
    assert.deepEqual([...new Set(recorded.map(({ type }) => type))].sort(), [...TYPES].sort());
  });
  for (const pair of recorded ?? []) {
    it(pair.type, async () => {
      const account = new Account(true, { region: String(pair.outputs["region"]) });
      const text = JSON.stringify(pair.outputs);
      for (const [, service, name] of text.matchAll(/arn:aws:(sns|sqs):[\w-]+:\d{12}:([\w-]+)/g)) {
        if (name === pair.outputs["name"] || account.has(String(name))) continue;
        await account.create(service === "sns" ? TOPIC : QUEUE, String(name), { name });
      }
      const { id, outputs } = await account.create(pair.type, "recorded", inputsOf(pair));
      assert.equal(id, pair.id);
      for (const [key, theirs] of Object.entries(pair.outputs)) {
        if (COMPUTED.has(key)) continue;
        const [ours, wanted] = [outputs[key], theirs].map((value) => JSON.stringify(value ?? null));
        if (UNSET.has(ours ?? "") && UNSET.has(wanted ?? "")) continue;
        assert.equal(ours, wanted, key);
      }
    });
  }
});
