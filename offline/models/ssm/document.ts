import { createHash } from "node:crypto";
import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { refuseDuplicate } from "../names";
import { madeAt } from "../time";
import { integer, isRecord, text } from "../values";

const TYPE = "aws:ssm/document:Document";
const CODE = "ValidationException";
const KINDS = [
  ...["Command", "Policy", "Automation", "Session", "Package", "ApplicationConfiguration"],
  ...["ApplicationConfigurationSchema", "DeploymentStrategy", "ChangeCalendar", "Automation.ChangeTemplate"],
  ...["ProblemAnalysis", "ProblemAnalysisTemplate", "CloudFormation", "ConformancePackTemplate", "QuickSetup"],
  ...["ManualApprovalPolicy", "AutoApprovalPolicy"],
];
/** Bytes. Source: https://docs.aws.amazon.com/general/latest/gr/ssm.html#limits_ssm */
const LENGTH = 65536;
/** Schema versions by kind. Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html */
const VERSIONS: Record<string, readonly string[]> = {
  Automation: ["0.3"],
  Command: ["1.2", "2.0", "2.2"],
  Policy: ["2.0", "2.2"],
  Session: ["1.0"],
};

/** The document as an object, where it is JSON; YAML and text are taken as they are. */
function parsed(inputs: Props): Props | undefined {
  const content = text(inputs["content"]);
  if (content === undefined || text(inputs["documentFormat"]) !== "JSON") return undefined;
  try {
    const document: unknown = JSON.parse(content);
    if (isRecord(document)) return document;
  } catch {
    // Said below, as for any other text that isn't an object.
  }
  throw new AwsError("InvalidDocumentContent", "JSON not well-formed.", "content");
}

function refuse(inputs: Props, document: Props | undefined): void {
  if ((text(inputs["content"]) ?? "").length > LENGTH)
    throw new AwsError("MaxDocumentSizeExceeded", "The size limit of a document is 64 KB.", "content");
  const kind = text(inputs["documentType"]) ?? "";
  const allowed = VERSIONS[kind];
  if (document === undefined || allowed === undefined) return;
  const version = text(document["schemaVersion"]);
  if (version === undefined || !allowed.includes(version))
    throw new AwsError(
      "InvalidDocumentSchemaVersion",
      `The schema version ${version ?? "(none)"} is not supported for documents of type ${kind}.`,
      "content",
    );
}

function parametersOf(document: Props | undefined): unknown[] {
  const parameters = document?.["parameters"];
  if (!isRecord(parameters)) return [];
  return Object.entries(parameters).map(([name, one]) => {
    const { type, description, default: fallback } = isRecord(one) ? one : {};
    const value = typeof fallback === "string" ? fallback : fallback === undefined ? "" : JSON.stringify(fallback);
    return { defaultValue: value, description: description ?? "", name, type: type ?? "String" };
  });
}

function settle({ inputs, place }: OperationContext, version: number): Props {
  const document = parsed(inputs);
  refuse(inputs, document);
  const content = text(inputs["content"]);
  const isYaml = content !== undefined && document === undefined;
  const written = isYaml ? /^schemaVersion:\s*["']?([\d.]+)/m.exec(content)?.[1] : undefined;
  const everywhere = ["Linux", "MacOS", "Windows"];
  return {
    ...filled(inputs, { attachmentsSources: [], permissions: {}, tags: {}, targetType: "", versionName: "" }),
    defaultVersion: String(version),
    description: content === undefined ? UNKNOWN : (document?.["description"] ?? ""),
    documentVersion: String(version),
    hash: content === undefined ? UNKNOWN : createHash("sha256").update(content).digest("hex"),
    hashType: "Sha256",
    latestVersion: String(version),
    owner: place.accountId,
    parameters: content === undefined ? UNKNOWN : parametersOf(document),
    platformTypes: everywhere,
    schemaVersion: content === undefined ? UNKNOWN : (document?.["schemaVersion"] ?? written ?? ""),
    status: "Active",
  };
}

const model: Model = {
  type: TYPE,
  defaults: { documentFormat: "JSON" },
  replaceOn: ["documentType", "name"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.length("name", 3, 128, CODE);
    found.matches("name", /^[0-9A-Za-z_.-]+$/, "must contain only alphanumeric, underscore, hyphen, or period", CODE);
    found.oneOf("documentType", KINDS, CODE);
    found.oneOf("documentFormat", ["JSON", "TEXT", "YAML"], CODE);
    found.matches(
      "targetType",
      /^\/[\w./:-]*$/,
      "must begin with a slash and hold letters, digits, . - : / only",
      CODE,
    );
    found.matches("versionName", /^[0-9A-Za-z_.-]{3,128}$/, "3 to 128 letters, digits, _ - and .", CODE);
    found.within("permissions")?.oneOf("type", ["Share"], CODE);
    for (const source of found.each("attachmentsSources")) {
      source.oneOf("key", ["SourceUrl", "S3FileUrl", "AttachmentReference"], CODE);
      source.matches("name", /^[0-9A-Za-z_.-]{3,128}$/, "3 to 128 letters, digits, _ - and .", CODE);
    }
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place } = context;
    const name = text(inputs["name"]);
    if (name !== undefined && /^(aws|amazon|amzn)/i.test(name))
      throw new AwsError(CODE, `The document name ${name} begins with a reserved prefix: aws, amazon or amzn.`, "name");
    refuseDuplicate(context, TYPE, name, "DocumentAlreadyExists", `Document with name ${name ?? ""} already exists.`);
    return {
      id: name ?? "",
      outputs: {
        ...settle(context, 1),
        arn: name === undefined ? UNKNOWN : arn(place, "ssm", `document/${name}`),
        createdDate: madeAt(ids),
      },
    };
  },

  update(context, old) {
    const version = integer(old.outputs["latestVersion"]) ?? 1;
    const changed = context.inputs["content"] !== old.outputs["content"];
    return settle(context, changed ? version + 1 : version);
  },
};

export default model;
