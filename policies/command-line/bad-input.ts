/** What was given can't be answered: every problem at once, each with where it is, what is wrong and what to do. */
export class BadInput extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "BadInput";
  }
}

/** `text` in the form of a problem's ending: what was probably meant, when anything is near enough. */
export function didYouMean(name: string | undefined): string {
  return name === undefined ? "" : ` Did you mean ${name}?`;
}
