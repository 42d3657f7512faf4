import type { Problem, Props } from "../../model";
import { checkTags } from "../ec2/tags";
import { Findings } from "../findings";
import { checkPolicyJson } from "../iam/policy-document";
import { text } from "../values";

const CODE = "InvalidParameterValue";
const ACLS = [
  ...["authenticated-read", "aws-exec-read", "log-delivery-write", "private", "public-read", "public-read-write"],
];
const PERMISSIONS = ["FULL_CONTROL", "READ", "READ_ACP", "WRITE", "WRITE_ACP"];
const CLASSES = ["DEEP_ARCHIVE", "GLACIER", "GLACIER_IR", "INTELLIGENT_TIERING", "ONEZONE_IA", "STANDARD_IA"];

/** The provider's rules about a bucket and the configurations that it still takes in itself. */
export function checkBucket(inputs: Props): Problem[] {
  const found = new Findings(inputs);
  found.length("bucket", 0, 63);
  found.length("bucketPrefix", 0, 37);
  found.conflict("bucket", ["bucketPrefix"]);
  found.conflict("acl", ["grants"]);
  found.oneOf("acl", ACLS);
  found.oneOf("accelerationStatus", ["Enabled", "Suspended"]);
  found.oneOf("requestPayer", ["Requester", "BucketOwner"]);
  for (const grant of found.each("grants")) {
    grant.oneOf("type", ["CanonicalUser", "Group"]);
    grant.eachOf("permissions", PERMISSIONS);
  }
  found.each("lifecycleRules").forEach(checkLifecycle);
  const lock = found.within("objectLockConfiguration");
  lock?.oneOf("objectLockEnabled", ["Enabled"]);
  const retention = lock?.within("rule")?.within("defaultRetention");
  retention?.oneOf("mode", ["COMPLIANCE", "GOVERNANCE"]);
  retention?.conflict("days", ["years"]);
  for (const name of ["days", "years"]) retention?.atLeast(name, 1);
  found
    .within("serverSideEncryptionConfiguration")
    ?.within("rule")
    ?.within("applyServerSideEncryptionByDefault")
    ?.oneOf("sseAlgorithm", ["AES256", "aws:backup", "aws:fsx", "aws:kms", "aws:kms:dsse"]);
  checkWebsite(found.within("website"));
  checkPolicyJson(found, "policy");
  checkTags(found);
  return found.problems;
}

function checkLifecycle(rule: Findings): void {
  rule.length("id", 0, 255);
  const expiration = rule.within("expiration");
  if (expiration !== undefined) checkDate(expiration);
  expiration?.atLeast("days", 0);
  rule.within("noncurrentVersionExpiration")?.atLeast("days", 1);
  for (const transition of [...rule.each("transitions"), ...rule.each("noncurrentVersionTransitions")]) {
    checkDate(transition);
    transition.atLeast("days", 0);
    transition.oneOf("storageClass", CLASSES);
  }
}

/** A day, without a time. */
function checkDate(found: Findings): void {
  const date = text(found.inputs["date"]);
  if (date === undefined || (/^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date)))) return;
  found.refuse("date", CODE, `expected date to be a day like 2026-01-31, got ${date}`);
}

function checkWebsite(found: Findings | undefined): void {
  if (found === undefined) return;
  found.exactlyOne(["indexDocument", "redirectAllRequestsTo"]);
  for (const name of ["errorDocument", "routingRules"]) found.conflict(name, ["redirectAllRequestsTo"]);
  if (typeof found.inputs["routingRules"] === "string") found.json("routingRules");
}
