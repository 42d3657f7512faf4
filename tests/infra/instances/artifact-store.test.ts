import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { artifactKey } from "../../../infra/instances/artifact";
import { ArtifactStore } from "../../../infra/instances/artifact-store";
import { ARTIFACT_ANSWERS } from "../answers";
import { lineage, record, resolved, theOne, type Recorded } from "../mocks";

const SELF = "dejima:instances:ArtifactStore main-artifacts";
const CLOSED = [
  "aws:s3/bucket:Bucket main-artifacts",
  "aws:s3/bucketPolicy:BucketPolicy main-artifacts",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration main-artifacts",
  "aws:s3/bucketVersioning:BucketVersioning main-artifacts",
];

class Part extends pulumi.ComponentResource {
  public constructor() {
    super("dejima:test:Part", "main-relay");
  }
}

describe("ArtifactStore", () => {
  let resources: Recorded[];
  let source: string;
  let statements: readonly unknown[];
  before(async () => {
    resources = await record(ARTIFACT_ANSWERS, async () => {
      const store = new ArtifactStore("main-artifacts");
      const part = new Part();
      const published = store.publish(
        "main-relay",
        [
          { path: "/etc/postfix/main.cf", content: pulumi.output("later known") },
          { path: "/etc/ssl/ca.pem", content: "ca" },
        ],
        { parent: part },
      );
      source = await resolved(published.source);
      statements = await resolved(pulumi.all([...published.statements]));
      assert.equal(published.objects.length, 2);
      assert.deepEqual(store.publish("main-proxy", [], { parent: part }).statements, []);
    });
  });

  it("is a bucket that is private, encrypted, versioned, and objects in the component that asked for them", () => {
    assert.deepEqual(lineage(resources), [
      `aws:s3/bucket:Bucket main-artifacts < ${SELF}`,
      "aws:s3/bucketObjectv2:BucketObjectv2 main-relay/etc/postfix/main.cf < dejima:test:Part main-relay",
      "aws:s3/bucketObjectv2:BucketObjectv2 main-relay/etc/ssl/ca.pem < dejima:test:Part main-relay",
      `aws:s3/bucketPolicy:BucketPolicy main-artifacts < ${SELF}`,
      `aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock main-artifacts < ${SELF}`,
      `aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration main-artifacts < ${SELF}`,
      `aws:s3/bucketVersioning:BucketVersioning main-artifacts < ${SELF}`,
      SELF,
      "dejima:test:Part main-relay",
    ]);
    assert.deepEqual(theOne(resources, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs, {
      bucket: "main-artifacts-id",
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    assert.deepEqual(
      theOne(resources, "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")
        .inputs,
      {
        bucket: "main-artifacts-id",
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      },
    );
    assert.deepEqual(theOne(resources, "aws:s3/bucketVersioning:BucketVersioning").inputs, {
      bucket: "main-artifacts-id",
      versioningConfiguration: { status: "Enabled" },
    });
  });

  it("answers nobody without TLS", () => {
    const { policy } = theOne(resources, "aws:s3/bucketPolicy:BucketPolicy").inputs;
    assert.deepEqual(JSON.parse(String(policy)), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::main-artifacts", "arn:aws:s3:::main-artifacts/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("keeps each content under a key of its own, published once the bucket is closed", () => {
    const object = theOne(resources, "aws:s3/bucketObjectv2:BucketObjectv2", "main-relay/etc/postfix/main.cf");
    assert.deepEqual(object.inputs, {
      bucket: "main-artifacts-id",
      key: `main-relay/${artifactKey("/etc/postfix/main.cf", "later known")}`,
      content: "later known",
    });
    assert.deepEqual(object.dependencies, CLOSED);
  });

  it("lets a group read what was published for it, and nothing else", () => {
    assert.equal(source, "s3://main-artifacts-id/main-relay");
    assert.deepEqual(statements, [
      {
        Sid: "OwnArtifacts",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: "arn:aws:s3:::main-artifacts/main-relay/*",
      },
    ]);
  });
});
