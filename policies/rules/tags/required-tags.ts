import { z } from "zod";
import { matches } from "../../exemptions";
import { label, type Resource, UNKNOWN } from "../../reachability/resources";
import { bad, type Check, findingOf, good, pending } from "../check";
import type { Rule } from "../rule";
import { TAGGABLE } from "./taggable-types";
import { type Tags, tagsOf } from "./tags-of";

const requiredTag = z.strictObject({
  key: z.string().min(1).max(128).describe("The key of the tag, in exactly these letters."),
  values: z.array(z.string().max(256)).min(1).optional().describe("The values that it may have. Default: any."),
});
type RequiredTag = z.output<typeof requiredTag>;

const settings = {
  tags: z
    .array(requiredTag)
    .default([])
    .describe(
      'The tags that everything must have, as [{"key": "Environment", "values": ["dev", "prod"]}, {"key": "Team"}]. Default: any tag at all.',
    ),
  except: z
    .array(z.string().min(1))
    .default(["aws:s3/bucketObject:*", "aws:s3/bucketObjectv2:*", "aws:s3/objectCopy:*"])
    .describe("Types that needn't have them, with * for any run of characters. Default: objects in buckets."),
};

/** Tags of the provider (`defaultTags`) count, and those that other resources set. Types that have no tags are no subject. */
export const requiredTags: Rule<typeof settings> = {
  id: "required-tags",
  title: "Resources say by their tags whose and what they are",
  proves:
    "Proves that every resource that can have tags has those that are required, with a value that is allowed; without the setting, that it has any tag.",
  why: "What has no tags nobody can account for: whose it is, what it costs whom, whether it may be deleted. Permissions by tags pass it over.",
  sources: [
    "https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/provider/#defaulttags_nodejs",
  ],
  fix: "Add the tag to the resource, or to defaultTags of its provider.",
  enforcementLevel: "advisory",
  severity: "low",
  controls: [],
  tags: ["tags"],
  settings,
  defers: true,
  notApplicable: "The stack has no resource that must have tags.",
  judge: ({ links }, { tags: required, except }) =>
    links
      .all()
      .filter(({ type }) => TAGGABLE.has(type) && !except.some((pattern) => matches(pattern, type)))
      .map((resource) => {
        const tags = tagsOf(links, resource);
        const checks =
          required.length === 0 ? [anyTag(resource, tags)] : required.map((tag) => tagCheck(resource, tags, tag));
        return findingOf(resource, `it can't be told whether ${called(resource)} has the required tags`, checks);
      }),
};

function called(resource: Resource): string {
  return `${resource.type.slice(resource.type.lastIndexOf(":") + 1)} ${label(resource)}`;
}

function anyTag(resource: Resource, { known, others }: Tags): Check {
  if ([...known.keys()].some((key) => !key.startsWith("aws:"))) return good;
  return others
    ? pending(`what tags ${called(resource)} has`)
    : bad(`${called(resource)} has no tag`, "add one, or defaultTags to its provider");
}

function tagCheck(resource: Resource, { known, others }: Tags, { key, values }: RequiredTag): Check {
  const value = known.get(key);
  const fix = `add tag ${JSON.stringify(key)}${values === undefined ? "" : ` (${values.map((each) => JSON.stringify(each)).join(" or ")})`}`;
  if (value === undefined) {
    if (others) return pending(`whether ${called(resource)} has tag ${JSON.stringify(key)}`);
    const near = [...known.keys()].find((each) => each.toLowerCase() === key.toLowerCase());
    return bad(
      `${called(resource)} has no tag ${JSON.stringify(key)}${near === undefined ? "" : `, only ${JSON.stringify(near)}`}`,
      fix,
    );
  }
  if (values === undefined) return good;
  if (value === UNKNOWN) return pending(`what tag ${JSON.stringify(key)} of ${called(resource)} says`);
  return values.some((each) => each === value)
    ? good
    : bad(`tag ${JSON.stringify(key)} of ${called(resource)} is ${JSON.stringify(value)}`, `${fix} instead`);
}
