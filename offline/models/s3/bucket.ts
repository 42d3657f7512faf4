import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { filled, whenKnown } from "../filled";
import { nameOf, refuseDuplicate } from "../names";
import { given, isTrue, property, records, text, texts } from "../values";
import { checkBucket } from "./bucketChecks";
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

const METHODS = ["DELETE", "GET", "HEAD", "POST", "PUT"];

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CORSRule.html */
function refuseCors(inputs: Props): void {
  for (const { allowedMethods } of records(inputs["corsRules"])) {
    const wrong = texts(allowedMethods).find((method) => !METHODS.includes(method));
    if (wrong !== undefined)
      throw new AwsError(
        "InvalidRequest",
        `Found unsupported HTTP method in CORS config. Unsupported method is ${wrong}`,
        "corsRules",
      );
  }
}

function settle(context: OperationContext): Props {
  refuseCors(context.inputs);
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

const OBJECTS = ["aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2"];

const model: Model = {
  type: BUCKET,
  autoName: { property: "bucket", maxLength: 63, transform: (name) => name.toLowerCase() },
  defaults: { forceDestroy: false },
  replaceOn: ["bucket", "bucketNamespace", "bucketPrefix", "objectLockEnabled"],

  check: ({ inputs }) => checkBucket(inputs),

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
    const objects = OBJECTS.flatMap((type) => world.all(type)).filter(
      (one) => text(property(one, "bucket")) === old.id,
    );
    if (!isTrue(old.outputs["forceDestroy"]) && objects.length > 0)
      throw new AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty");
    for (const { type, id } of objects) world.remove(type, id);
  },
};

export default model;
