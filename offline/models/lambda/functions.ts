/** Lambda functions as other resources refer to them. */
import type { World } from "../../world";
import type { Thing } from "../../world";
import type { Findings } from "../findings";

export const FUNCTION = "aws:lambda/function:Function";
/** Of a value outside its range or form. */
export const CODE = "ValidationException";
/** Of a value that doesn't go with the others, or with what exists. */
export const INVALID = "InvalidParameterValueException";
export const ARCHITECTURES = ["x86_64", "arm64"];

/** Source: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html, "Runtime", retired ones included: the API names them. */
export const RUNTIMES = [
  ...["nodejs", "nodejs4.3", "nodejs6.10", "nodejs8.10", "nodejs10.x", "nodejs12.x", "nodejs14.x", "nodejs16.x"],
  ...["nodejs18.x", "nodejs20.x", "nodejs22.x", "nodejs24.x", "nodejs4.3-edge"],
  ...["java8", "java8.al2", "java11", "java17", "java21", "java25"],
  ...["python2.7", "python3.6", "python3.7", "python3.8", "python3.9", "python3.10", "python3.11", "python3.12"],
  ...["python3.13", "python3.14"],
  ...["dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1", "dotnet6", "dotnet8", "dotnet10"],
  ...["go1.x", "ruby2.5", "ruby2.7", "ruby3.2", "ruby3.3", "ruby3.4", "provided", "provided.al2", "provided.al2023"],
];

const NAME =
  /^(arn:[\w-]+:lambda:)?([a-z]{2}-(?:[a-z]+-){1,2}\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?$/;

/** The provider takes a name or an ARN, where the parts before the name come in order. */
export function checkName(found: Findings): void {
  found.matches("name", NAME, "must be valid function name or function ARN", CODE);
  const name = found.inputs["name"];
  if (typeof name === "string" && !name.startsWith("arn:")) found.length("name", 1, 64, CODE);
}

/** The function with this name, ARN or qualified ARN. */
export function functionNamed(world: World, reference: string): Thing | undefined {
  const name = /(?:^|:function:)([\w-]+)(:[^:]+)?$/.exec(reference)?.[1];
  return name === undefined ? undefined : world.find(FUNCTION, name);
}
