import { stackType } from "../../communications/stack-output";
import type { Links } from "../../reachability/links";
import { given, hasDependencies, label, type Resource, type Value } from "../../reachability/resources";
import { LAUNCHED } from "../instances/user-data";

/** Something that many can read, so that no secret belongs there. */
export interface OpenPlace {
  readonly resource: Resource;
  readonly property: string;
  /** How a person would name it. */
  readonly label: string;
  readonly value: Value;
  /** Pulumi keeps it encrypted, however AWS does. */
  readonly isSecret: boolean;
}

const ENVIRONMENTS: Readonly<Record<string, readonly [noun: string, property: string]>> = {
  "aws:lambda/function:Function": ["the environment of function", "environment"],
  "aws:ecs/taskDefinition:TaskDefinition": ["the containers of task definition", "containerDefinitions"],
  "aws:batch/jobDefinition:JobDefinition": ["the container of job definition", "containerProperties"],
  "aws:codebuild/project:Project": ["the environment of project", "environment"],
  "aws:elasticbeanstalk/environment:Environment": ["the settings of environment", "settings"],
  "aws:apprunner/service:Service": ["the source of service", "sourceConfiguration"],
};

/** Environments of programs, parameters that aren't encrypted, user data, and what the stack gives out. */
export function openPlaces(links: Links): readonly OpenPlace[] {
  const environments = Object.entries(ENVIRONMENTS).flatMap(([type, [noun, property]]) =>
    links.ofTypes(type).map((resource) => place(resource, property, `${noun} ${label(resource)}`)),
  );
  const parameters = links
    .ofTypes("aws:ssm/parameter:Parameter")
    .filter((parameter) => given(parameter, "type") !== "SecureString")
    .flatMap((parameter) =>
      ["value", "insecureValue"].map((property) =>
        place(parameter, property, `parameter ${label(parameter)}, which isn't encrypted,`),
      ),
    );
  const userData = Object.entries(LAUNCHED).flatMap(([type, { noun, properties }]) =>
    links
      .ofTypes(type)
      .flatMap((resource) =>
        properties.map((property) => place(resource, property, `the user data of ${noun} ${label(resource)}`)),
      ),
  );
  return [...environments, ...parameters, ...userData].filter(({ value }) => value !== undefined);
}

/** What `pulumi stack output` shows; secrets only to who asks for them. */
export function stackOutputs(links: Links): readonly OpenPlace[] {
  return links.ofTypes(stackType).flatMap((stack) =>
    Object.keys(stack.props)
      .filter((output) => output !== "id")
      .map((output) => place(stack, output, `stack output ${output}`)),
  );
}

function place(resource: Resource, property: string, called: string): OpenPlace {
  return {
    resource,
    property,
    label: called,
    value: given(resource, property),
    isSecret: resource.secrets?.has(property) === true,
  };
}

/** Stores of secrets: who depends on one may have its value. */
const STORES = ["aws:secretsmanager/secretVersion:SecretVersion", "aws:ssm/parameter:Parameter"];

/** May a value be made from a resource, or from a store that has what is made from it? */
export function mayComeFrom(links: Links, { resource, property }: OpenPlace, source: Resource): boolean {
  if (!hasDependencies(resource)) return true;
  const direct = links.dependenciesOf(resource, property);
  const stores = direct.filter(({ type }) => STORES.includes(type));
  return (
    direct.includes(source) ||
    stores.some((store) =>
      Object.keys(store.propertyDependencies).some((key) => links.dependenciesOf(store, key).includes(source)),
    )
  );
}
