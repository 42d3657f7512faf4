import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Role } from "../communications";
import { architectureOf } from "./architecture";
import type { MachineSettings } from "./machine-settings";

/**
 * The image that a role boots: its own, or the newest one of the Debian release, which Debian publishes as a public parameter:
 * https://wiki.debian.org/Cloud/AmazonEC2Image
 */
export function imageOf(
  role: Role,
  instanceType: string,
  { release, amis }: Pick<MachineSettings, "release" | "amis">,
  options: pulumi.InvokeOptions,
): pulumi.Input<string> {
  const name = `/aws/service/debian/release/${release}/latest/${architectureOf(instanceType)}`;
  return amis?.[role] ?? aws.ssm.getParameterOutput({ name }, options).insecureValue;
}
