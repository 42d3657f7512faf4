import type { Model } from "../model";

interface Module {
  default: Model;
}

/** Models of the other services by type; a file is loaded when its type is first met. */
export const models: Record<string, () => Model> = {
  "aws:lb/loadBalancer:LoadBalancer": () => (require("./lb/loadBalancer") as Module).default,
  "aws:lb/targetGroup:TargetGroup": () => (require("./lb/targetGroup") as Module).default,
  "aws:lb/listener:Listener": () => (require("./lb/listener") as Module).default,
  "aws:lb/listenerRule:ListenerRule": () => (require("./lb/listenerRule") as Module).default,
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": () => (require("./lb/targetGroupAttachment") as Module).default,
  "aws:autoscaling/group:Group": () => (require("./autoscaling/group") as Module).default,
  "aws:autoscaling/lifecycleHook:LifecycleHook": () => (require("./autoscaling/lifecycleHook") as Module).default,
  "aws:ec2/launchTemplate:LaunchTemplate": () => (require("./ec2/launchTemplate") as Module).default,
  "aws:ec2/instance:Instance": () => (require("./ec2/instance") as Module).default,
  "aws:ec2/keyPair:KeyPair": () => (require("./ec2/keyPair") as Module).default,
  "aws:ebs/volume:Volume": () => (require("./ebs/volume") as Module).default,
  "aws:rds/instance:Instance": () => (require("./rds/instance") as Module).default,
  "aws:rds/subnetGroup:SubnetGroup": () => (require("./rds/subnetGroup") as Module).default,
  "aws:rds/parameterGroup:ParameterGroup": () => (require("./rds/parameterGroup") as Module).default,
  "aws:iam/role:Role": () => (require("./iam/role") as Module).default,
  "aws:iam/rolePolicy:RolePolicy": () => (require("./iam/rolePolicy") as Module).default,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": () => (require("./iam/rolePolicyAttachment") as Module).default,
  "aws:iam/instanceProfile:InstanceProfile": () => (require("./iam/instanceProfile") as Module).default,
  "aws:iam/policy:Policy": () => (require("./iam/policy") as Module).default,
  "aws:iam/user:User": () => (require("./iam/user") as Module).default,
  "aws:iam/userPolicy:UserPolicy": () => (require("./iam/userPolicy") as Module).default,
  "aws:iam/accessKey:AccessKey": () => (require("./iam/accessKey") as Module).default,
  "aws:cloudwatch/logGroup:LogGroup": () => (require("./cloudwatch/logGroup") as Module).default,
  "aws:cloudwatch/metricAlarm:MetricAlarm": () => (require("./cloudwatch/metricAlarm") as Module).default,
  "aws:secretsmanager/secret:Secret": () => (require("./secretsmanager/secret") as Module).default,
  "aws:secretsmanager/secretVersion:SecretVersion": () => (require("./secretsmanager/secretVersion") as Module).default,
  "aws:kms/key:Key": () => (require("./kms/key") as Module).default,
  "aws:kms/alias:Alias": () => (require("./kms/alias") as Module).default,
  "aws:s3/bucket:Bucket": () => (require("./s3/bucket") as Module).default,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": () =>
    (require("./s3/bucketPublicAccessBlock") as Module).default,
  "aws:s3/bucketPolicy:BucketPolicy": () => (require("./s3/bucketPolicy") as Module).default,
  "aws:s3/bucketVersioning:BucketVersioning": () => (require("./s3/bucketVersioning") as Module).default,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": () =>
    (require("./s3/bucketServerSideEncryptionConfiguration") as Module).default,
  "aws:ssm/parameter:Parameter": () => (require("./ssm/parameter") as Module).default,
};
