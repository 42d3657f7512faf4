import { AwsError } from "../aws-error";
import { IdSource } from "../ids";
import type { Place, Props } from "../model";
import { zonesOf } from "./regions";

interface Service {
  types: ("Interface" | "Gateway")[];
  /** Zone ids in which it isn't offered. */
  withoutZones?: readonly string[];
  /** Regions in which it isn't offered at all. */
  withoutRegions?: readonly string[];
}

const INTERFACE: Service = { types: ["Interface"] };

/** AWS's services with endpoints, by the last part of their name. */
const SERVICES: Record<string, Service> = {
  autoscaling: INTERFACE,
  dynamodb: { types: ["Gateway", "Interface"] },
  ec2: INTERFACE,
  ec2messages: INTERFACE,
  elasticloadbalancing: INTERFACE,
  // Zones: SES developer guide, "Setting up VPC endpoints with Amazon SES". No source says that Osaka has it.
  "email-smtp": {
    types: ["Interface"],
    withoutZones: ["use1-az2", "use1-az3", "use1-az5", "usw1-az2", "usw2-az4", "apne2-az4", "cac1-az3", "cac1-az4"],
    withoutRegions: ["ap-northeast-3"],
  },
  kms: INTERFACE,
  logs: INTERFACE,
  monitoring: INTERFACE,
  s3: { types: ["Gateway", "Interface"] },
  secretsmanager: INTERFACE,
  sns: INTERFACE,
  sqs: INTERFACE,
  ssm: INTERFACE,
  ssmmessages: INTERFACE,
  sts: INTERFACE,
};

const NOT_FOUND = "no matching EC2 VPC Endpoint Service found";

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The endpoint service of an AWS service in this Region. @throws AwsError InvalidServiceName where it isn't offered. */
export function getVpcEndpointService(args: Props, { partition, region, accountId }: Place): Props {
  const prefix = `com.amazonaws.${region}.`;
  const serviceName = text(args["serviceName"]) ?? prefix + (text(args["service"]) ?? "");
  const short = serviceName.startsWith(prefix) ? serviceName.slice(prefix.length) : serviceName;
  const service = SERVICES[short];
  if (service === undefined || service.withoutRegions?.includes(region) === true) {
    throw new AwsError(
      "InvalidServiceName",
      `The Vpc Endpoint Service '${serviceName}' does not exist (${NOT_FOUND}; what exists here is in offline/invokes/vpc-endpoint-service.ts)`,
      "service",
    );
  }
  const type = text(args["serviceType"]) ?? service.types[0] ?? "Interface";
  if (!service.types.some((offered) => offered === type)) {
    throw new AwsError("InvalidServiceName", `${NOT_FOUND}: ${serviceName} has no ${type} endpoints`, "serviceType");
  }
  const zones = zonesOf(region).filter(
    (zone) => zone.type === "availability-zone" && !(service.withoutZones ?? []).includes(zone.zoneId),
  );
  const serviceId = `vpce-svc-0${new IdSource(`${region}\0${short}\0${type}`).hex(16)}`;
  return {
    ...args,
    acceptanceRequired: false,
    arn: `arn:${partition}:ec2:${region}:${accountId}:vpc-endpoint-service/${serviceId}`,
    availabilityZones: zones.map((zone) => zone.name),
    baseEndpointDnsNames: [`${short}.${region}.vpce.amazonaws.com`],
    id: serviceId,
    managesVpcEndpoints: false,
    owner: "amazon",
    privateDnsName: `${short}.${region}.amazonaws.com`,
    privateDnsNames: [`${short}.${region}.amazonaws.com`],
    region,
    serviceId,
    serviceName,
    serviceType: type,
    supportedIpAddressTypes: ["ipv4"],
    tags: {},
    vpcEndpointPolicySupported: true,
  };
}
