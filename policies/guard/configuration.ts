import { didYouMean } from "../command-line/bad-input";
import { nearest } from "../command-line/nearest";
import type { Rule } from "../rules/rule";
import { BadConfiguration, settingsOf } from "../rules/settings";
import { type Level, levelNamed, levelNames } from "./levels";

/** One rule as it is to be judged. `settings`: as the configuration gives them, which `outcomeOf` reads. */
export interface Configured {
  readonly rule: Rule;
  readonly level: Level;
  readonly settings: object;
}

const all = "all";
const levelKey = "enforcementLevel";

/**
 * The rules by a configuration as `--policy-pack-config` takes it: `{"<rule>" | "all": level | {"enforcementLevel"?: level, …settings}}`. A rule's
 * own level goes before that of "all", and that before the rule's default. Unlike the engine it passes no name that nothing has.
 *
 * @throws BadConfiguration with every problem, each with rule and setting.
 */
export function configuredRules(rules: readonly Rule[], json: unknown): readonly Configured[] {
  if (!isObject(json))
    throw new BadConfiguration([`an object {"<rule>": level | settings} is wanted, here ${inShort(json)}`]);
  const known = [all, ...rules.map(({ id }) => id)];
  const problems = Object.keys(json)
    .filter((name) => !known.includes(name))
    .map((name) => `${name}: there is no such rule.${didYouMean(nearest(name, known))}`);
  const forAll = entryOf(all, json[all], problems);
  const [surplus] = Object.keys(forAll.settings);
  if (surplus !== undefined) problems.push(`${all}.${surplus}: only ${levelKey} can be set for all rules at once`);
  const configured = rules.map((rule) => {
    const { level, settings } = entryOf(rule.id, json[rule.id], problems);
    problems.push(...problemsOf(rule, settings));
    return { rule, level: level ?? forAll.level ?? rule.enforcementLevel, settings };
  });
  if (problems.length > 0) throw new BadConfiguration(problems);
  return configured;
}

interface Entry {
  readonly level: Level | undefined;
  readonly settings: object;
}

function entryOf(name: string, value: unknown, problems: string[]): Entry {
  if (value === undefined) return { level: undefined, settings: {} };
  if (typeof value === "string") return { level: checkedLevel(name, value, problems), settings: {} };
  if (!isObject(value)) {
    problems.push(`${name}: a level or an object of settings is wanted, here ${inShort(value)}`);
    return { level: undefined, settings: {} };
  }
  const { [levelKey]: level, ...settings } = value;
  return {
    level: level === undefined ? undefined : checkedLevel(`${name}.${levelKey}`, level, problems),
    settings,
  };
}

function checkedLevel(where: string, level: unknown, problems: string[]): Level | undefined {
  const found = levelNamed(level);
  if (found === undefined) {
    const meant = typeof level === "string" ? didYouMean(nearest(level, levelNames)) : "";
    problems.push(`${where}: ${levelNames.join(", ")} is wanted, here ${inShort(level)}.${meant}`);
  }
  return found;
}

function problemsOf(rule: Rule, settings: object): readonly string[] {
  try {
    settingsOf(rule, settings);
    return [];
  } catch (error) {
    if (error instanceof BadConfiguration) return error.problems;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function inShort(value: unknown): string {
  return Array.isArray(value) ? "a list" : isObject(value) ? "an object" : JSON.stringify(value);
}
