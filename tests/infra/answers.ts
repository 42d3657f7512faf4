import type { Answers, Calls } from "./mocks";

const arn =
  (service: string) =>
  ({ name }: { name: string }) => ({ arn: `arn:aws:${service}:${name}` });
const nothing = () => ({});

/** What AWS answers for machines of one role and what they need. */
export const MACHINE_ANSWERS: Answers = {
  "aws:cloudwatch/logGroup:LogGroup": ({ name }) => ({ name: `${name}-logs`, arn: `arn:aws:logs:${name}` }),
  "aws:iam/role:Role": ({ name }) => ({ name: `${name}-role`, arn: `arn:aws:iam:${name}` }),
  "aws:iam/rolePolicy:RolePolicy": nothing,
  "aws:iam/instanceProfile:InstanceProfile": arn("profile"),
  "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 7 }),
  "aws:autoscaling/group:Group": nothing,
  "aws:autoscaling/lifecycleHook:LifecycleHook": nothing,
};

/** What AWS and the awsx plugin answer for network load balancers. */
export const BALANCER_ANSWERS: Answers = {
  "awsx:lb:NetworkLoadBalancer": ({ name }) => ({
    loadBalancer: { arn: `arn:aws:nlb:${name}`, dnsName: `${name}.elb.example`, zoneId: "Z31USIVHYNEOWT" },
    defaultTargetGroup: { arn: `arn:aws:targets:${name}` },
  }),
  "aws:lb/targetGroup:TargetGroup": arn("targets"),
  "aws:lb/listener:Listener": nothing,
};

/** What AWS answers for the database and its secret. */
export const DATABASE_ANSWERS: Answers = {
  "aws:kms/key:Key": () => ({ arn: "key-arn" }),
  "aws:rds/subnetGroup:SubnetGroup": () => ({ name: "subnets" }),
  "aws:rds/parameterGroup:ParameterGroup": () => ({ name: "parameters" }),
  "aws:rds/instance:Instance": () => ({ endpoint: "db:5432", address: "db", port: 5432 }),
  "aws:secretsmanager/secret:Secret": arn("secret"),
  "aws:secretsmanager/secretVersion:SecretVersion": ({ name }) => ({ secretArn: `arn:aws:secret:${name}` }),
};

/** Secrets Manager draws this password; what it was asked for is added to `asked`. */
export function passwordCalls(randomPassword: string, asked: unknown[] = []): Calls {
  return {
    "aws:secretsmanager/getRandomPassword:getRandomPassword": (inputs) => {
      asked.push(inputs);
      return { randomPassword };
    },
  };
}

/** What S3 answers for the artifact store. */
export const ARTIFACT_ANSWERS: Answers = {
  "aws:s3/bucket:Bucket": ({ name }) => ({ arn: `arn:aws:s3:::${name}` }),
  "aws:s3/bucketObjectv2:BucketObjectv2": nothing,
  "aws:s3/bucketPolicy:BucketPolicy": nothing,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": nothing,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": nothing,
  "aws:s3/bucketVersioning:BucketVersioning": nothing,
};

/** Debian's public parameter answers its own name, so that a test sees which image was asked for. */
export const IMAGE_CALLS: Calls = {
  "aws:ssm/getParameter:getParameter": ({ name }) => ({ insecureValue: `image of ${String(name)}` }),
};
