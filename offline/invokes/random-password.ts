import { randomInt } from "node:crypto";

import { AwsError } from "../aws-error";
import type { Place, Props } from "../model";

const CLASSES: readonly [exclude: string, characters: string][] = [
  ["excludeUppercase", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
  ["excludeLowercase", "abcdefghijklmnopqrstuvwxyz"],
  ["excludeNumbers", "0123456789"],
  ["excludePunctuation", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"],
];

const DEFAULT_LENGTH = 32;
const MAXIMUM_LENGTH = 4096;

/**
 * Another password at every call, with a character of each class that isn't excluded, as AWS draws it:
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html. @throws AwsError InvalidParameterException
 */
export function getRandomPassword(args: Props, { region }: Place): Props {
  const { excludeCharacters } = args;
  const excluded = typeof excludeCharacters === "string" ? excludeCharacters : "";
  const included = CLASSES.filter(([exclude]) => args[exclude] !== true).map(([, characters]) => characters);
  const classes = [...included, ...(args["includeSpace"] === true ? [" "] : [])]
    .map((characters) => Array.from(characters).filter((character) => !excluded.includes(character)))
    .filter((characters) => characters.length > 0);
  const each = args["requireEachIncludedType"] === false ? [] : classes;
  const length = Number(args["passwordLength"] ?? DEFAULT_LENGTH);
  if (!Number.isInteger(length) || length < Math.max(1, each.length) || length > MAXIMUM_LENGTH) {
    throw new AwsError(
      "InvalidParameterException",
      `a password has ${Math.max(1, each.length)} to ${MAXIMUM_LENGTH} characters here, not ${length}`,
      "passwordLength",
    );
  }
  if (classes.length === 0) {
    throw new AwsError("InvalidParameterException", "every character is excluded", "excludeCharacters");
  }
  const rest = Array.from({ length: length - each.length }, () => classes.flat());
  const drawn = [...each, ...rest].map((characters) => characters[randomInt(characters.length)] ?? "");
  return { id: region, region, ...args, passwordLength: length, randomPassword: shuffled(drawn).join("") };
}

function shuffled(characters: readonly string[]): string[] {
  const result = [...characters];
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [result[last], result[other]] = [result[other] ?? "", result[last] ?? ""];
  }
  return result;
}
