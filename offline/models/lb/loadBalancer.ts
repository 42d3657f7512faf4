import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { putInterfaces, removeInterfaces } from "../interfaces";
import { nameOf, refuseDuplicate } from "../names";
import { given, integer, isTrue, property, records, text, texts } from "../values";
import { hostedZone } from "./hostedZones";
import { checkName } from "./name";
import { replacedBy } from "./replacements";
import { kindOf, placeBalancer } from "./placement";

const TYPE = "aws:lb/loadBalancer:LoadBalancer";
/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html (and the network one's) */
const BALANCERS_PER_REGION = 50;
const LONGEST_IDLE = 4000;
const CODE = "ValidationError";
/** How ARNs and names spell the kinds. */
const spelling: Record<string, string> = { application: "app", network: "net", gateway: "gwy" };

const noLogs = { bucket: "", enabled: false, prefix: "" };
const applicationOnly = {
  clientKeepAlive: 3600,
  connectionLogs: noLogs,
  desyncMitigationMode: "defensive",
  dropInvalidHeaderFields: false,
  enableHttp2: true,
  enableTlsVersionAndCipherSuiteHeaders: false,
  enableWafFailOpen: false,
  enableXffClientPort: false,
  idleTimeout: 60,
  preserveHostHeader: false,
  xffHeaderProcessingMode: "append",
};

function refuseIdleTimeout(inputs: Props, kind: string): void {
  const seconds = integer(inputs["idleTimeout"]);
  if (kind !== "application" || seconds === undefined || (seconds >= 1 && seconds <= LONGEST_IDLE)) return;
  throw new AwsError(
    "InvalidConfigurationRequest",
    `Load balancer attribute 'idle_timeout.timeout_seconds' must be between 1 and ${LONGEST_IDLE}, got ${seconds}`,
    "idleTimeout",
  );
}

function described(context: OperationContext, id: string): Props {
  const { inputs, ids, place } = context;
  const kind = kindOf(inputs);
  refuseIdleTimeout(inputs, kind);
  const { subnets, vpcId, securityGroups } = placeBalancer(context);
  const name = nameOf(context);
  const suffix = id.slice(id.indexOf("loadbalancer/") + "loadbalancer/".length);
  putInterfaces(
    context,
    id,
    subnets.map((subnet) => ({
      subnet,
      securityGroups: texts(securityGroups),
      description: `ELB ${suffix}`,
    })),
  );
  const asked = given(inputs["subnetMappings"]) ? inputs["subnetMappings"] : inputs["subnets"];
  const mapping = (subnetId: unknown): Props => ({
    ...{ allocationId: "", ipv6Address: "", outpostId: "", privateIpv4Address: "" },
    subnetId,
  });
  const mappings = records(inputs["subnetMappings"]).map((one) => ({ ...mapping(UNKNOWN), ...one }));
  const listed = Array.isArray(asked) ? (asked as unknown[]) : undefined;
  return {
    ...filled(inputs, {
      ...(kind === "application" ? applicationOnly : {}),
      accessLogs: noLogs,
      customerOwnedIpv4Pool: "",
      dnsRecordClientRoutingPolicy: kind === "network" ? "any_availability_zone" : null,
      enableCrossZoneLoadBalancing: false,
      enableDeletionProtection: false,
      enablePrefixForIpv6SourceNat: kind === "network" ? "off" : "",
      enableZonalShift: false,
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: kind === "network" ? "on" : "",
      internal: false,
      ipAddressType: "ipv4",
      ipamPools: null,
      loadBalancerType: "application",
      minimumLoadBalancerCapacity: null,
      namePrefix: "",
      secondaryIpsAutoAssignedPerSubnet: null,
      tags: {},
    }),
    arn: id,
    arnSuffix: suffix,
    dnsName:
      name === undefined
        ? UNKNOWN
        : kind === "application"
          ? `${isTrue(inputs["internal"]) ? "internal-" : ""}${name}-${ids.integer(1e8, 4e9, "dns")}.${place.region}.elb.amazonaws.com`
          : `${name}-${ids.hex(16)}.elb.${place.region}.amazonaws.com`,
    name: name ?? UNKNOWN,
    securityGroups,
    subnetMappings: given(inputs["subnetMappings"]) ? mappings : (listed?.map(mapping) ?? UNKNOWN),
    subnets: given(inputs["subnets"]) ? inputs["subnets"] : mappings.map((one: Props) => one["subnetId"]),
    vpcId: vpcId ?? UNKNOWN,
    zoneId: hostedZone(place.region, kind),
  };
}

const model: Model = {
  type: TYPE,
  defaults: {
    clientKeepAlive: 3600,
    desyncMitigationMode: "defensive",
    dropInvalidHeaderFields: false,
    enableCrossZoneLoadBalancing: false,
    enableDeletionProtection: false,
    enableHttp2: true,
    enableTlsVersionAndCipherSuiteHeaders: false,
    enableWafFailOpen: false,
    enableXffClientPort: false,
    enableZonalShift: false,
    idleTimeout: 60,
    loadBalancerType: "application",
    preserveHostHeader: false,
    xffHeaderProcessingMode: "append",
  },
  nestedDefaults: { accessLogs: { enabled: false }, connectionLogs: { enabled: false } },
  replaceOn: ["customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix"],
  replaceIf: replacedBy,

  check({ inputs }) {
    const found = new Findings(inputs);
    checkName(found);
    if (text(inputs["name"])?.startsWith("internal-") === true)
      found.refuse("name", CODE, `"name" cannot begin with "internal-": "${text(inputs["name"]) ?? ""}"`);
    checkName(found, "namePrefix", 6);
    found.conflict("namePrefix", ["name"], CODE);
    found.exactlyOne(["subnetMappings", "subnets"], CODE);
    found.oneOf("loadBalancerType", ["application", "network", "gateway"], CODE);
    found.oneOf("ipAddressType", ["ipv4", "dualstack", "dualstack-without-public-ipv4"], CODE);
    found.oneOf("desyncMitigationMode", ["monitor", "defensive", "strictest"], CODE);
    found.oneOf("xffHeaderProcessingMode", ["append", "preserve", "remove"], CODE);
    found.oneOf("enforceSecurityGroupInboundRulesOnPrivateLinkTraffic", ["on", "off"], CODE);
    found.oneOf(
      "dnsRecordClientRoutingPolicy",
      ["availability_zone_affinity", "partial_availability_zone_affinity", "any_availability_zone"],
      CODE,
    );
    for (const mapping of found.each("subnetMappings")) {
      mapping.address("privateIpv4Address", 4, CODE);
      mapping.address("ipv6Address", 6, CODE);
    }
    checkTags(found);
    found.between("clientKeepAlive", 60, 604800, CODE);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place, world } = context;
    const kind = kindOf(inputs);
    const name = nameOf(context);
    refuseDuplicate(
      context,
      TYPE,
      name,
      "DuplicateLoadBalancerName",
      `ELBv2 Load Balancer (${name ?? ""}) already exists`,
    );
    if (world.all(TYPE).filter((one) => kindOf(one.inputs) === kind).length >= BALANCERS_PER_REGION) {
      throw new AwsError("TooManyLoadBalancers", "The maximum number of load balancers has been reached");
    }
    const id = arn(
      place,
      "elasticloadbalancing",
      `loadbalancer/${spelling[kind] ?? "app"}/${name ?? "unknown"}/${ids.hex(16)}`,
    );
    return { id, outputs: described(context, id) };
  },

  update(context, old) {
    const { inputs } = context;
    const had = texts(old.outputs["securityGroups"]).length > 0;
    if (kindOf(inputs) === "network" && !had && texts(inputs["securityGroups"]).length > 0) {
      throw new AwsError(
        "InvalidConfigurationRequest",
        "You cannot add security groups to a Network Load Balancer that was created without one",
        "securityGroups",
      );
    }
    const dnsName = old.outputs["dnsName"];
    return { ...described(context, old.id), dnsName };
  },

  delete(context, old) {
    if (isTrue(old.outputs["enableDeletionProtection"])) {
      throw new AwsError(
        "OperationNotPermitted",
        `Load balancer '${old.id}' cannot be deleted because deletion protection is enabled`,
      );
    }
    removeInterfaces(context, old.id);
    for (const group of context.world.all("aws:lb/targetGroup:TargetGroup")) {
      const arns = texts(property(group, "loadBalancerArns"));
      if (arns.includes(old.id)) context.world.patch(group, { loadBalancerArns: arns.filter((one) => one !== old.id) });
    }
  },
};

export default model;
