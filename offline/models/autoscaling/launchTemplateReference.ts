import { AwsError } from "../../aws-error";
import type { OperationContext } from "../../model";
import type { Thing } from "../../world";
import { given, integer, isRecord, property, records, text, texts } from "../values";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** The launch template that a group names by id or name; undefined while unknown. Throws where it, or its version, doesn't exist. */
export function launchTemplateOf({ inputs, world }: OperationContext): Thing | undefined {
  const reference = inputs["launchTemplate"];
  if (!isRecord(reference)) return undefined;
  if (!given(reference["id"]) && !given(reference["name"]))
    throw new AwsError(
      "ValidationError",
      "Valid requests must contain either launchTemplateId or LaunchTemplateName",
      "launchTemplate",
    );
  const id = text(reference["id"]);
  const name = text(reference["name"]);
  if (id === undefined && name === undefined) return undefined;
  const template =
    id === undefined
      ? world.all(TEMPLATE).find((one) => text(property(one, "name")) === name)
      : world.find(TEMPLATE, id);
  if (template === undefined) {
    throw new AwsError(
      "ValidationError",
      `You must use a valid fully-formed launch template. The specified launch template, with template ${id === undefined ? "name" : "ID"} ${id ?? name ?? ""}, does not exist.`,
      "launchTemplate",
    );
  }
  const version = integer(reference["version"]);
  const latest = integer(property(template, "latestVersion"));
  if (version !== undefined && latest !== undefined && (version < 1 || version > latest)) {
    throw new AwsError(
      "ValidationError",
      `You must use a valid fully-formed launch template. Could not find the specified version ${version} for the launch template with ID ${template.id}.`,
      "launchTemplate",
    );
  }
  return template;
}

/** Security groups that instances of a template wear, as far as they are known. */
export function templateGroups(template: Thing | undefined): string[] {
  if (template === undefined) return [];
  const interfaces = records(property(template, "networkInterfaces"));
  return [
    ...texts(property(template, "vpcSecurityGroupIds")),
    ...interfaces.flatMap((one) => texts(one["securityGroups"])),
  ];
}
