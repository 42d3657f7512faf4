/** What the stack of `OSAKA` in `deployment.ts` grants: whoever changes a right changes it here, and a reviewer reads both. */

const SESSION_MANAGER =
  "ssm:UpdateInstanceInformation, ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel, ssmmessages:OpenDataChannel → *";

/** What each role and user may do. */
export const IDENTITIES: Readonly<Record<string, readonly string[]>> = {
  "RolePolicy osaka-bastion": [
    SESSION_MANAGER,
    "logs:CreateLogStream, logs:PutLogEvents → arn:aws:logs:osaka-bastion:*",
    "secretsmanager:GetSecretValue, secretsmanager:PutSecretValue → arn:aws:secret:osaka-bastion-host-key",
  ],
  "RolePolicy osaka-flow": [
    "logs:CreateLogStream, logs:PutLogEvents, logs:DescribeLogGroups, logs:DescribeLogStreams → arn:aws:logs:osaka-flow, arn:aws:logs:osaka-flow:*",
  ],
  "RolePolicy osaka-mailbox": [
    SESSION_MANAGER,
    "logs:CreateLogStream, logs:PutLogEvents → arn:aws:logs:osaka-mailbox:*",
    "secretsmanager:GetSecretValue → arn:aws:secret:osaka-database-accounts",
    "acm:ExportCertificate → arn:osaka-mail",
    "s3:GetObject → arn:aws:s3:::osaka-artifacts/osaka-mailbox/*",
  ],
  "RolePolicy osaka-notifications-pause": [
    "ses:PutConfigurationSetSendingOptions → arn:aws:ses:ap-northeast-3:123456789012:configuration-set/dejima-test-osaka",
    "logs:CreateLogStream, logs:PutLogEvents → arn:aws:logs:osaka-notifications-pause:*",
  ],
  "RolePolicy osaka-proxy": [SESSION_MANAGER, "logs:CreateLogStream, logs:PutLogEvents → arn:aws:logs:osaka-proxy:*"],
  "RolePolicy osaka-relay": [
    SESSION_MANAGER,
    "logs:CreateLogStream, logs:PutLogEvents → arn:aws:logs:osaka-relay:*",
    "ec2:DescribeVolumes → *",
    "ec2:AttachVolume, ec2:DetachVolume → arn:aws:ec2:ap-northeast-3:123456789012:volume/osaka-relay-spool-apne3-az1, arn:aws:ec2:ap-northeast-3:123456789012:volume/osaka-relay-spool-apne3-az3 if aws:ResourceTag/Spool StringEquals dejima-test-osaka-relay",
    "ec2:AttachVolume, ec2:DetachVolume → arn:aws:ec2:ap-northeast-3:123456789012:instance/* if aws:ResourceTag/Name StringEquals osaka-relay",
    "autoscaling:CompleteLifecycleAction → arn:aws:autoscaling:ap-northeast-3:123456789012:autoScalingGroup:*:autoScalingGroupName/dejima-test-osaka-relay",
    "secretsmanager:GetSecretValue → arn:aws:secret:osaka-ses-smtp",
    "secretsmanager:GetSecretValue → arn:aws:secret:osaka-database-accounts",
    "acm:ExportCertificate → arn:osaka-mail",
    "s3:GetObject → arn:aws:s3:::osaka-artifacts/osaka-relay/*",
  ],
  "RolePolicy osaka-web": [SESSION_MANAGER, "logs:CreateLogStream, logs:PutLogEvents → arn:aws:logs:osaka-web:*"],
  "UserPolicy osaka-ses-smtp": [
    "ses:SendRawEmail → arn:osaka-ses-sender, arn:osaka-ses-sender if aws:SourceVpce StringEquals osaka-email-smtp-id",
  ],
};

