import assert from "node:assert/strict";
import { requiredTags } from "../../../../policies/rules/tags/required-tags";
import { BadConfiguration, settingsOf } from "../../../../policies/rules/settings";
import { type Input, Stack } from "../../stack";
import { describePlanted } from "../planted";

type Inputs = Record<string, Input>;
const vpc = "aws:ec2/vpc:Vpc";
const one =
  (inputs: Inputs, type = vpc, more: (stack: Stack, id: Input) => void = () => undefined) =>
  () => {
    const stack = new Stack();
    more(stack, stack.add(type, "main", inputs).id);
    return stack;
  };
const config = { tags: [{ key: "Team" }, { key: "Environment", values: ["dev", "prod"] }] };
const sound = { Team: "mail", Environment: "dev" };

describe("required-tags", () => {
  describePlanted(requiredTags, {
    "any tag, where none is required": { stack: one({ tags: { Owner: "me" } }), answer: "proved" },
    "no tag at all": {
      stack: one({}),
      answer: "violated",
      words: /Vpc vpc-main has no tag\nFix: add one, or defaultTags to its provider/,
    },
    "tags of AWS only": { stack: one({ tags: { "aws:cloudformation:stack-name": "x" } }), answer: "violated" },
    "the required ones": { stack: one({ tags: sound }), answer: "proved", config },
    "the required ones by the provider": { stack: one({ tagsAll: sound }), answer: "proved", config },
    "some by the provider": { stack: one({ tags: { Team: "mail" }, tagsAll: sound }), answer: "proved", config },
    "one missing": {
      stack: one({ tags: { Environment: "dev" } }),
      answer: "violated",
      config,
      words: /Vpc vpc-main has no tag "Team"\nFix: add tag "Team"/,
    },
    "one in other letters": {
      stack: one({ tags: { team: "mail", Environment: "dev" } }),
      answer: "violated",
      config,
      words: /has no tag "Team", only "team"/,
    },
    "a value that isn't allowed": {
      stack: one({ tags: { Team: "mail", Environment: "test" } }),
      answer: "violated",
      config,
      words: /tag "Environment" of Vpc vpc-main is "test"\nFix: add tag "Environment" \("dev" or "prod"\) instead/,
    },
    "one set from outside": {
      stack: one({ tags: { Environment: "dev" } }, vpc, (stack, id) => {
        stack.add("aws:ec2/tag:Tag", "team", { resourceId: id, key: "Team", value: "mail" });
      }),
      answer: "proved",
      preview: "undetermined",
      config,
    },
    "a tag of something else from outside": {
      stack: one({ tags: { Environment: "dev" } }, vpc, (stack) => {
        stack.add("aws:ec2/tag:Tag", "team", { resourceId: "vpc-other", key: "Team", value: "mail" });
      }),
      answer: "violated",
      config,
    },
    "the list of an Auto Scaling group": {
      stack: one(
        { tags: Object.entries(sound).map(([key, value]) => ({ key, value, propagateAtLaunch: true })) },
        "aws:autoscaling/group:Group",
      ),
      answer: "proved",
      config,
    },
    "an Auto Scaling group without": {
      stack: one({ tags: [] }, "aws:autoscaling/group:Group"),
      answer: "violated",
      config,
    },
    "what can't be tagged": { stack: one({}, "aws:ec2/route:Route"), answer: "notApplicable", config },
    "an object in a bucket": {
      stack: one({}, "aws:s3/bucketObjectv2:BucketObjectv2"),
      answer: "notApplicable",
      config,
    },
    "an object in a bucket, where it must": {
      stack: one({}, "aws:s3/bucketObjectv2:BucketObjectv2"),
      answer: "violated",
      config: { except: [] },
    },
    "a type that needn't": { stack: one({}), answer: "notApplicable", config: { except: ["aws:ec2/*"] } },
  });

  it("says what is wrong in its settings", () => {
    const bad = { tags: [{ key: "" }, { key: "Team", value: ["x"] }] };
    assert.throws(() => settingsOf(requiredTags, bad), BadConfiguration);
  });
});
