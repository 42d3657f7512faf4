import * as pulumi from "@pulumi/pulumi";
import { architectureOf } from "../instances/architecture";
import { machine } from "../instances/base-machine";
import { renderCloudConfig } from "../instances/cloud-config";
import { InstanceGroup } from "../instances/instance-group";
import type { MachineSettings } from "../instances/machine-settings";
import { NetworkBalancer } from "../loadbalancing/network-balancer";
import type { Vpc } from "../network/vpc";
import { allowances, type Entry } from "./allow-list";
import { proxyMachine } from "./proxy-machine";
import { PROXY_PORT, renderSquidConf } from "./squid-conf";

export interface ProxyArgs extends MachineSettings {
  readonly vpc: Pick<Vpc, "vpcId" | "cidrBlock" | "azs" | "ready" | "subnetIds" | "securityGroupId">;
  readonly sizes: { readonly instanceType: string; readonly min: number; readonly desired: number };
  readonly allowList: readonly Entry[];
}

/**
 * The only way out (M5): squid in every zone behind an internal NLB, letting through what the allow-list names. Made, it serves;
 * whatever boots through it depends on it. The proxies themselves get their packages by NAT, as a target can't be the client of its
 * own load balancer.
 */
export class Proxy extends pulumi.ComponentResource {
  /** As clients are told: `http://host:port`. */
  public readonly url: pulumi.Output<string>;

  public constructor(name: string, args: ProxyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dejima:proxy:Proxy", name, {}, opts);
    const { vpc, region, partition, sizes, allowList } = args;
    const { instanceType } = sizes;
    const architecture = architectureOf(instanceType);
    const lists = allowances(allowList, { region, azs: vpc.azs });
    const part = proxyMachine(renderSquidConf({ vpcCidr: vpc.cidrBlock, allowances: lists }));

    const balancer = new NetworkBalancer(
      name,
      {
        balancer: "proxy-nlb",
        ports: [{ port: PROXY_PORT }],
        vpcId: vpc.vpcId,
        subnetIds: vpc.subnetIds("service"),
        securityGroupId: vpc.securityGroupId("proxy-nlb"),
        after: [],
      },
      { parent: this },
    );
    new InstanceGroup(
      name,
      {
        role: "proxy",
        ...sizes,
        machines: args,
        subnetIds: vpc.subnetIds("proxy"),
        securityGroupId: vpc.securityGroupId("proxy"),
        targetGroupArns: [balancer.targetGroupArn(PROXY_PORT)],
        userData: (logs) =>
          logs.apply((logGroup) => renderCloudConfig(machine({ region, partition, architecture, logGroup }, part))),
        statements: [],
        bootsAfter: [...vpc.ready, balancer],
      },
      { parent: this },
    );
    this.url = pulumi.interpolate`http://${balancer.dnsName}:${PROXY_PORT}`;
    this.registerOutputs({ url: this.url });
  }
}
