import type { Declaration } from "../../communications/declaration";
import type { StackModel } from "../../stack-model";
import type { Finding } from "../rule";

/** What the stack lacks where a rule about the matrix finds nothing. */
export const noMatrix =
  "The stack has no declared communications matrix, neither as its output `communications` nor as the setting of that name.";

/**
 * Judges by the matrix that is declared: by the rule's configuration, else in the stack output `communications`. Nothing is found where none is; one
 * that can't be read is a violation, for it was meant to be judged by.
 *
 * @param question what can't be told while the matrix isn't known, as "it can't be told whether …".
 */
export function judgeByMatrix(
  { declared }: StackModel,
  configured: Declaration | null,
  question: string,
  judge: (declaration: Declaration) => readonly Finding[],
): readonly Finding[] {
  if (configured !== null) return judge(configured);
  switch (declared.kind) {
    case "absent":
      return [];
    case "declared":
      return judge(declared.declaration);
    case "unknown": {
      const unknowns = ["what the stack output communications says"];
      return [{ verdict: { kind: "undetermined", question, unknowns }, urn: declared.urn, isPending: true }];
    }
    case "unreadable": {
      const witness = `the declared communications matrix can't be read:\n${declared.problems.join("\n")}`;
      const fix = "mend the stack output communications, or give another output that name no longer";
      return [{ verdict: { kind: "violated", witness, fix }, urn: declared.urn }];
    }
  }
}
