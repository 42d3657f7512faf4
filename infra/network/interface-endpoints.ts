import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { INTERFACE_ENDPOINTS, type InterfaceEndpoint } from "../communications";
import { interfacePolicy, type Account } from "./endpoint-policies";
import type { SecurityGroups } from "./security-groups";
import { endpointServiceName } from "./service-endpoint";
import type { TierSubnets } from "./tier-subnets";

export interface InterfaceEndpointsArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly account: Account;
  readonly subnets: TierSubnets;
  readonly groups: SecurityGroups;
  /** Names of the zones that offer `email-smtp`. */
  readonly smtpZones: readonly string[];
}

/**
 * AWS services with addresses of their own in the tier `service` (M7), under their usual names (private DNS). Each has its own
 * security group, and a policy that lets nothing pass but what the machines do. Price: per endpoint, zone and hour.
 */
export class InterfaceEndpoints extends pulumi.ComponentResource {
  private readonly endpoints = new Map<InterfaceEndpoint, aws.ec2.VpcEndpoint>();

  public constructor(
    private readonly name: string,
    private readonly args: InterfaceEndpointsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:network:InterfaceEndpoints", name, {}, opts);
    for (const service of INTERFACE_ENDPOINTS) this.endpoints.set(service, this.endpoint(service));
    this.registerOutputs();
  }

  public idOf(service: InterfaceEndpoint): pulumi.Output<string> {
    const endpoint = this.endpoints.get(service);
    if (endpoint === undefined) throw new RangeError(`there is no interface endpoint ${service}`);
    return endpoint.id;
  }

  private endpoint(service: InterfaceEndpoint): aws.ec2.VpcEndpoint {
    const { vpcId, account, groups } = this.args;
    const name = `${this.name}-${service}`;
    const policy = interfacePolicy(service, account);
    return new aws.ec2.VpcEndpoint(
      name,
      {
        vpcId,
        vpcEndpointType: "Interface",
        serviceName: endpointServiceName(service, account.region),
        privateDnsEnabled: true,
        subnetIds: this.subnetIdsFor(service),
        securityGroupIds: [groups.idOf(service)],
        ...(policy === undefined ? {} : { policy }),
        tags: { Name: name, Role: service },
      },
      { parent: this },
    );
  }

  private subnetIdsFor(service: InterfaceEndpoint): pulumi.Output<string>[] {
    const { subnets, smtpZones } = this.args;
    const offered = subnets.azs.map(({ name }) => service !== "email-smtp" || smtpZones.includes(name));
    return subnets
      .subnetsOf("service")
      .filter((_, index) => offered[index])
      .map(({ id }) => id);
  }
}
