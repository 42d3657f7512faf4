import { any, type Certainty } from "../../reachability/certainty";
import { templatesOf } from "../../reachability/launch-templates";
import type { Links } from "../../reachability/links";
import { given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { bad, type Check, findingOf, good, inBlock, outside, pending } from "../check";
import { inOnePlace } from "../place";
import type { Rule } from "../rule";

const launched: Readonly<Record<string, string>> = {
  "aws:ec2/instance:Instance": "instance",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": "spot instance request",
};
const templates: Readonly<Record<string, string>> = {
  "aws:ec2/launchTemplate:LaunchTemplate": "launch template",
  "aws:ec2/launchConfiguration:LaunchConfiguration": "launch configuration",
};
const nouns = { ...launched, ...templates };

/**
 * The metadata options of an instance itself come first, then those of its launch template, then the account's defaults for the Region where
 * the stack sets them. An image may ask for IMDSv2 too, which no resource shows: what nothing in the stack requires isn't required.
 */
export const instanceMetadataV2: Rule = {
  id: "instance-metadata-v2",
  title: "Instance metadata is answered to session holders only",
  proves:
    "Proves that the stack requires IMDSv2 of every instance, launch template and launch configuration, or turns their metadata service off.",
  why:
    "IMDSv1 answers any request that can be made from the instance, by a program that fetches an attacker's URL too, " +
    "and hands out the credentials of the instance's role. IMDSv2 asks for a session token first, which such a request can't get.",
  sources: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html"],
  fix: 'Set metadataOptions: { httpTokens: "required" } on the instance or its launch template.',
  enforcementLevel: "mandatory",
  severity: "high",
  controls: [
    { framework: "AWS Foundational Security Best Practices", id: "EC2.8" },
    { framework: "AWS Foundational Security Best Practices", id: "EC2.170" },
    { framework: "AWS Foundational Security Best Practices", id: "AutoScaling.3" },
    { framework: "CIS AWS Foundations Benchmark v3.0.0", id: "5.6" },
  ],
  tags: ["instances"],
  settings: {},
  defers: true,
  notApplicable: "The stack has no instance and no launch template.",
  judge: ({ links }) =>
    links
      .ofTypes(...Object.keys(nouns))
      .map((each) => findingOf(each, `it can't be told whether ${called(each)} requires IMDSv2`, [check(links, each)])),
};

function called(resource: Resource): string {
  return `${nouns[resource.type] ?? "resource"} ${label(resource)}`;
}

function check(links: Links, resource: Resource): Check {
  const own = optionsOf(resource);
  if (own !== undefined) return own;
  const inherited = resource.type in launched ? templatesOf(links, resource) : [];
  for (const { candidates, external, id } of inherited) {
    const answers = candidates.map((template) => optionsOf(template) ?? byDefault(links, template));
    const [first] = answers;
    if (external) return outside(`what metadata options launch template ${id ?? "that isn't named"} has`);
    if (first !== undefined && answers.every(({ answer }) => answer === first.answer)) return first;
    return pending(`which launch template ${called(resource)} has`);
  }
  if (resource.props["metadataOptions"] === UNKNOWN) return pending("what AWS makes of its metadataOptions");
  return byDefault(links, resource);
}

/** What the resource itself says; undefined where it leaves it to others. */
function optionsOf(resource: Resource): Check | undefined {
  const tokens = inBlock(resource, "metadataOptions", "httpTokens");
  const endpoint = inBlock(resource, "metadataOptions", "httpEndpoint");
  if (tokens === "required" || endpoint === "disabled") return good;
  if (tokens === UNKNOWN || endpoint === UNKNOWN) return pending("what its metadataOptions are");
  if (tokens === undefined) return undefined;
  return bad(`${called(resource)} answers IMDSv1 too: metadataOptions.httpTokens is ${JSON.stringify(tokens)}`, fix);
}

const fix = 'set metadataOptions: { httpTokens: "required" }';

function byDefault(links: Links, resource: Resource): Check {
  const answers = links
    .ofTypes("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults")
    .map((defaults) => ({ requires: requiring(defaults), here: inOnePlace(defaults, resource) }));
  if (answers.some(({ requires, here }) => requires === "yes" && here === "yes")) return good;
  if (answers.some(({ requires, here }) => requires !== "no" && here !== "no"))
    return pending("whether the account's metadata defaults in this stack cover it");
  return bad(
    `${called(resource)} doesn't require IMDSv2: metadataOptions.httpTokens isn't set, and the stack sets no account default for it`,
    fix,
  );
}

function requiring(defaults: Resource): Certainty {
  const settled = (key: string, value: string): Certainty => {
    const now = given(defaults, key);
    return now === UNKNOWN ? "perhaps" : now === value ? "yes" : "no";
  };
  return any(settled("httpTokens", "required"), settled("httpEndpoint", "disabled"));
}
