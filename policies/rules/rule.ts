import type { z } from "zod";
import type { StackModel } from "../stack-model";
import type { Verdict } from "../verdict";

/** What a rule found out about one subject. */
export interface Finding {
  readonly verdict: Verdict;
  /** The resource it is about; undefined when it is about the stack. */
  readonly urn: string | undefined;
  /** Undetermined by nothing but what the deployment tells. */
  readonly isPending?: boolean;
}

/** A control that a rule answers, wholly or in part. */
export interface Control {
  readonly framework: "AWS Foundational Security Best Practices" | "CIS AWS Foundations Benchmark v3.0.0";
  /** As the framework writes it: "EC2.8", "5.6". */
  readonly id: string;
}

/** One rule; its file is the one place where all of it stands. */
export interface Rule<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** Under which it is configured, reported and exempted: kebab-case. */
  readonly id: string;
  /** What is so when it passes, in a few words. */
  readonly title: string;
  /** What a pass proves, in a sentence beginning with "Proves that". */
  readonly proves: string;
  /** Why that matters, in full sentences. */
  readonly why: string;
  /** Where the reader can check it: pages of AWS, RFCs. */
  readonly sources: readonly string[];
  /** What to do about any violation of it; each message says more exactly. */
  readonly fix: string;
  readonly enforcementLevel: "advisory" | "mandatory";
  readonly severity: "low" | "medium" | "high" | "critical";
  readonly controls: readonly Control[];
  readonly tags: readonly string[];
  /** Its own settings, each with a default and a description; every rule has `onUndetermined` and `exemptions` besides. */
  readonly settings: Shape;
  /** May `onUndetermined` be "defer": does the rule tell what only the deployment can say (`isPending`)? */
  readonly defers: boolean;
  /** Is it "defer" unless configured? For what a first preview with the real provider can't tell: it leaves out whole lists that hold one unknown. */
  readonly defersByDefault?: true;
  /** What the stack lacks when there is no finding at all, as "The stack has no …". */
  readonly notApplicable: string;
  /** Pure: a finding for every subject, the proved ones too. (A method: rules with different settings stand in one list.) */
  judge(stack: StackModel, settings: z.output<z.ZodObject<Shape>>): readonly Finding[];
}
