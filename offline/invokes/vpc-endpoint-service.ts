import { AwsError } from "../aws-error";
import { IdSource } from "../ids";
import type { Place, Props } from "../model";
import { endpointTypes, offeredIn, privateDomain } from "../models/ec2/services";
import { zonesOf } from "./regions";

const NOT_FOUND = "no matching EC2 VPC Endpoint Service found";

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The endpoint service of an AWS service in this Region. @throws AwsError InvalidServiceName where it isn't offered. */
export function getVpcEndpointService(args: Props, place: Place): Props {
  const { partition, region, accountId } = place;
  const prefix = `com.amazonaws.${region}.`;
  const serviceName = text(args["serviceName"]) ?? prefix + (text(args["service"]) ?? "");
  const short = serviceName.startsWith(prefix) ? serviceName.slice(prefix.length) : serviceName;
  const types = endpointTypes(place, serviceName);
  const [first] = types;
  if (first === undefined) {
    throw new AwsError(
      "InvalidServiceName",
      `The Vpc Endpoint Service '${serviceName}' does not exist (${NOT_FOUND}; what exists here is in offline/models/ec2/services.ts)`,
      "service",
    );
  }
  const type = text(args["serviceType"]) ?? first;
  if (!types.some((offered) => offered === type)) {
    throw new AwsError("InvalidServiceName", `${NOT_FOUND}: ${serviceName} has no ${type} endpoints`, "serviceType");
  }
  const zones = zonesOf(region).filter(
    (zone) => zone.type === "availability-zone" && offeredIn(place, serviceName, zone.zoneId),
  );
  const privateDnsName = privateDomain(place, serviceName);
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
    privateDnsName,
    privateDnsNames: [privateDnsName],
    region,
    serviceId,
    serviceName,
    serviceType: type,
    supportedIpAddressTypes: ["ipv4"],
    tags: {},
    vpcEndpointPolicySupported: true,
  };
}
