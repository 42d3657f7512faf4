import { z } from "zod";

const text = (missing: string) => z.string({ error: missing }).trim().min(1, missing);

/**
 * A finding that is accepted for a time. It stands in the configuration of the rule that it exempts from (`"<rule>": { "exemptions": [ … ] }`):
 * the SDK gives each policy its own configuration and no other, and the engine checks it there against that policy's schema.
 */
export const exemptionSchema = z
  .strictObject({
    resource: text("names no resource: give its URN, with * for any run of characters").describe(
      "URN of the resource, with * for any run of characters, even none. A finding about the stack as a whole is matched by * alone.",
    ),
    reason: text("gives no reason: say why the finding is accepted").describe("Why the finding is accepted."),
    owner: text("has no owner: name who answers for it").describe("Who answers for it."),
    expires: z.iso
      .date({ error: "has no expiry date: give the last day on which it holds, as 2027-03-31" })
      .describe("The last day on which it holds (UTC), as 2027-03-31."),
  })
  .describe("A finding that is accepted for a time.");

export type Exemption = z.output<typeof exemptionSchema>;

/** What became of one exemption: how many findings it covers, and whether its time is over. */
export interface ExemptionUse {
  readonly exemption: Exemption;
  readonly state: "used" | "unused" | "expired";
  readonly findings: number;
}

/** Does the pattern stand for the whole of the URN? `*` is any run of characters, `:`, `/` and `$` too; all else is itself. */
export function matches(pattern: string, urn: string | undefined): boolean {
  if (urn === undefined) return /^\*+$/.test(pattern);
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return urn === pattern;
  if (!urn.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = urn.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return urn.length - last.length >= at && urn.endsWith(last);
}

export interface Sorted<T> {
  /** Findings that stand. `expired`: an exemption that would cover the finding if its time weren't over. */
  readonly standing: readonly { readonly finding: T; readonly expired: Exemption | undefined }[];
  readonly exempted: readonly { readonly finding: T; readonly exemption: Exemption }[];
  /** One for each exemption, in their order. */
  readonly uses: readonly ExemptionUse[];
}

/**
 * Sorts what would be reported by what is exempted. The first exemption in force that covers a finding is the one that is used; an expired
 * one exempts nothing.
 *
 * @param today as 2027-03-31, in UTC.
 */
export function sortByExemptions<T extends { readonly urn: string | undefined }>(
  findings: readonly T[],
  exemptions: readonly Exemption[],
  today: string,
): Sorted<T> {
  const isOver = ({ expires }: Exemption) => expires < today;
  const sorted = findings.map((finding) => {
    const covering = exemptions.filter(({ resource }) => matches(resource, finding.urn));
    const exemption = covering.find((each) => !isOver(each));
    return { finding, exemption, expired: exemption === undefined ? covering.find(isOver) : undefined };
  });
  return {
    standing: sorted
      .filter(({ exemption }) => exemption === undefined)
      .map(({ finding, expired }) => ({ finding, expired })),
    exempted: sorted.flatMap(({ finding, exemption }) => (exemption === undefined ? [] : [{ finding, exemption }])),
    uses: exemptions.map((exemption) => {
      const covered = sorted.filter((each) => each.exemption === exemption || each.expired === exemption).length;
      return {
        exemption,
        state: isOver(exemption) ? "expired" : covered > 0 ? "used" : "unused",
        findings: covered,
      };
    }),
  };
}
