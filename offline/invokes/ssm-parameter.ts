import { AwsError } from "../aws-error";
import { IdSource } from "../ids";
import type { Place, Props } from "../model";

/** Public parameters that hold the id of an image; the ids here are invented, the same at every run, another in each Region. */
const IMAGE_PARAMETERS = [
  /^\/aws\/service\/debian\/release\/(1[1-3])\/latest\/(amd64|arm64)$/,
  /^\/aws\/service\/ami-amazon-linux-latest\/al2023-ami-(minimal-)?kernel-[\w.]+-(x86_64|arm64)$/,
];

/** A public parameter. @throws AwsError ParameterNotFound */
export function getParameter(args: Props, { partition, region }: Place): Props {
  const name = String(args["name"]);
  if (!IMAGE_PARAMETERS.some((pattern) => pattern.test(name))) {
    throw new AwsError(
      "ParameterNotFound",
      `couldn't find SSM Parameter ${name}. Those that exist here are in offline/invokes/ssm-parameter.ts.`,
      "name",
    );
  }
  const value = `ami-0${new IdSource(`${region}\0${name}`).hex(16)}`;
  return {
    arn: `arn:${partition}:ssm:${region}::parameter${name}`,
    id: name,
    insecureValue: value,
    name,
    region,
    type: "String",
    value,
    version: 1,
    withDecryption: args["withDecryption"] ?? true,
  };
}
