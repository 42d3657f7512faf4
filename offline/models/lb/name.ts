import type { Findings } from "../findings";
import { text } from "../values";

/** Names of load balancers and target groups: at most 32 letters, digits and hyphens. */
export function checkName(found: Findings, property = "name", longest = 32): void {
  const name = text(found.inputs[property]);
  if (name === undefined) return;
  const refuse = (message: string): void => {
    found.refuse(property, "ValidationError", message);
  };
  if (name.length > longest) refuse(`"${property}" cannot be longer than ${longest} characters: "${name}"`);
  if (!/^[0-9A-Za-z-]+$/.test(name))
    refuse(`only alphanumeric characters and hyphens allowed in "${property}": "${name}"`);
  if (name.startsWith("-")) refuse(`"${property}" cannot begin with a hyphen: "${name}"`);
  if (property === "name" && name.endsWith("-")) refuse(`"${property}" cannot end with a hyphen: "${name}"`);
}
