import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { filled } from "../filled";
import { Findings } from "../findings";
import { given, integer, isRecord, records, text } from "../values";
import { bucketId } from "./reference";

const CODE = "InvalidArgument";
/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html */
const RULES = 1000;
const CLASSES = ["GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"];
/** Days that an object must have stood in STANDARD before these classes take it. */
const PATIENT = new Map([
  ["STANDARD_IA", 30],
  ["ONEZONE_IA", 30],
]);
const ACTIONS = [
  ...["abortIncompleteMultipartUpload", "expiration", "noncurrentVersionExpiration"],
  ...["noncurrentVersionTransitions", "transitions"],
];

function refuseRule(rule: Props): void {
  const refuse = (message: string): AwsError => new AwsError(CODE, message, "rules");
  const transitions = records(rule["transitions"]);
  for (const { days, storageClass } of transitions) {
    const [age, least] = [integer(days), PATIENT.get(text(storageClass) ?? "")];
    if (age !== undefined && least !== undefined && age < least)
      throw refuse(
        `'Days' in Transition action must be greater than or equal to ${least} for storageClass '${String(storageClass)}'`,
      );
  }
  const expiration = rule["expiration"];
  const end = isRecord(expiration) ? integer(expiration["days"]) : undefined;
  const latest = Math.max(0, ...transitions.map(({ days }) => integer(days) ?? 0));
  if (end !== undefined && transitions.length > 0 && end <= latest)
    throw refuse("'Days' in the Expiration action must be greater than 'Days' in the Transition action");
}

function settle(context: OperationContext): Props {
  const { inputs } = context;
  const rules = records(inputs["rules"]);
  rules.forEach(refuseRule);
  const names = rules.flatMap((rule) => text(rule["id"]) ?? []);
  if (new Set(names).size < names.length)
    throw new AwsError(CODE, "Rule ID must be unique. Found same ID for more than one rule", "rules");
  if (rules.length > RULES) throw new AwsError("MalformedXML", `More than ${RULES} lifecycle rules`, "rules");
  return filled(inputs, {
    expectedBucketOwner: "",
    rules: [],
    transitionDefaultMinimumObjectSize: "all_storage_classes_128K",
  });
}

function checkRule(rule: Findings): void {
  rule.length("id", 1, 255, CODE);
  rule.oneOf("status", ["Enabled", "Disabled"], CODE);
  if (ACTIONS.every((action) => !given(rule.inputs[action])))
    rule.refuse("id", "InvalidRequest", "At least one action needs to be specified in a rule.");
  rule.within("abortIncompleteMultipartUpload")?.between("daysAfterInitiation", 1, 2147483647, CODE);
  const expiration = rule.within("expiration");
  expiration?.atMostOne(["date", "days", "expiredObjectDeleteMarker"], CODE);
  expiration?.between("days", 1, 2147483647, CODE);
  rule.within("noncurrentVersionExpiration")?.between("noncurrentDays", 1, 2147483647, CODE);
  for (const transition of rule.each("transitions")) {
    transition.oneOf("storageClass", CLASSES, CODE);
    transition.atMostOne(["date", "days"], CODE);
    transition.between("days", 0, 2147483647, CODE);
  }
  for (const transition of rule.each("noncurrentVersionTransitions")) transition.oneOf("storageClass", CLASSES, CODE);
}

const model: Model = {
  type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  replaceOn: ["bucket", "expectedBucketOwner"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.each("rules").forEach(checkRule);
    found.oneOf("transitionDefaultMinimumObjectSize", ["all_storage_classes_128K", "varies_by_storage_class"], CODE);
    return found.problems;
  },

  create: (context) => ({ id: bucketId(context), outputs: settle(context) }),
  update: settle,
};

export default model;
