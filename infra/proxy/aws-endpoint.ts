/** The DNS name of an AWS service in a Region: https://docs.aws.amazon.com/general/latest/gr/rande.html */
export function awsEndpoint(service: string, { region, partition }: { region: string; partition: string }): string {
  return `${service}.${region}.${partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"}`;
}
