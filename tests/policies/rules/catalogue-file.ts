import { resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import { rules } from "../../../policies/rules/catalogue";
import { cataloguePage } from "../../../policies/rules/catalogue-page";

export const catalogueFile = resolve(__dirname, "../../../docs/rules.md");

/** What `docs/rules.md` has to hold. */
export async function catalogueText(): Promise<string> {
  return format(cataloguePage(rules), { ...(await resolveConfig(catalogueFile)), filepath: catalogueFile });
}
