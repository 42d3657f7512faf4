import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { referred } from "../ec2/references";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { nameOf, refuseDuplicate } from "../names";
import { given, integer, isRecord, text } from "../values";
import { forwardsTo, LISTENERS } from "./forwarding";
import { checkHealth, healthOf, refuseHealth } from "./healthCheck";
import { checkName } from "./name";
import { checkTargetOptions, refuseTargetOptions } from "./targetOptions";

const TYPE = "aws:lb/targetGroup:TargetGroup";
const CODE = "ValidationError";
const WEB: readonly string[] = ["HTTP", "HTTPS"];
/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const GROUPS_PER_REGION = 3000;
const GENEVE_PORT = 6081;

function described(context: OperationContext, id: string): Props {
  const { inputs } = context;
  const web = WEB.includes(text(inputs["protocol"]) ?? "HTTP");
  const version = text(inputs["protocolVersion"]);
  return {
    ...filled(inputs, {
      connectionTermination: web ? null : false,
      deregistrationDelay: 300,
      ipAddressType: "ipv4",
      lambdaMultiValueHeadersEnabled: false,
      loadBalancingAlgorithmType: web ? "round_robin" : null,
      loadBalancingAnomalyMitigation: web ? "off" : null,
      loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
      namePrefix: "",
      port: null,
      preserveClientIp: web
        ? null
        : String(text(inputs["targetType"]) !== "ip" || /UDP/.test(text(inputs["protocol"]) ?? "")),
      protocolVersion: web ? "HTTP1" : "",
      proxyProtocolV2: false,
      slowStart: 0,
      stickiness: {
        cookieDuration: web ? 86400 : 0,
        cookieName: "",
        enabled: false,
        type: web ? "lb_cookie" : "source_ip",
      },
      tags: {},
      targetFailovers: [{ onDeregistration: null, onUnhealthy: null }],
      targetGroupHealth: {
        dnsFailover: { minimumHealthyTargetsCount: "1", minimumHealthyTargetsPercentage: "off" },
        unhealthyStateRouting: { minimumHealthyTargetsCount: 1, minimumHealthyTargetsPercentage: "off" },
      },
      targetHealthStates: [{ enableUnhealthyConnectionTermination: null, unhealthyDrainingInterval: null }],
      targetType: "instance",
    }),
    ...(version === undefined ? {} : { protocolVersion: version.toUpperCase() }),
    arn: id,
    arnSuffix: id.slice(id.indexOf("targetgroup/")),
    healthCheck: healthOf(inputs),
    name: nameOf(context) ?? UNKNOWN,
  };
}

function refuseStickiness(inputs: Props): void {
  const stickiness = inputs["stickiness"];
  const protocol = text(inputs["protocol"]);
  if (!isRecord(stickiness) || protocol === undefined || stickiness["enabled"] === false) return;
  const kind = text(stickiness["type"]);
  if (kind === undefined) return;
  const fits = WEB.includes(protocol)
    ? ["lb_cookie", "app_cookie"]
    : protocol === "GENEVE"
      ? ["source_ip_dest_ip", "source_ip_dest_ip_proto"]
      : ["source_ip"];
  if (!fits.includes(kind) || (protocol === "TLS" && kind === "source_ip")) {
    throw new AwsError(
      "InvalidConfigurationRequest",
      `Stickiness type '${kind}' is not supported for target groups with the ${protocol} protocol`,
      "stickiness",
    );
  }
}

/** A group of load balancers passes connections on; appliances are reached by one port. */
function refuseTarget(inputs: Props): void {
  const protocol = text(inputs["protocol"]);
  const port = integer(inputs["port"]);
  if (text(inputs["targetType"]) === "alb" && protocol !== undefined && protocol !== "TCP" && protocol !== "TLS")
    throw new AwsError(CODE, `Protocol '${protocol}' is not supported with target type 'alb'`, "protocol");
  if (protocol === "GENEVE" && port !== undefined && port !== GENEVE_PORT)
    throw new AwsError(CODE, `Port must be ${GENEVE_PORT} for target groups with the GENEVE protocol`, "port");
}

