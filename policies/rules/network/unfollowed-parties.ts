import { type Certainty, certaintyOf } from "../../reachability/certainty";
import { elements, field, given, type Resource, UNKNOWN } from "../../reachability/resources";

/**
 * Whether a resource that the model doesn't follow has a public IPv4 address. Kinds that never have one by their guides: Lambda ("functions connected
 * to a public subnet get no public address"), ElastiCache, MemoryDB and DAX ("designed to be used internally to a VPC"), RDS Proxy ("can't be publicly
 * accessible"), FSx, resolver endpoints, and what only connects a service to a VPC.
 */
export function publicAddressOf(resource: Resource): Certainty {
  const { type } = resource;
  if (neverPublic.has(type)) return "no";
  const switched = switches[type];
  if (switched !== undefined) return certaintyOf(given(resource, switched));
  if (type !== "aws:ecs/service:Service") return "perhaps";
  const configuration = given(resource, "networkConfiguration");
  if (configuration === UNKNOWN) return "perhaps";
  const [only] = elements(configuration);
  return certaintyOf(field(only ?? configuration, "assignPublicIp"));
}

const neverPublic: ReadonlySet<string> = new Set([
  "aws:apigatewayv2/vpcLink:VpcLink",
  "aws:apprunner/vpcConnector:VpcConnector",
  "aws:dax/cluster:Cluster",
  "aws:elasticache/cluster:Cluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:elasticache/serverlessCache:ServerlessCache",
  "aws:fsx/lustreFileSystem:LustreFileSystem",
  "aws:fsx/ontapFileSystem:OntapFileSystem",
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
  "aws:fsx/windowsFileSystem:WindowsFileSystem",
  "aws:lambda/function:Function",
  "aws:memorydb/cluster:Cluster",
  "aws:rds/proxy:Proxy",
  "aws:rds/proxyEndpoint:ProxyEndpoint",
  "aws:route53/resolverEndpoint:ResolverEndpoint",
]);

/** Properties that say so; off by default. */
const switches: Readonly<Record<string, string>> = {
  "aws:dms/replicationInstance:ReplicationInstance": "publiclyAccessible",
  "aws:mq/broker:Broker": "publiclyAccessible",
  "aws:redshift/cluster:Cluster": "publiclyAccessible",
  "aws:redshiftserverless/workgroup:Workgroup": "publiclyAccessible",
};
