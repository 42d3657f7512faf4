import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { models as mail } from "../../../offline/models/mail";
import { models as network } from "../../../offline/models/network";
import { models as services } from "../../../offline/models/services";
import { Account } from "./account";
import { needsUp, play, typesOf, type Example } from "./rule-example";

interface Rule {
  id: string;
  type: string;
  rule: string;
  phase: "check" | "create" | "update" | "delete";
  code: string;
  codeInferred?: boolean;
  confidence: "documented" | "recorded" | "emulator-source" | "memory";
  bad: Example;
  good: Example;
}

const models = { ...network, ...services, ...mail };
const file = join(process.env["DEJIMA_GROUND_TRUTH"] ?? "", "aws-rules.jsonl");
const rules = existsSync(file)
  ? readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Rule)
  : [];

/** What hasn't a source must not fail the build; whether it holds is shown by its being skipped or not. */
const strict = (rule: Rule): boolean => rule.confidence === "documented" || rule.confidence === "recorded";

const modelled = (rule: Rule): boolean => [...typesOf(rule.bad), ...typesOf(rule.good)].every((type) => type in models);

async function verify(rule: Rule): Promise<void> {
  const refusal = await play(new Account(!needsUp(rule.bad)), rule.bad);
  assert.ok(refusal, `the refused example is accepted (${rule.rule})`);
  assert.equal(refusal.phase, rule.phase, `${refusal.code}: ${refusal.message}`);
  if (rule.codeInferred !== true) assert.equal(refusal.code, rule.code, refusal.message);
  const acceptance = await play(new Account(!needsUp(rule.good)), rule.good);
  assert.equal(
    acceptance,
    undefined,
    `the accepted example is refused: ${acceptance?.code ?? ""}: ${acceptance?.message ?? ""}`,
  );
}

describe("what AWS refuses and accepts, by the ground truth", () => {
  it("is read from DEJIMA_GROUND_TRUTH", function () {
    if (rules.length === 0) this.skip();
    assert.ok(rules.some(modelled), "no rule is about a modelled type");
  });

  for (const rule of rules.filter(modelled)) {
    it(`${rule.type}: ${rule.id} (${rule.confidence})`, async function () {
      this.timeout(60_000);
      if (strict(rule)) {
        await verify(rule);
        return;
      }
      try {
        await verify(rule);
      } catch {
        this.skip();
      }
    });
  }
});
