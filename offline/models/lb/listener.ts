import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing } from "../../world";
import { checkTags } from "../ec2/tags";
import { filled, whenKnown } from "../filled";
import { Findings } from "../findings";
import { given, integer, isRecord, property, records, text } from "../values";
import { checkActions, REDIRECT } from "./actions";
import { connect, disconnect, LISTENER } from "./forwarding";
import { refuseListener } from "./listenerRefusals";

const CODE = "ValidationError";
/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const LISTENERS_PER_BALANCER = 50;
const SECURE: readonly string[] = ["HTTPS", "TLS"];
/** What AWS takes where no policy is named. */
const SSL_POLICY = "ELBSecurityPolicy-2016-08";
const protocols: Record<string, readonly string[]> = {
  application: ["HTTP", "HTTPS"],
  network: ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"],
  gateway: ["GENEVE"],
};
const NO_MUTUAL_TLS = {
  advertiseTrustStoreCaNames: "",
  ignoreClientCertificateExpiry: false,
  mode: "off",
  trustStoreArn: "",
};
const requestHeaders = [
  "MtlsClientcert",
  "MtlsClientcertIssuer",
  "MtlsClientcertLeaf",
  "MtlsClientcertSerialNumber",
  "MtlsClientcertSubject",
  "MtlsClientcertValidity",
  "TlsCipherSuite",
  "TlsVersion",
].map((name) => `routingHttpRequestXAmzn${name}HeaderName`);
const responseHeaders = [
  "AccessControlAllowCredentials",
  "AccessControlAllowHeaders",
  "AccessControlAllowMethods",
  "AccessControlAllowOrigin",
  "AccessControlExposeHeaders",
  "AccessControlMaxAge",
  "ContentSecurityPolicy",
  "StrictTransportSecurity",
  "XContentTypeOptions",
  "XFrameOptions",
].map((name) => `routingHttpResponse${name}HeaderValue`);

function balancerOf({ inputs, world }: OperationContext): Thing | undefined {
  const arn = text(inputs["loadBalancerArn"]);
  if (arn === undefined) return undefined;
  const balancer = world.find("aws:lb/loadBalancer:LoadBalancer", arn);
  if (balancer === undefined) throw new AwsError("LoadBalancerNotFound", `Load balancers '[${arn}]' not found`);
  return balancer;
}

/** The provider takes HTTP for an application load balancer's listener when none is named. */
function protocolOf(inputs: Props, balancer: Thing | undefined): string | undefined {
  const asked = text(inputs["protocol"])?.toUpperCase();
  if (asked !== undefined || given(inputs["protocol"])) return asked;
  return balancer !== undefined && kindOf(balancer) === "application" ? "HTTP" : undefined;
}

function kindOf(balancer: Thing): string {
  return text(property(balancer, "loadBalancerType")) ?? "application";
}

function refuseSettings(context: OperationContext, balancer: Thing | undefined, protocol: string | undefined): void {
  const { inputs, world } = context;
  if (protocol !== undefined && SECURE.includes(protocol) && !given(inputs["certificateArn"]))
    throw new AwsError(
      "ValidationError",
      "A certificate must be specified for HTTPS and TLS listeners",
      "certificateArn",
    );
  if (balancer === undefined) return;
  refuseListener(inputs, kindOf(balancer), protocol);
  const allowed = protocols[kindOf(balancer)];
  if (protocol !== undefined && allowed !== undefined && !allowed.includes(protocol))
    throw new AwsError("ValidationError", `Protocol '${protocol}' must be one of '${allowed.join(", ")}'`, "protocol");
  const port = integer(inputs["port"]);
  const theirs = world.all(LISTENER).filter((one) => text(property(one, "loadBalancerArn")) === balancer.id);
  if (port !== undefined && theirs.some((one) => integer(property(one, "port")) === port))
    throw new AwsError("DuplicateListener", "A listener already exists on this port for this load balancer", "port");
  if (theirs.length >= LISTENERS_PER_BALANCER)
    throw new AwsError("TooManyListeners", "The maximum number of listeners has been reached");
}

function settle(context: OperationContext, id: string): Props {
  const { inputs } = context;
  const balancer = balancerOf(context);
  const protocol = protocolOf(inputs, balancer);
  refuseSettings(context, balancer, protocol);
  connect(context, inputs["defaultActions"], balancer, protocol);
  const application = balancer === undefined || kindOf(balancer) === "application";
  const secure = protocol !== undefined && SECURE.includes(protocol);
  const actions = inputs["defaultActions"];
  return {
    ...filled(inputs, {
      ...Object.fromEntries([...requestHeaders, ...responseHeaders].map((name) => [name, ""])),
      routingHttpResponseServerEnabled: application,
      mutualAuthentication: secure && application ? NO_MUTUAL_TLS : null,
      alpnPolicy: null,
      certificateArn: null,
      port: null,
      protocol: protocol ?? (given(inputs["protocol"]) || balancer === undefined ? UNKNOWN : ""),
      sslPolicy: secure ? SSL_POLICY : "",
      tags: {},
      tcpIdleTimeoutSeconds: protocol === "TCP" ? 350 : null,
    }),
    ...(protocol === undefined ? {} : { protocol }),
    arn: id,
    defaultActions: Array.isArray(actions)
      ? records(actions).map((action, index) => ({ order: index + 1, targetGroupArn: "", ...action }))
      : actions,
  };
}

const model: Model = {
  type: LISTENER,
  nestedDefaults: { "defaultActions.redirect": REDIRECT },
  replaceOn: ["loadBalancerArn"],
  ordered: ["defaultActions"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.between("port", 1, 65535, CODE);
    found.oneOfAnyCase(
      "protocol",
      ["GENEVE", "HTTP", "HTTPS", "QUIC", "TCP", "TCP_QUIC", "TCP_UDP", "TLS", "UDP"],
      CODE,
    );
    found.oneOfAnyCase("alpnPolicy", ["HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None"], CODE);
    found.between("tcpIdleTimeoutSeconds", 60, 6000, CODE);
    found.arn("certificateArn", CODE);
    found.arn("loadBalancerArn", CODE);
    checkActions(found, "defaultActions");
    if (Array.isArray(inputs["defaultActions"]) && inputs["defaultActions"].length === 0)
      found.refuse("defaultActions", CODE, "At least 1 default action is required");
    checkTags(found);
    const mutual = inputs["mutualAuthentication"];
    if (isRecord(mutual))
      found.at("mutualAuthentication", mutual).oneOf("mode", ["off", "passthrough", "verify"], CODE);
    return found.problems;
  },

  create(context) {
    const { inputs, ids } = context;
    const arn = whenKnown(
      inputs["loadBalancerArn"],
      (balancer) => `${balancer.replace(":loadbalancer/", ":listener/")}/${ids.hex(16)}`,
    );
    const id = typeof arn === "string" && arn !== UNKNOWN ? arn : "";
    return { id, outputs: { ...settle(context, id), arn } };
  },

  update(context, old) {
    disconnect(context, old.outputs, "defaultActions");
    return settle(context, old.id);
  },

  delete(context, old) {
    disconnect(context, old.outputs, "defaultActions");
  },
};

export default model;
