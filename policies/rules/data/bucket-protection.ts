import { isExactly, type Link, type Links, mayBe } from "../../reachability/links";
import { label, type Resource, UNKNOWN, type Value } from "../../reachability/resources";
import { bad, type Check, good, inBlock, pending, switchOf } from "../check";
import { isOff, type ProtectedKind } from "./protected-kind";

const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;
const versioningTypes = ["aws:s3/bucketVersioning:BucketVersioning", "aws:s3/bucketVersioningV2:BucketVersioningV2"];

export const bucketProtection: readonly ProtectedKind[] = bucketTypes.map((type) => ({
  type,
  noun: "bucket",
  checks: (bucket, links, { versions, deletion }) => [
    ...(versions ? [versioning(bucket, links)] : []),
    ...(deletion ? [isOff("bucket", bucket, "forceDestroy", "is deleted with all that is in it")] : []),
  ],
}));

/** On the bucket itself, or by a resource of its own. */
function versioning(bucket: Resource, links: Links): Check {
  const inline = ["versioning", "versionings"].map((block) => switchOf(inBlock(bucket, block, "enabled")));
  const settings = links
    .ofTypes(...versioningTypes)
    .map((each): { readonly link: Link; readonly status: Value } => ({
      link: links.follow(each, "bucket", ...bucketTypes),
      status: inBlock(each, "versioningConfiguration", "status"),
    }))
    .filter(({ link }) => mayBe(link, bucket));
  const own = settings.filter(({ link }) => isExactly(link, bucket));
  const isEnabled = (status: Value) => status === "Enabled";
  if (inline.includes("on") || own.some(({ status }) => isEnabled(status))) return good;
  if (inline.includes("unknown") || settings.some(({ status }) => status === UNKNOWN || isEnabled(status)))
    return pending("whether its versioning is on");
  const [first] = own;
  const now = first === undefined ? "has no versioning" : `has the versioning ${JSON.stringify(first.status)}`;
  return bad(
    `bucket ${label(bucket)} keeps no former versions of its objects: it ${now}`,
    'add an aws.s3.BucketVersioning with versioningConfiguration: { status: "Enabled" }',
  );
}
