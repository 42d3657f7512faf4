/** What load balancing demands of a target group's attributes, by its protocol. */
import { AwsError } from "../../aws-error";
import type { Props } from "../../model";
import type { Findings } from "../findings";
import { given, integer, isRecord, isTrue, records, text } from "../values";

const CODE = "ValidationError";
const CONFLICT = "InvalidConfigurationRequest";
const WEB: readonly string[] = ["HTTP", "HTTPS"];
const FAILOVERS = ["rebalance", "no_rebalance"];
const TARGET_STATE_PROTOCOLS = ["TCP", "TLS"];
/** Protocols whose packets always keep the client's address. */
const KEEPING = ["UDP", "TCP_UDP", "QUIC", "TCP_QUIC"];
/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
const RESERVED_COOKIE = /^AWSALB/;

/** The provider's rules about attributes. */
export function checkTargetOptions(found: Findings): void {
  found.boolText("preserveClientIp", CODE);
  const health = found.within("targetGroupHealth");
  const failover = health?.within("dnsFailover");
  checkShare(failover, "minimumHealthyTargetsCount", Infinity);
  checkShare(failover, "minimumHealthyTargetsPercentage", 100);
  checkShare(health?.within("unhealthyStateRouting"), "minimumHealthyTargetsPercentage", 100);
  for (const state of found.each("targetHealthStates")) state.between("unhealthyDrainingInterval", 0, 360000, CODE);
  for (const failing of found.each("targetFailovers")) {
    failing.oneOf("onDeregistration", FAILOVERS, CODE);
    failing.oneOf("onUnhealthy", FAILOVERS, CODE);
  }
}

/** `off`, or a number from 1. */
function checkShare(found: Findings | undefined, name: string, most: number): void {
  const value = found?.inputs[name];
  const share = text(value) ?? (typeof value === "number" ? String(value) : undefined);
  if (found === undefined || share === undefined || share === "off") return;
  const number = integer(share);
  if (number !== undefined && number >= 1 && number <= most) return;
  const range = most === Infinity ? "at least 1" : `1 to ${most}`;
  found.refuse(name, CODE, `"${name}" must be "off" or a number of ${range}, got ${share}`);
}

/** Throws what the API refuses about the attributes. */
export function refuseTargetOptions(inputs: Props): void {
  const protocol = text(inputs["protocol"]);
  if (protocol === undefined || text(inputs["targetType"]) === "lambda") return;
  if (WEB.includes(protocol)) refuseWeb(inputs, protocol);
  else refuseNetwork(inputs, protocol);
  const failovers = records(inputs["targetFailovers"]);
  const unlike = failovers.find(({ onDeregistration: one, onUnhealthy: other }) => {
    const [first, second] = [text(one), text(other)];
    return first !== undefined && second !== undefined && first !== second;
  });
  if (unlike !== undefined)
    throw new AwsError(CODE, "Both target_failover attributes must have the same value.", "targetFailovers");
}

function unsupported(name: string, protocol: string): AwsError {
  return new AwsError(CONFLICT, `${name} isn't supported for target groups with the ${protocol} protocol`, name);
}

function refuseWeb(inputs: Props, protocol: string): void {
  if (isTrue(inputs["proxyProtocolV2"])) throw unsupported("proxyProtocolV2", protocol);
  if (text(inputs["preserveClientIp"]) !== undefined) throw unsupported("preserveClientIp", protocol);
  const terminated = ({ enableUnhealthyConnectionTermination: one }: Props): boolean => typeof one === "boolean";
  if (records(inputs["targetHealthStates"]).some(terminated)) throw unsupported("targetHealthStates", protocol);
  const algorithm = text(inputs["loadBalancingAlgorithmType"]);
  const unset = !given(inputs["loadBalancingAlgorithmType"]);
  if (
    text(inputs["loadBalancingAnomalyMitigation"]) === "on" &&
    (unset || (algorithm ?? "weighted_random") !== "weighted_random")
  )
    throw new AwsError(
      CONFLICT,
      "Anomaly mitigation is available with the weighted_random algorithm only",
      "loadBalancingAnomalyMitigation",
    );
  if ((integer(inputs["slowStart"]) ?? 0) > 0 && algorithm !== undefined && algorithm !== "round_robin")
    throw new AwsError(CONFLICT, `Slow start isn't available with the ${algorithm} algorithm`, "slowStart");
  refuseCookie(inputs);
}

function refuseCookie(inputs: Props): void {
  const stickiness = inputs["stickiness"];
  if (!isRecord(stickiness)) return;
  if (stickiness["cookieDuration"] === 0)
    throw new AwsError(CODE, "The stickiness duration must be between 1 and 604800 seconds", "stickiness");
  if (text(stickiness["type"]) !== "app_cookie") return;
  const name = text(stickiness["cookieName"]);
  if (!given(stickiness["cookieName"]) || stickiness["cookieName"] === "")
    throw new AwsError(CODE, "A cookie name must be specified for stickiness by an application's cookie", "stickiness");
  if (name !== undefined && RESERVED_COOKIE.test(name))
    throw new AwsError(CODE, `The cookie name '${name}' is reserved by the load balancer`, "stickiness");
}

function refuseNetwork(inputs: Props, protocol: string): void {
  for (const name of ["loadBalancingAlgorithmType", "loadBalancingAnomalyMitigation"])
    if (text(inputs[name]) !== undefined) throw unsupported(name, protocol);
  if ((integer(inputs["slowStart"]) ?? 0) > 0) throw unsupported("slowStart", protocol);
  if (KEEPING.includes(protocol) && text(inputs["preserveClientIp"]) === "false")
    throw new AwsError(
      CONFLICT,
      `Client IP preservation can't be disabled for target groups with the ${protocol} protocol`,
      "preserveClientIp",
    );
  const states = records(inputs["targetHealthStates"]).some(
    ({ enableUnhealthyConnectionTermination: one }) => one === true,
  );
  if (states && !TARGET_STATE_PROTOCOLS.includes(protocol)) throw unsupported("targetHealthStates", protocol);
}
