import type { z } from "zod";
import type { Resource } from "../reachability/resources";
import { BadInput } from "../command-line/bad-input";
import { bareList, readBareList } from "./bare-list";
import { previewPlan, readPlan } from "./preview-plan";
import { readState, stateExport } from "./state-export";

/** Where a document came from: the option, and the file or command behind it. */
export interface Origin {
  readonly option: "--state" | "--plan" | "--stack" | "--queries" | "--config";
  readonly name: string;
}

/** @throws BadInput when the text isn't JSON. */
export function parseJson(text: string, { option, name }: Origin): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const banner = text.trimStart().startsWith("> ") ? " npm's own lines stand before it: use `npm run -s`." : "";
    const empty = text.trim() === "" ? " It is empty." : "";
    throw new BadInput([`${option}: ${name} isn't JSON.${empty || banner || ` ${reason}.`}`]);
  }
}

/** The resources of a `pulumi stack export` or of a bare array. */
export function readStateDocument(text: string, origin: Origin): readonly Resource[] {
  const json = parseJson(text, origin);
  if (Array.isArray(json)) return readBareList(checked(bareList, json, origin));
  if (has(json, "deployment")) return readState(checked(stateExport, json, origin));
  throw new BadInput([
    `${origin.option}: ${origin.name} is neither a \`pulumi stack export\` nor an array [{type, name, urn, id, props}].` +
      (isPlan(json) ? " It looks like a `pulumi preview --json`: give it by --plan." : "") +
      (has(json, "checkpoint") ? " It looks like a backend's own file: take `pulumi stack export`." : ""),
  ]);
}

/** The resources as they will be after a `pulumi preview --json`; a bare array is taken as it is. */
export function readPlanDocument(text: string, origin: Origin, existing?: readonly Resource[]): readonly Resource[] {
  const json = parseJson(text, origin);
  if (Array.isArray(json)) return readBareList(checked(bareList, json, origin));
  if (isPlan(json)) return readPlan(checked(previewPlan, json, origin), existing);
  throw new BadInput([
    `${origin.option}: ${origin.name} is neither a \`pulumi preview --json\` nor an array [{type, name, urn, id, props}].` +
      (has(json, "deployment") ? " It looks like a `pulumi stack export`: give it by --state." : ""),
  ]);
}

function has(json: unknown, key: string): boolean {
  return json !== null && typeof json === "object" && key in json;
}

function isPlan(json: unknown): boolean {
  return has(json, "steps") || has(json, "changeSummary");
}

function checked<T>(schema: z.ZodType<T>, json: unknown, { option, name }: Origin): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new BadInput(
    result.error.issues.map(({ path, message }) => `${option}: ${name}, at ${pathOf(path)}: ${message}`),
  );
}

/** `deployment.resources[3].urn` */
export function pathOf(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return text === "" ? "the top" : text.replace(/^\./, "");
}
