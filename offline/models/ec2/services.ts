/** Which endpoint services a Region offers, and what AWS attaches to them. */
import { crc32 } from "node:zlib";
import type { Place } from "../../model";

/** Services with gateway endpoints. */
const gateways = ["s3", "dynamodb", "s3express"];

/**
 * Services with interface endpoints, as the part after `com.amazonaws.<region>.`.
 * Source: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
const interfaces = new Set(
  (
    "access-analyzer account acm acm-pca airflow.api airflow.env airflow.ops amplify appconfig appconfigdata appmesh appmesh-envoy-management " +
    "application-autoscaling apprunner apprunner.requests appstream.api appstream.streaming appsync appsync-api aps aps-workspaces athena auditmanager " +
    "autoscaling autoscaling-plans awsconnector backup backup-gateway batch bedrock bedrock-agent bedrock-agent-runtime bedrock-runtime billing " +
    "braket cassandra cassandra-fips cleanrooms cloud9 cloudcontrolapi cloudcontrolapi-fips clouddirectory cloudformation cloudhsmv2 cloudtrail " +
    "codeartifact.api codeartifact.repositories codebuild codebuild-fips codecommit codecommit-fips codeconnections.api codedeploy " +
    "codedeploy-commands-secure codeguru-profiler codeguru-reviewer codepipeline codestar-connections.api cognito-idp comprehend comprehendmedical " +
    "compute-optimizer config connect-campaigns controltower databrew dataexchange data-servicediscovery datasync datazone deviceadvisor.iot dlm dms " +
    "dms-fips drs ds ds-data dynamodb dynamodb-streams ebs ec2 ec2-fips ec2messages ecr.api ecr.dkr ecs ecs-agent ecs-telemetry eks eks-auth " +
    "elastic-inference.runtime elasticache elasticache-fips elasticbeanstalk elasticbeanstalk-health elasticfilesystem elasticfilesystem-fips " +
    "elasticloadbalancing elasticmapreduce email email-smtp emr-containers emr-serverless emrwal.prod entityresolution events evidently execute-api fis " +
    "forecast forecastquery frauddetector freetier fsx fsx-fips git-codecommit git-codecommit-fips glue glue.dashboard grafana grafana-workspace " +
    "greengrass groundstation guardduty guardduty-data guardduty-fips healthlake iam identitystore imagebuilder inspector2 inspector-scan " +
    "internetmonitor iot.credentials iot.data iotfleetwise iotsitewise.api iotsitewise.data iotwireless.api invoicing kafka kafka-fips kendra " +
    "kinesis-firehose kinesis-streams kinesis-streams-fips kms kms-fips lakeformation lambda launch-wizard lex-models-v2 license-manager " +
    "license-manager-fips logs lookoutequipment lookoutmetrics lookoutvision m2 macie2 mediaconnect medialive memory-db memorydb-fips metering-marketplace " +
    "mgn migrationhub-orchestrator models-v2-lex monitoring network-firewall networkflowmonitor networkmonitor notifications organizations outposts " +
    "panorama payment-cryptography.controlplane payment-cryptography.dataplane pca-connector-ad pcs personalize pinpoint pinpoint-sms-voice-v2 pipes " +
    "polly pricing.api private-networks profile proton qbusiness qldb.session quicksight ram rbin rds rds-data redshift redshift-data redshift-fips " +
    "redshift-serverless refactor-spaces rekognition rekognition-fips resource-groups resource-groups-tagging robomaker rolesanywhere rum rum-dataplane " +
    "runtime-v2-lex s3 s3-outposts s3.global.accesspoint s3tables sagemaker.api sagemaker.featurestore-runtime sagemaker.metrics sagemaker.runtime " +
    "sagemaker.runtime-fips savingsplans scheduler schemas secretsmanager securityhub securitylake serverlessrepo servicecatalog " +
    "servicecatalog-appregistry servicediscovery servicequotas ses signer simspaceweaver snow-device-management sns sqs ssm ssm-contacts ssm-incidents " +
    "ssm-quicksetup ssmmessages states storagegateway streaming-rekognition sts swf sync-states synthetics tax telecom textract timestream-influxdb " +
    "tnb transcribe transcribestreaming transfer transfer.server translate trustedadvisor verifiedpermissions voiceid vpc-lattice wafv2 wellarchitected " +
    "wisdom workspaces xray"
  ).split(" "),
);

export type EndpointType = "Gateway" | "Interface" | "GatewayLoadBalancer" | "Resource" | "ServiceNetwork";

/** Zones that `email-smtp` isn't offered in. Source: https://docs.aws.amazon.com/ses/latest/dg/send-email-set-up-vpc-endpoints.html */
const withoutMail = new Set([
  "use1-az2",
  "use1-az3",
  "use1-az5",
  "usw1-az2",
  "usw2-az4",
  "apne2-az4",
  "cac1-az3",
  "cac1-az4",
]);

