import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Architecture } from "./architecture";

/** The newest image of a Debian release, which Debian publishes as a public parameter: https://wiki.debian.org/Cloud/AmazonEC2Image */
export function debianImage(
  release: string,
  architecture: Architecture,
  options: pulumi.InvokeOptions,
): pulumi.Output<string> {
  const name = `/aws/service/debian/release/${release}/latest/${architecture}`;
  return aws.ssm.getParameterOutput({ name }, options).insecureValue;
}
