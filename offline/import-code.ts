import type { CliArguments } from "./arguments";

const NOTE =
  "The embedded AWS writes no code for imports: put the resource into the program yourself, with the inputs that `stack export` shows.";

/**
 * `pulumi import` ends with code for the program, which takes the whole schema of the provider: the embedded AWS knows it only as far as it
 * checks inputs. So the import is done without, unless the user says something about code; he is told.
 */
export function withoutCode(
  args: readonly string[],
  { command, commandIndex }: CliArguments,
  log: (line: string) => void,
): string[] {
  const end = args.indexOf("--");
  const options = end === -1 ? args : args.slice(0, end);
  if (command !== "import" || options.some((word) => word.startsWith("--generate-code"))) return [...args];
  log(NOTE);
  return [...args.slice(0, commandIndex + 1), "--generate-code=false", ...args.slice(commandIndex + 1)];
}
