/** EventBridge rules as their targets refer to them. */
import type { Props } from "../../model";
import { text } from "../values";

export const RULE = "aws:cloudwatch/eventRule:EventRule";
export const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
export const CODE = "ValidationException";

/** The bus's name; targets and rules may name it by its ARN. */
export function busOf(inputs: Props): string {
  const name = text(inputs["eventBusName"]) ?? "default";
  return name.replace(/^arn:.*:event-bus\//, "");
}

/** Rules of the default bus go by their name alone. */
export function ruleId(bus: string, name: string): string {
  return bus === "default" ? name : `${bus}/${name}`;
}