/** What the bastions may do besides, during maintenance only. */
export const MAINTENANCE: readonly string[] = [
  "s3:GetObject → arn:aws:s3:::osaka-artifacts/osaka-bastion/*",
  "secretsmanager:GetSecretValue → arn:aws:secret:osaka-database-master",
  "kms:Decrypt → key-arn if kms:EncryptionContext:SecretARN StringEquals arn:aws:secret:osaka-database-master",
  "secretsmanager:GetSecretValue → arn:aws:secret:osaka-database-accounts",
];

/** Who may take each role. */
export const TRUST: Readonly<Record<string, readonly string[]>> = {
  "Role osaka-bastion": ["ec2.amazonaws.com: sts:AssumeRole"],
  "Role osaka-flow": [
    "vpc-flow-logs.amazonaws.com: sts:AssumeRole if aws:SourceAccount StringEquals 123456789012 and aws:SourceArn ArnLike arn:aws:ec2:ap-northeast-3:123456789012:vpc-flow-log/*",
  ],
  "Role osaka-mailbox": ["ec2.amazonaws.com: sts:AssumeRole"],
  "Role osaka-notifications-pause": ["lambda.amazonaws.com: sts:AssumeRole"],
  "Role osaka-proxy": ["ec2.amazonaws.com: sts:AssumeRole"],
  "Role osaka-relay": ["ec2.amazonaws.com: sts:AssumeRole"],
  "Role osaka-web": ["ec2.amazonaws.com: sts:AssumeRole"],
};

