import { partition } from "@aws-sdk/util-endpoints";

/**
 * The name under which a service of AWS is reached (M8): protocol, service and Region, in one of its forms.
 * https://docs.aws.amazon.com/general/latest/gr/rande.html and, for VPC endpoints,
 * https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
 */
export interface ServiceEndpoint {
  /** Such as `https`. Without it the text is a host name and no URL. */
  readonly protocol?: string;
  /** The service's name in endpoints, such as `email-smtp` or `api.ecr`. */
  readonly service: string;
  /** Without it: the one endpoint of a global service, such as `iam.amazonaws.com`. */
  readonly region?: string;
  /** The endpoint whose cryptography is validated to FIPS 140. Default: false. */
  readonly fips?: boolean;
  /** Answers over IPv6 too, under a domain of its own. Default: false. */
  readonly dualStack?: boolean;
  /** The own name of one VPC endpoint, which works with private DNS off too. */
  readonly vpcEndpoint?: VpcEndpointName;
}

export interface VpcEndpointName {
  /** `vpce-` and 17 hexadecimal digits. */
  readonly id: string;
  /** The letters that AWS adds, the same for all names of the endpoint. */
  readonly token: string;
  /** The name of an Availability Zone: only the address in that zone answers. */
  readonly zone?: string;
}

const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;
const VPC_ENDPOINT = /^(?<id>vpce-[0-9a-f]{8,17})-(?<token>[a-z0-9]{8})(-(?<zone>[a-z]{2,}(-[a-z0-9]+)+))?$/;

/** S3 has dual-stack names of an older kind: https://docs.aws.amazon.com/AmazonS3/latest/userguide/dual-stack-endpoints.html */
const OLD_DUAL_STACK = "s3";

/** Builds the name: `https://logs.ap-northeast-1.amazonaws.com`. Throws a RangeError for a combination that doesn't exist. */
export function endpointName(endpoint: ServiceEndpoint): string {
  const { protocol, service, region, fips = false, dualStack = false, vpcEndpoint } = endpoint;
  const { dnsSuffix, dualStackDnsSuffix } = partition(region ?? "us-east-1");
  const name = `${service}${fips ? "-fips" : ""}`;
  const start = protocol === undefined ? "" : `${protocol}://`;
  if (region === undefined) {
    if (fips || dualStack || vpcEndpoint !== undefined)
      throw new RangeError(`${service}: only regional endpoints vary`);
    return `${start}${name}.${dnsSuffix}`;
  }
  if (!REGION.test(region)) throw new RangeError(`${region} is no AWS Region`);
  if (vpcEndpoint !== undefined) {
    if (dualStack) throw new RangeError("a VPC endpoint's own name is the same with IPv6");
    const { id, token, zone } = vpcEndpoint;
    return `${start}${id}-${token}${zone === undefined ? "" : `-${zone}`}.${name}.${region}.vpce.${dnsSuffix}`;
  }
  if (!dualStack) return `${start}${name}.${region}.${dnsSuffix}`;
  return service === OLD_DUAL_STACK
    ? `${start}${name}.dualstack.${region}.${dnsSuffix}`
    : `${start}${name}.${region}.${dualStackDnsSuffix}`;
}

/** Reads a name that `endpointName` builds; undefined for any other text. */
export function parseEndpointName(text: string): ServiceEndpoint | undefined {
  const { protocol, host = "" } =
    /^((?<protocol>[a-z][a-z0-9+.-]*):\/\/)?(?<host>[a-z0-9.-]+)$/.exec(text)?.groups ?? {};
  const start = protocol === undefined ? {} : { protocol };
  const labels = host.split(".");
  const at = labels.findLastIndex((label) => REGION.test(label));
  const endpoint = at < 0 ? global(labels) : regional(labels.slice(0, at), labels[at] ?? "", labels.slice(at + 1));
  // Whatever was misread doesn't come out again as it went in.
  return endpoint !== undefined && built({ ...start, ...endpoint }) === text ? { ...start, ...endpoint } : undefined;
}

/** The name of a service among VPC endpoints: `com.amazonaws.ap-northeast-1.logs`. In China all but the gateways begin with `cn`. */
export function endpointServiceName(service: string, region: string): string {
  const { dnsSuffix } = partition(region);
  const gateway = service === "s3" || service === "dynamodb";
  const prefix = dnsSuffix.split(".").reverse();
  return [...(gateway && prefix[0] === "cn" ? prefix.slice(1) : prefix), region, service].join(".");
}

function global(labels: readonly string[]): ServiceEndpoint | undefined {
  const [service = "", ...suffix] = labels;
  return service !== "" && suffix.join(".") === partition("us-east-1").dnsSuffix ? { service } : undefined;
}

function regional(before: readonly string[], region: string, after: readonly string[]): ServiceEndpoint | undefined {
  const { dnsSuffix, dualStackDnsSuffix } = partition(region);
  const [first = "", ...rest] = before;
  const { id, token, zone } = VPC_ENDPOINT.exec(first)?.groups ?? {};
  if (id !== undefined && token !== undefined) {
    if (after.join(".") !== `vpce.${dnsSuffix}`) return undefined;
    return { ...named(rest), region, vpcEndpoint: { id, token, ...(zone === undefined ? {} : { zone }) } };
  }
  if (after.join(".") === dualStackDnsSuffix) return { ...named(before), region, dualStack: true };
  if (before.at(-1) === "dualstack") return { ...named(before.slice(0, -1)), region, dualStack: true };
  return { ...named(before), region };
}

function named(labels: readonly string[]): { service: string; fips?: true } {
  const name = labels.join(".");
  return name.endsWith("-fips") ? { service: name.slice(0, -"-fips".length), fips: true } : { service: name };
}

function built(endpoint: ServiceEndpoint): string | undefined {
  try {
    return endpointName(endpoint);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
