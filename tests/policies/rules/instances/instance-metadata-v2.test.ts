import { instanceMetadataV2 } from "../../../../policies/rules/instances/instance-metadata-v2";
import { type Input, Stack } from "../../stack";
import { describePlanted } from "../planted";

const instance = "aws:ec2/instance:Instance";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const configuration = "aws:ec2/launchConfiguration:LaunchConfiguration";
const required = { metadataOptions: { httpEndpoint: "enabled", httpTokens: "required" } };
const optional = { metadataOptions: { httpEndpoint: "enabled", httpTokens: "optional" } };

const one = (type: string, inputs: Record<string, Input>, defaults?: Record<string, Input>, region?: string) => () => {
  const stack = new Stack();
  const place = region === undefined ? {} : { region };
  stack.add(type, "web", { imageId: "ami-1", ...inputs, ...(region === undefined ? {} : { region: "eu-west-1" }) });
  if (defaults !== undefined)
    stack.add("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", "all", { ...defaults, ...place });
  return stack;
};

const launched =
  (options: Record<string, Input>, own: Record<string, Input> = {}) =>
  () => {
    const stack = new Stack();
    const made = stack.add(template, "web", { imageId: "ami-1", ...options });
    stack.add(instance, "web", { launchTemplate: { id: made.id, version: "$Latest" }, ...own });
    return stack;
  };

describe("instance-metadata-v2 (M12)", () => {
  describePlanted(instanceMetadataV2, {
    "an instance that requires it": { stack: one(instance, required), answer: "proved" },
    "an instance without a metadata service": {
      stack: one(instance, { metadataOptions: { httpEndpoint: "disabled" } }),
      answer: "proved",
    },
    "an instance that doesn't": {
      stack: one(instance, optional),
      answer: "violated",
      words: /instance instance-web answers IMDSv1 too: metadataOptions\.httpTokens is "optional"\nFix: set/,
    },
    "an instance that doesn't say": { stack: one(instance, {}), answer: "violated", words: /doesn't require IMDSv2/ },
    "an instance with a hop limit only": {
      stack: one(instance, { metadataOptions: { httpPutResponseHopLimit: 1 } }),
      answer: "violated",
    },
    "a template that requires it": { stack: one(template, required), answer: "proved" },
    "a template that doesn't": { stack: one(template, optional), answer: "violated", words: /launch template/ },
    "a template that doesn't say": { stack: one(template, {}), answer: "violated" },
    "a launch configuration that doesn't say": { stack: one(configuration, {}), answer: "violated" },
    "a launch configuration that requires it": { stack: one(configuration, required), answer: "proved" },
    "an instance of a template that requires it": { stack: launched(required), answer: "proved" },
    "an instance that overrules its template": { stack: launched(required, optional), answer: "violated" },
    "an instance of a template that doesn't say": { stack: launched({}), answer: "violated" },
    "an instance of a template of another stack": {
      stack: one(instance, { launchTemplate: { id: "lt-elsewhere" } }),
      answer: "undetermined",
      words: /what metadata options launch template lt-elsewhere has/,
    },
    "the account's default requires it": {
      stack: one(template, {}, { httpTokens: "required" }),
      answer: "proved",
    },
    "the account has no metadata service by default": {
      stack: one(template, {}, { httpEndpoint: "disabled" }),
      answer: "proved",
    },
    "the account's default doesn't require it": {
      stack: one(template, {}, { httpTokens: "no-preference" }),
      answer: "violated",
    },
    "the account's default requires it, the template doesn't": {
      stack: one(template, optional, { httpTokens: "required" }),
      answer: "violated",
    },
    "the account's default of another Region": {
      stack: one(template, {}, { httpTokens: "required" }, "ap-northeast-1"),
      answer: "violated",
    },
    "no instance": { stack: () => new Stack(), answer: "notApplicable" },
  });
});