/** Whom each resource admits, and to what. */
export const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  "VpcEndpoint osaka-autoscaling": [
    "*: autoscaling:CompleteLifecycleAction → arn:aws:autoscaling:ap-northeast-3:123456789012:autoScalingGroup:* if aws:PrincipalAccount StringEquals 123456789012",
  ],
  "VpcEndpoint osaka-ec2": [
    "*: ec2:AttachVolume, ec2:DetachVolume → arn:aws:ec2:ap-northeast-3:123456789012:instance/*, arn:aws:ec2:ap-northeast-3:123456789012:volume/* if aws:PrincipalAccount StringEquals 123456789012",
    "*: ec2:DescribeVolumes → * if aws:PrincipalAccount StringEquals 123456789012",
  ],
  "VpcEndpoint osaka-logs": [
    "*: logs:CreateLogStream, logs:PutLogEvents → arn:aws:logs:ap-northeast-3:123456789012:log-group:* if aws:PrincipalAccount StringEquals 123456789012",
  ],
  "VpcEndpoint osaka-s3": [
    "*: s3:GetObject → arn:aws:s3:::osaka-artifacts/* if aws:PrincipalAccount StringEquals 123456789012",
    "*: s3:GetObject → arn:aws:s3:::amazon-ssm-ap-northeast-3/latest/debian_*",
  ],
  "VpcEndpoint osaka-secretsmanager": [
    "*: secretsmanager:GetSecretValue, secretsmanager:PutSecretValue → arn:aws:secretsmanager:ap-northeast-3:123456789012:secret:* if aws:PrincipalAccount StringEquals 123456789012",
  ],
  "VpcEndpoint osaka-ssm": ["*: ssm:UpdateInstanceInformation → * if aws:PrincipalAccount StringEquals 123456789012"],
  "VpcEndpoint osaka-ssmmessages": [
    "*: ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel, ssmmessages:OpenDataChannel → * if aws:PrincipalAccount StringEquals 123456789012",
  ],
  "FileSystemPolicy osaka-mailstore": [
    "*: elasticfilesystem:ClientMount, elasticfilesystem:ClientWrite, elasticfilesystem:ClientRootAccess → arn:osaka-mailstore if elasticfilesystem:AccessedViaMountTarget Bool true and aws:SecureTransport Bool true",
    "Deny *: * → arn:osaka-mailstore if aws:SecureTransport Bool false",
    "Deny *: elasticfilesystem:ClientMount, elasticfilesystem:ClientWrite, elasticfilesystem:ClientRootAccess → arn:osaka-mailstore if elasticfilesystem:AccessedViaMountTarget Bool false",
  ],
  "Key osaka-notifications-alarms": [
    "arn:aws:iam::123456789012:root: kms:* → *",
    "cloudwatch.amazonaws.com: kms:GenerateDataKey, kms:Decrypt → * if aws:SourceAccount StringEquals 123456789012 and aws:SourceArn ArnLike arn:aws:cloudwatch:ap-northeast-3:123456789012:alarm:*",
  ],
  "Key osaka-notifications-events": [
    "arn:aws:iam::123456789012:root: kms:* → *",
    "ses.amazonaws.com: kms:GenerateDataKey, kms:Decrypt → * if aws:SourceAccount StringEquals 123456789012 and aws:SourceArn ArnLike arn:aws:ses:ap-northeast-3:123456789012:configuration-set/dejima-test-osaka",
  ],
  "Key osaka-notifications-kept": [
    "arn:aws:iam::123456789012:root: kms:* → *",
    "sns.amazonaws.com: kms:GenerateDataKey, kms:Decrypt → * if aws:SourceAccount StringEquals 123456789012 and aws:SourceArn ArnLike arn:aws:sns:ap-northeast-3:123456789012:*",
  ],
  "BucketPolicy osaka-artifacts": [
    "Deny *: s3:* → arn:aws:s3:::osaka-artifacts, arn:aws:s3:::osaka-artifacts/* if aws:SecureTransport Bool false",
  ],
  "TopicPolicy osaka-notifications-alarm": [
    "cloudwatch.amazonaws.com: sns:Publish → arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-alarm if aws:SourceAccount StringEquals 123456789012 and aws:SourceArn ArnLike arn:aws:cloudwatch:ap-northeast-3:123456789012:alarm:*",
    "Deny *: sns:Publish → arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-alarm if aws:SecureTransport Bool false",
  ],
  "TopicPolicy osaka-notifications-bounce": [
    "ses.amazonaws.com: sns:Publish → arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-bounce if aws:SourceAccount StringEquals 123456789012 and aws:SourceArn ArnLike arn:aws:ses:ap-northeast-3:123456789012:configuration-set/dejima-test-osaka",
    "Deny *: sns:Publish → arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-bounce if aws:SecureTransport Bool false",
  ],
  "TopicPolicy osaka-notifications-complaint": [
    "ses.amazonaws.com: sns:Publish → arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-complaint if aws:SourceAccount StringEquals 123456789012 and aws:SourceArn ArnLike arn:aws:ses:ap-northeast-3:123456789012:configuration-set/dejima-test-osaka",
    "Deny *: sns:Publish → arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-complaint if aws:SecureTransport Bool false",
  ],
  "TopicPolicy osaka-notifications-delivery": [
    "ses.amazonaws.com: sns:Publish → arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-delivery if aws:SourceAccount StringEquals 123456789012 and aws:SourceArn ArnLike arn:aws:ses:ap-northeast-3:123456789012:configuration-set/dejima-test-osaka",
    "Deny *: sns:Publish → arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-delivery if aws:SecureTransport Bool false",
  ],
  "TopicPolicy osaka-notifications-reject": [
    "ses.amazonaws.com: sns:Publish → arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-reject if aws:SourceAccount StringEquals 123456789012 and aws:SourceArn ArnLike arn:aws:ses:ap-northeast-3:123456789012:configuration-set/dejima-test-osaka",
    "Deny *: sns:Publish → arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-reject if aws:SecureTransport Bool false",
  ],
  "QueuePolicy osaka-notifications-kept": [
    "sns.amazonaws.com: sqs:SendMessage → arn:aws:sqs:ap-northeast-3:123456789012:dejima-test-osaka-kept if aws:SourceAccount StringEquals 123456789012 and aws:SourceArn ArnLike arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-bounce, arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-complaint, arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-delivery, arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-reject, arn:aws:sns:ap-northeast-3:123456789012:dejima-test-osaka-alarm",
    "Deny *: sqs:* → arn:aws:sqs:ap-northeast-3:123456789012:dejima-test-osaka-kept if aws:SecureTransport Bool false",
  ],
};
