import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { artifactKey } from "./artifact";
import type { Statement } from "./permissions";

/** A file of a machine that may only be known once others are made; its path is known before. */
export interface PublishedFile {
  readonly path: string;
  readonly content: pulumi.Input<string>;
}

/** What a group of machines needs to fetch its artifacts. */
export interface Published {
  /** `s3://bucket/group`, as BaseMachine's `artifactSource`. */
  readonly source: pulumi.Output<string>;
  /** Reading what was published for this group, and nothing else. */
  readonly statements: readonly pulumi.Output<Statement>[];
  /** What must be there before a machine boots. */
  readonly objects: readonly pulumi.Resource[];
}

/**
 * The private bucket of a stack for files that machines can't take in their user data. Nothing in it is secret; it is encrypted with
 * S3's own key, so that reading takes one permission.
 */
export class ArtifactStore extends pulumi.ComponentResource {
  public readonly bucketArn: pulumi.Output<string>;
  private readonly bucket: aws.s3.Bucket;
  /** Objects and whoever reads them come after the bucket is closed to the world. */
  private readonly closed: readonly pulumi.Resource[];

  public constructor(
    private readonly name: string,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:instances:ArtifactStore", name, {}, opts);
    // Whatever lies here can be published again.
    this.bucket = new aws.s3.Bucket(name, { forceDestroy: true, tags: { Name: name } }, { parent: this });
    this.bucketArn = this.bucket.arn;
    this.closed = [this.privacy(), this.encryption(), this.versioning()];
    this.registerOutputs({ bucketArn: this.bucketArn });
  }

  /**
   * `group`: the name of the machines' group, the prefix of what they may read. `opts.parent` is the component that the group is in.
   * Throws a RangeError when two files have one path.
   */
  public publish(
    group: string,
    files: readonly PublishedFile[],
    opts: { readonly parent: pulumi.Resource },
  ): Published {
    const paths = new Set(files.map(({ path }) => path));
    if (paths.size < files.length) throw new RangeError(`${group} publishes two files of one path`);
    const objects = files.map(
      ({ path, content }) =>
        new aws.s3.BucketObjectv2(
          `${group}${path}`,
          {
            bucket: this.bucket.id,
            key: pulumi.output(content).apply((text) => `${group}/${artifactKey(path, text)}`),
            content,
          },
          // A refresh that is rolled back boots machines that fetch what was published before: it stays as long as the bucket.
          { parent: opts.parent, dependsOn: [...this.closed], retainOnDelete: true },
        ),
    );
    return {
      source: pulumi.interpolate`s3://${this.bucket.id}/${group}`,
      statements: files.length === 0 ? [] : [this.bucket.arn.apply((arn) => readArtifacts(arn, group))],
      objects,
    };
  }

  private privacy(): pulumi.Resource {
    const block = new aws.s3.BucketPublicAccessBlock(
      this.name,
      {
        bucket: this.bucket.id,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      { parent: this },
    );
    return new aws.s3.BucketPolicy(
      this.name,
      { bucket: this.bucket.id, policy: this.bucket.arn.apply(tlsOnly) },
      // S3 refuses two changes of a bucket's access at once.
      { parent: this, dependsOn: block },
    );
  }

  private encryption(): pulumi.Resource {
    return new aws.s3.BucketServerSideEncryptionConfiguration(
      this.name,
      { bucket: this.bucket.id, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
      { parent: this },
    );
  }

  private versioning(): pulumi.Resource {
    return new aws.s3.BucketVersioning(
      this.name,
      { bucket: this.bucket.id, versioningConfiguration: { status: "Enabled" } },
      { parent: this },
    );
  }
}

function readArtifacts(bucketArn: string, group: string): Statement {
  return { Sid: "OwnArtifacts", Effect: "Allow", Action: ["s3:GetObject"], Resource: `${bucketArn}/${group}/*` };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html */
function tlsOnly(bucketArn: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