/** Regions without it: no source says that Osaka has it. */
const withoutMailAltogether = new Set(["ap-northeast-3"]);

/** The service's short name (`ssm`) when this is an AWS service of the Region, else undefined. */
export function shortName(place: Place, serviceName: string): string | undefined {
  for (const prefix of [
    `com.amazonaws.${place.region}.`,
    `cn.com.amazonaws.${place.region}.`,
    `aws.sagemaker.${place.region}.`,
  ]) {
    if (serviceName.startsWith(prefix)) return serviceName.slice(prefix.length);
  }
  return serviceName === "com.amazonaws.s3-global.accesspoint" ? "s3.global.accesspoint" : undefined;
}

/** A service of another account or of the AWS Marketplace: nothing is known about it here. */
export function isPrivateService(serviceName: string): boolean {
  return /^com\.amazonaws\.vpce\.[a-z0-9-]+\.vpce-svc-[0-9a-f]+$/.test(serviceName);
}

/** The kinds of endpoint that a Region's service offers; none when the service doesn't exist there. */
export function endpointTypes(place: Place, serviceName: string): EndpointType[] {
  const short = shortName(place, serviceName);
  if (short === undefined) return [];
  if (short === "email-smtp" && withoutMailAltogether.has(place.region)) return [];
  const types: EndpointType[] = [];
  if (gateways.includes(short)) types.push("Gateway");
  if (interfaces.has(short) || serviceName.startsWith("aws.sagemaker.")) types.push("Interface");
  return types;
}

/** Whether the service can be reached from a zone. */
export function offeredIn(place: Place, serviceName: string, zoneId: string): boolean {
  return shortName(place, serviceName) !== "email-smtp" || !withoutMail.has(zoneId);
}

/** The name that private DNS takes over in the VPC, e.g. `ssm.us-east-1.amazonaws.com`. */
export function privateDomain(place: Place, serviceName: string): string {
  const suffix = place.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const short = shortName(place, serviceName) ?? serviceName;
  const special: Record<string, string> = {
    "ecr.api": `api.ecr.${place.region}.${suffix}`,
    "ecr.dkr": `*.dkr.ecr.${place.region}.${suffix}`,
    "kinesis-streams": `kinesis.${place.region}.${suffix}`,
    "kinesis-firehose": `firehose.${place.region}.${suffix}`,
    "sagemaker.api": `api.sagemaker.${place.region}.${suffix}`,
    "sagemaker.runtime": `runtime.sagemaker.${place.region}.${suffix}`,
    iam: `iam.${suffix}`,
  };
  return special[short] ?? `${short}.${place.region}.${suffix}`;
}

/** Prefix lists of the gateway services in Regions where they were recorded. */
const recordedLists: Record<string, string> = {
  "com.amazonaws.us-east-1.s3": "pl-63a5400a",
  "com.amazonaws.us-east-1.dynamodb": "pl-02cd2c6b",
  "com.amazonaws.us-west-2.s3": "pl-68a54001",
  "com.amazonaws.us-west-2.dynamodb": "pl-00a54069",
  "com.amazonaws.ap-northeast-1.s3": "pl-61a54008",
  "com.amazonaws.ap-northeast-1.dynamodb": "pl-78a54011",
  "com.amazonaws.ap-northeast-3.s3": "pl-a4a540cd",
};

const blocks: Record<string, string[]> = {
  s3: ["3.5.76.0/22", "3.5.80.0/21", "18.34.48.0/20", "18.34.244.0/22", "52.92.128.0/17", "52.218.128.0/17"],
  dynamodb: ["3.218.180.0/22", "52.94.0.0/22", "52.119.224.0/20"],
  s3express: ["18.34.232.0/21", "3.5.240.0/20"],
};

/** The AWS-managed prefix list of a gateway service; undefined for others. */
export function prefixListOf(serviceName: string): string | undefined {
  const short = serviceName.split(".").pop() ?? "";
  if (!gateways.includes(short)) return undefined;
  const recorded = recordedLists[serviceName];
  if (recorded !== undefined) return recorded;
  return `pl-${crc32(serviceName).toString(16).padStart(8, "0")}`;
}

/** The addresses in that list (recorded in us-west-2; representative elsewhere). */
export function blocksOf(serviceName: string): string[] {
  return blocks[serviceName.split(".").pop() ?? ""] ?? [];
}
