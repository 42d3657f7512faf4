import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled, whenKnown } from "../filled";
import { Findings } from "../findings";
import { checkPolicyJson } from "../iam/policy-document";
import { nameOf, refuseDuplicate } from "../names";
import { given, isTrue, property, text } from "../values";
import { BUCKET } from "./reference";
import { refuseBucketName } from "./bucketName";

/** Route 53 zones of website endpoints. Source: https://docs.aws.amazon.com/general/latest/gr/s3.html#s3_website_region_endpoints */
const zones: Record<string, string> = {
  "ap-northeast-1": "Z2M4EHUR26P7ZW",
  "ap-northeast-3": "Z2YQB5RD63NC85",
  "eu-central-1": "Z21DNDUVLTQW6Q",
  "eu-west-1": "Z1BKCTXD74EZPE",
  "us-east-1": "Z3AQBSTGFYJSTF",
  "us-east-2": "Z2O1EMRO9K5GLX",
  "us-west-1": "Z2F56UZL2M1ACD",
  "us-west-2": "Z3BJ6K6RIION7M",
};
const AES = {
  rule: { applyServerSideEncryptionByDefault: { kmsMasterKeyId: "", sseAlgorithm: "AES256" }, bucketKeyEnabled: false },
};

/** Where a website is answered from; the older Regions' names have a hyphen before the Region. */
function website({ inputs, place }: OperationContext): Props {
  if (!given(inputs["website"])) return { websiteDomain: "", websiteEndpoint: "" };
  const dashed = ["us-east-1", "us-west-1", "us-west-2", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1"];
  const old = [...dashed, "eu-west-1", "sa-east-1", "us-gov-west-1"].includes(place.region);
  const websiteDomain = `s3-website${old ? "-" : "."}${place.region}.amazonaws.com`;
  return { websiteDomain, websiteEndpoint: whenKnown(inputs["bucket"], (name) => `${name}.${websiteDomain}`) };
}

function settle(context: OperationContext): Props {
  const answers = filled(context.inputs, {
    accelerationStatus: "",
    acl: null,
    bucketNamespace: "global",
    bucketPrefix: "",
    corsRules: [],
    forceDestroy: false,
    grants: [],
    lifecycleRules: [],
    logging: null,
    objectLockConfiguration: null,
    objectLockEnabled: false,
    policy: "",
    replicationConfiguration: null,
    requestPayer: "BucketOwner",
    serverSideEncryptionConfiguration: AES,
    tags: {},
    website: null,
    versioning: { enabled: false, mfaDelete: false },
  });
  return { ...answers, ...website(context) };
}

const model: Model = {
  type: BUCKET,
  autoName: { property: "bucket", maxLength: 63, transform: (name) => name.toLowerCase() },
  defaults: { forceDestroy: false },
  replaceOn: ["bucket", "bucketNamespace", "bucketPrefix", "objectLockEnabled"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.length("bucket", 0, 63);
    found.length("bucketPrefix", 0, 37);
    found.conflict("bucket", ["bucketPrefix"]);
    found.conflict("acl", ["grants"]);
    found.oneOf("accelerationStatus", ["Enabled", "Suspended"]);
    found.oneOf("requestPayer", ["Requester", "BucketOwner"]);
    checkPolicyJson(found, "policy");
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { place } = context;
    const name = nameOf(context, "bucket", "bucketPrefix");
    if (name !== undefined) refuseBucketName(name);
    const message = "Your previous request to create the named bucket succeeded and you already own it.";
    refuseDuplicate(context, BUCKET, name, "BucketAlreadyOwnedByYou", message, "bucket");
    const suffix = place.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    const global = { global: true, account: false };
    return {
      id: name ?? "",
      outputs: {
        ...settle(context),
        arn: name === undefined ? UNKNOWN : arn(place, "s3", name, global),
        bucket: name ?? UNKNOWN,
        bucketDomainName: name === undefined ? UNKNOWN : `${name}.s3.${suffix}`,
        bucketRegion: place.region,
        bucketRegionalDomainName: name === undefined ? UNKNOWN : `${name}.s3.${place.region}.${suffix}`,
        hostedZoneId: zones[place.region] ?? "",
      },
    };
  },

  update: settle,

  delete({ world }, old) {
    if (isTrue(old.outputs["forceDestroy"])) return;
    const objects = ["aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2"];
    if (objects.some((type) => world.all(type).some((one) => text(property(one, "bucket")) === old.id)))
      throw new AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty");
  },
};

export default model;