const model: Model = {
  type: TYPE,
  defaults: {
    deregistrationDelay: 300,
    lambdaMultiValueHeadersEnabled: false,
    proxyProtocolV2: false,
    slowStart: 0,
    targetType: "instance",
  },
  nestedDefaults: {
    // HTTP whatever the group's own protocol is.
    healthCheck: {
      ...{ enabled: true, healthyThreshold: 3, interval: 30, port: "traffic-port", protocol: "HTTP" },
      unhealthyThreshold: 3,
    },
    stickiness: { cookieDuration: 86400, enabled: true },
  },
  replaceOn: ["ipAddressType", "name", "namePrefix", "port", "protocol", "protocolVersion", "targetType", "vpcId"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkName(found);
    checkName(found, "namePrefix", 6);
    found.conflict("namePrefix", ["name"], CODE);
    found.oneOf("targetType", ["instance", "ip", "lambda", "alb"], CODE);
    found.oneOf("protocol", ["GENEVE", "HTTP", "HTTPS", "QUIC", "TCP", "TCP_QUIC", "TCP_UDP", "TLS", "UDP"], CODE);
    found.oneOfAnyCase("protocolVersion", ["GRPC", "HTTP1", "HTTP2"], CODE);
    found.oneOf("ipAddressType", ["ipv4", "ipv6"], CODE);
    found.oneOf("loadBalancingAlgorithmType", ["round_robin", "least_outstanding_requests", "weighted_random"], CODE);
    found.oneOf("loadBalancingAnomalyMitigation", ["on", "off"], CODE);
    found.oneOf("loadBalancingCrossZoneEnabled", ["true", "false", "use_load_balancer_configuration"], CODE);
    found.between("port", 1, 65535, CODE);
    found.between("deregistrationDelay", 0, 3600, CODE);
    const start = integer(inputs["slowStart"]);
    if (start !== undefined && start !== 0 && (start < 30 || start > 900))
      found.refuse("slowStart", CODE, `expected slow_start to be in the range (0 - 0), or (30 - 900), got ${start}`);
    const target = text(inputs["targetType"]) ?? (given(inputs["targetType"]) ? undefined : "instance");
    if (target !== undefined && target !== "lambda") {
      for (const [key, name] of [
        ["port", "port"],
        ["protocol", "protocol"],
        ["vpcId", "vpc_id"],
      ] as const) {
        if (given(inputs[key])) continue;
        found.refuse(key, CODE, `Attribute "${name}" must be specified when "target_type" is "${target}".`);
      }
    }
    checkHealth(found);
    checkTargetOptions(found);
    checkTags(found);
    const stickiness = inputs["stickiness"];
    if (isRecord(stickiness)) {
      const inner = found.at("stickiness", stickiness);
      inner.oneOf(
        "type",
        ["lb_cookie", "app_cookie", "source_ip", "source_ip_dest_ip", "source_ip_dest_ip_proto"],
        CODE,
      );
      inner.between("cookieDuration", 0, 604800, CODE);
    }
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place, world } = context;
    const name = nameOf(context);
    refuseDuplicate(
      context,
      TYPE,
      name,
      "DuplicateTargetGroupName",
      `ELBv2 Target Group (${name ?? ""}) already exists`,
    );
    if (world.all(TYPE).length >= GROUPS_PER_REGION)
      throw new AwsError("TooManyTargetGroups", "The maximum number of target groups has been reached");
    referred(context, "vpc", inputs["vpcId"]);
    refuseHealth(inputs);
    refuseStickiness(inputs);
    refuseTarget(inputs);
    refuseTargetOptions(inputs);
    const id = arn(place, "elasticloadbalancing", `targetgroup/${name ?? "unknown"}/${ids.hex(16)}`);
    return { id, outputs: { ...described(context, id), loadBalancerArns: [] } };
  },

  update(context, old) {
    refuseHealth(context.inputs);
    refuseStickiness(context.inputs);
    refuseTargetOptions(context.inputs);
    return { ...described(context, old.id), loadBalancerArns: old.outputs["loadBalancerArns"] ?? [] };
  },

  delete({ world }, old) {
    if (LISTENERS.some((type) => world.all(type).some((one) => forwardsTo(one).includes(old.id))))
      throw new AwsError("ResourceInUse", `Target group '${old.id}' is currently in use by a listener or a rule`);
  },
};

export default model;
