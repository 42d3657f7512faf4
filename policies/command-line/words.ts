import { parseArgs } from "node:util";
import { didYouMean } from "./bad-input";
import { nearest } from "./nearest";

/** Options of a command, by their long names. */
export type Definitions = Readonly<Record<string, { readonly type: "string" | "boolean"; readonly short?: string }>>;

/** The options that were given, with their values; of a switch, "". */
export interface Words<Name extends string> {
  get(name: Name): string | undefined;
  has(name: Name): boolean;
}

/** @param problems gets everything that is wrong with the words themselves. */
export function wordsOf<Name extends string>(
  args: readonly string[],
  definitions: Readonly<Record<Name, Definitions[string]>>,
  problems: string[],
): Words<Name> {
  const isName = (word: string): word is Name => word in definitions;
  const given = new Map<Name, string>();
  const { tokens } = parseArgs({
    args: [...args],
    options: definitions,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  tokens.forEach((token, at) => {
    const before = tokens[at - 1];
    // The value of an option that doesn't exist is no problem of its own.
    if (token.kind === "positional" && before?.kind === "option" && !isName(before.name)) return;
    if (token.kind === "positional") problems.push(`${token.value}: no option stands before it`);
    if (token.kind !== "option") return;
    const { name, rawName, value } = token;
    if (!isName(name)) {
      const near = nearest(name, Object.keys(definitions));
      problems.push(`${rawName}: there is no such option.${didYouMean(near === undefined ? undefined : `--${near}`)}`);
    } else if (definitions[name].type === "boolean") {
      if (value === undefined) given.set(name, "");
      else problems.push(`${rawName}: it takes no value, here ${value}`);
    } else if (value === undefined || value === "" || (value.startsWith("--") && !token.inlineValue)) {
      problems.push(`${rawName}: its value is missing`);
    } else if (given.has(name)) problems.push(`${rawName}: given twice`);
    else given.set(name, value);
  });
  return given;
}
