export type Architecture = "amd64" | "arm64";

/**
 * The architecture of an EC2 instance type, in Debian's words. Graviton families carry a `g` behind their generation (t4g, c7gn,
 * x2gd); a1 came before that custom: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): Architecture {
  return /^(a1|[a-z]+\d+[a-z]*g[a-z]*)\./.test(instanceType) ? "arm64" : "amd64";
}
