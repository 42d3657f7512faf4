const CLIENT_ACTIONS = ["ClientMount", "ClientWrite", "ClientRootAccess"].map(
  (action) => `elasticfilesystem:${action}`,
);

/**
 * Who may use the mail store: whoever reaches its mount targets, which the security group decides (IAM's signature would need Amazon's
 * mount helper), over TLS and in no other way. Root access is for a first machine, which gives the root directory to the mail user.
 * https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
export function mailStorePolicy(fileSystemArn: string): string {
  const everybody = { AWS: "*" };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ThroughMountTargets",
        Effect: "Allow",
        Principal: everybody,
        Action: CLIENT_ACTIONS,
        Resource: fileSystemArn,
        Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true", "aws:SecureTransport": "true" } },
      },
      {
        Sid: "NeverWithoutTls",
        Effect: "Deny",
        Principal: everybody,
        Action: "*",
        Resource: fileSystemArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "NeverAnotherWay",
        Effect: "Deny",
        Principal: everybody,
        Action: CLIENT_ACTIONS,
        Resource: fileSystemArn,
        Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "false" } },
      },
    ],
  });
}
