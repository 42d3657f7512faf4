import type { Props } from "../../model";
import { AwsError } from "../../aws-error";
import type { Findings } from "../findings";
import { filled } from "../filled";
import { given, integer, isRecord, text } from "../values";

const CODE = "ValidationError";
const WEB: readonly string[] = ["HTTP", "HTTPS"];

/** The protocol of the checks: what was asked for, else HTTP for web groups and TCP for the others. */
function healthProtocol(inputs: Props): string {
  const check = inputs["healthCheck"];
  const asked = isRecord(check) ? text(check["protocol"])?.toUpperCase() : undefined;
  if (asked !== undefined) return asked;
  const protocol = text(inputs["protocol"]);
  return protocol === undefined || WEB.includes(protocol) ? "HTTP" : "TCP";
}

/** The provider's own rules about `healthCheck`. */
export function checkHealth(found: Findings): void {
  const check = found.inputs["healthCheck"];
  if (!isRecord(check)) return;
  const inner = found.at("healthCheck", check);
  inner.between("healthyThreshold", 2, 10, CODE);
  inner.between("unhealthyThreshold", 2, 10, CODE);
  inner.between("interval", 5, 300, CODE);
  inner.between("timeout", 2, 120, CODE);
  inner.length("path", 1, 1024, CODE);
  inner.matches("path", /^\//, "must begin with a '/' character", CODE);
  inner.oneOfAnyCase("protocol", ["HTTP", "HTTPS", "TCP"], CODE);
  const port = text(check["port"]);
  const number = integer(check["port"]);
  const valid = port === "traffic-port" || (number !== undefined && number >= 1 && number <= 65536);
  if (port !== undefined && !valid) {
    inner.refuse("port", CODE, `"health_check.0.port" must be a valid port number (1-65536) or "traffic-port"`);
  }
  if (text(check["protocol"])?.toUpperCase() !== "TCP") return;
  if (text(found.inputs["targetType"]) === "lambda")
    inner.refuse(
      "protocol",
      CODE,
      `Attribute "health_check[0].protocol" cannot have value "TCP" when "target_type" is "lambda".`,
    );
  const ofGroup = text(found.inputs["protocol"]);
  if (ofGroup !== undefined && WEB.includes(ofGroup))
    inner.refuse(
      "protocol",
      CODE,
      `Attribute "health_check[0].protocol" cannot have value "TCP" when "protocol" is "${ofGroup}".`,
    );
  for (const name of ["path", "matcher"]) {
    if (text(check[name]) === undefined) continue;
    inner.refuse(
      name,
      CODE,
      `Attribute "health_check[0].${name}" cannot be specified when "health_check[0].protocol" is "TCP".`,
    );
  }
}

/** What the API alone refuses. */
export function refuseHealth(inputs: Props): void {
  const check = inputs["healthCheck"];
  if (!isRecord(check)) return;
  const target = text(inputs["targetType"]) ?? (given(inputs["targetType"]) ? "lambda" : "instance");
  if (check["enabled"] === false && target !== "lambda")
    throw new AwsError(CODE, `Health check enabled must be true for target groups with target type '${target}'`);
  const { timeout, interval } = healthDefaults(inputs) as { timeout: number; interval: number };
  const seconds = integer(check["timeout"]) ?? timeout;
  const every = integer(check["interval"]) ?? interval;
  if (given(check["timeout"]) && seconds >= every)
    throw new AwsError(CODE, `Health check timeout '${seconds}' must be smaller than the interval '${every}'`);
  const [low, high] = codes(inputs);
  const matcher = text(check["matcher"]);
  if (matcher === undefined) return;
  for (const part of matcher.split(/[,-]/)) {
    const status = integer(part.trim());
    if (status === undefined || status < low || status > high) {
      throw new AwsError(CODE, `Health check matcher HTTP code '${part}' must be within '${low}-${high}' inclusive`);
    }
  }
}

/** Codes that a check may expect: of gRPC, of an application or of a network load balancer's group. */
function codes(inputs: Props): readonly [number, number] {
  if (text(inputs["protocolVersion"])?.toUpperCase() === "GRPC") return [0, 99];
  return WEB.includes(text(inputs["protocol"]) ?? "HTTP") ? [200, 499] : [200, 599];
}

function healthDefaults(inputs: Props): Props {
  const protocol = healthProtocol(inputs);
  const web = WEB.includes(protocol);
  const network = !WEB.includes(text(inputs["protocol"]) ?? "HTTP");
  const grpc = text(inputs["protocolVersion"])?.toUpperCase() === "GRPC";
  return {
    enabled: text(inputs["targetType"]) !== "lambda",
    healthyThreshold: 3,
    interval: text(inputs["targetType"]) === "lambda" ? 35 : 30,
    matcher: !web ? "" : grpc ? "12" : network ? "200-399" : "200",
    path: !web ? "" : grpc ? "/AWS.ALB/healthcheck" : "/",
    port: "traffic-port",
    protocol,
    timeout: network && !web ? 10 : network ? 6 : 5,
    unhealthyThreshold: 3,
  };
}

/** The whole check as AWS answers it. */
export function healthOf(inputs: Props): unknown {
  const whole = filled(inputs, { healthCheck: healthDefaults(inputs) })["healthCheck"];
  if (!isRecord(whole) || text(whole["protocol"]) === undefined) return whole;
  return { ...whole, protocol: healthProtocol(inputs) };
}
