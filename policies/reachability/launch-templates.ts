import { any, type Certainty, certaintyOf, whichever } from "./certainty";
import type { Link, Links } from "./links";
import { elements, field, given, type Resource, type Value } from "./resources";

const templateType = "aws:ec2/launchTemplate:LaunchTemplate";
const configurationType = "aws:ec2/launchConfiguration:LaunchConfiguration";

/**
 * Whether what an Auto Scaling group or an instance launches gets a public IPv4 address by its launch template or configuration. Undefined where
 * these leave it to the subnet, or where there are none.
 */
export function launchedAddress(links: Links, owner: Resource): Certainty | undefined {
  const answers = [
    ...templatesOf(links, owner).map((link) => choiceIn(link, interfaceChoices)),
    choiceIn(links.follow(owner, "launchConfiguration", configurationType), (configuration) => [
      given(configuration, "associatePublicIpAddress"),
    ]),
  ].filter((answer) => answer !== undefined);
  return answers.length === 0 ? undefined : any(...answers);
}

/** A group has a template, or a policy with one and with others that override it for some instance types. */
export function templatesOf(links: Links, owner: Resource): readonly Link[] {
  const policy = field(given(owner, "mixedInstancesPolicy"), "launchTemplate");
  const specified: readonly Value[] = [policy, ...elements(field(policy, "overrides"))];
  return [
    templateOf(links, owner, "launchTemplate", given(owner, "launchTemplate"), ["id", "name"]),
    ...specified.map((item) =>
      templateOf(links, owner, "mixedInstancesPolicy", field(item, "launchTemplateSpecification"), [
        "launchTemplateId",
        "launchTemplateName",
      ]),
    ),
  ].filter((link) => link !== undefined);
}

function templateOf(
  links: Links,
  owner: Resource,
  property: string,
  specification: Value,
  keys: readonly string[],
): Link | undefined {
  const name = keys.map((key): Value => field(specification, key)).find((value) => value !== undefined);
  return name === undefined ? undefined : links.resolve(owner, property, name, templateType);
}

function interfaceChoices(template: Resource): readonly Value[] {
  return elements(given(template, "networkInterfaces")).map((each): Value => field(each, "associatePublicIpAddress"));
}

function choiceIn(link: Link, choices: (found: Resource) => readonly Value[]): Certainty | undefined {
  if (link.external) return "perhaps";
  const answers = link.candidates.map((each) => {
    const made = choices(each).filter((value) => value !== undefined);
    return made.length === 0 ? undefined : any(...made.map(certaintyOf));
  });
  if (answers.every((answer) => answer === undefined)) return undefined;
  return whichever(answers.map((answer) => answer ?? "perhaps"));
}
