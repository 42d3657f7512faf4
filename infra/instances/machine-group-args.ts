import type * as pulumi from "@pulumi/pulumi";
import type { Vpc } from "../network/vpc";
import type { Proxy } from "../proxy/proxy";
import type { ArtifactStore } from "./artifact-store";
import type { MachineSettings } from "./machine-settings";

/** What the groups of machines behind the proxies are given, whatever their role. */
export interface MachineGroupArgs extends MachineSettings {
  readonly vpc: Pick<Vpc, "cidrBlock" | "ready" | "subnetIds" | "securityGroupId">;
  readonly proxy: Pick<Proxy, "url"> & pulumi.Resource;
  readonly artifacts: ArtifactStore;
  readonly sizes: { readonly instanceType: string; readonly min: number; readonly desired: number };
  readonly targetGroupArns: pulumi.Input<string>[];
  /** What else must be there before a machine boots: load balancers, and the values of its secrets. */
  readonly bootsAfter: readonly pulumi.Resource[];
}
