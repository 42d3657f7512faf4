import type { Findings } from "../findings";
import { isRecord } from "../values";

/** AWS's limits of tags on one resource. Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
const MAX_TAGS = 50;
const MAX_KEY = 128;
const MAX_VALUE = 256;

/** Refuses tags that EC2 would: too many, reserved prefix, too long. */
export function checkTags(found: Findings): void {
  const tags = found.inputs["tags"];
  if (!isRecord(tags)) return;
  const entries = Object.entries(tags).filter(([key]) => key !== "__defaults");
  if (entries.length > MAX_TAGS)
    found.refuse("tags", "TagLimitExceeded", `more than ${MAX_TAGS} tags: ${entries.length}`);
  for (const [key, value] of entries) {
    const path = `tags.${key}`;
    if (key.toLowerCase().startsWith("aws:")) {
      found.refuse(
        path,
        "InvalidParameterValue",
        `Value ( ${key} ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use`,
      );
    }
    if (key === "" || key.length > MAX_KEY) {
      found.refuse(path, "InvalidParameterValue", `Tag key must be 1 to ${MAX_KEY} characters long, got ${key.length}`);
    }
    if (typeof value === "string" && value.length > MAX_VALUE) {
      found.refuse(
        path,
        "InvalidParameterValue",
        `Tag value exceeds the maximum length of ${MAX_VALUE} characters: ${value.length}`,
      );
    }
  }
}
