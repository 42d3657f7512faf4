import { AwsError } from "../../aws-error";

/** What every call of version 2 answers to a value that it doesn't take. */
export const CODE = "BadRequestException";

export function missing(what: string, name: string, property: string): AwsError {
  return new AwsError("NotFoundException", `${what} <${name}> does not exist.`, property);
}
