/** What load balancing refuses about a listener, by the kind of its balancer and its protocol. */
import { AwsError } from "../../aws-error";
import type { Props } from "../../model";
import { known } from "../../unknown";
import { given, integer, isRecord, records, text } from "../values";

const CODE = "ValidationError";
const ACTION = "InvalidLoadBalancerAction";
const SECURE: readonly string[] = ["HTTPS", "TLS"];
const AUTHENTICATIONS = ["authenticate-cognito", "authenticate-oidc"];
const ENDS = ["fixed-response", "forward", "redirect"];

/** Throws for a listener on a balancer of this kind; the protocol is undefined while unknown. */
export function refuseListener(inputs: Props, kind: string, protocol: string | undefined): void {
  refuseDoor(inputs, kind);
  refuseSecurity(inputs, protocol);
  refuseActions(inputs["defaultActions"], kind, protocol, integer(inputs["port"]));
}

function refuseDoor(inputs: Props, kind: string): void {
  for (const name of ["port", "protocol"]) {
    if (kind === "gateway") {
      if (given(inputs[name]))
        throw new AwsError(CODE, `You cannot specify a ${name} for a Gateway Load Balancer listener`, name);
    } else if (!given(inputs[name]) && (name === "port" || kind === "network"))
      throw new AwsError(CODE, `A listener must have a ${name}`, name);
  }
}

function refuseSecurity(inputs: Props, protocol: string | undefined): void {
  const policy = text(inputs["sslPolicy"]);
  if (policy !== undefined && !policy.startsWith("ELBSecurityPolicy-"))
    throw new AwsError("SSLPolicyNotFound", `SSL policy '${policy}' not found`, "sslPolicy");
  if (protocol === undefined) return;
  const plain = !SECURE.includes(protocol);
  if (plain && text(inputs["certificateArn"]) !== undefined)
    throw new AwsError(CODE, `A certificate cannot be specified for ${protocol} listeners`, "certificateArn");
  if (plain && policy !== undefined)
    throw new AwsError(CODE, `An SSL policy cannot be specified for ${protocol} listeners`, "sslPolicy");
  const alpn = text(inputs["alpnPolicy"]);
  if (alpn !== undefined && protocol !== "TLS")
    throw new AwsError("ALPNPolicyNotSupported", `ALPN policies are for TLS listeners, not ${protocol}`, "alpnPolicy");
  const mutual = inputs["mutualAuthentication"];
  if (!isRecord(mutual)) return;
  const mode = text(mutual["mode"]);
  if (mode === undefined) return;
  if (mode !== "off" && protocol !== "HTTPS")
    throw new AwsError(CODE, "Mutual authentication is for HTTPS listeners only", "mutualAuthentication");
  if ((mode === "verify") !== given(mutual["trustStoreArn"]) && mutual["trustStoreArn"] !== "")
    throw new AwsError(
      CODE,
      mode === "verify" ? "Mode 'verify' needs a trust store" : `Mode '${mode}' takes no trust store`,
      "mutualAuthentication.trustStoreArn",
    );
}

/** Throws for actions that the balancer can't take. */
export function refuseActions(
  actions: unknown,
  kind: string,
  protocol: string | undefined,
  port: number | undefined,
): void {
  const list = records(actions);
  for (const action of list) {
    const type = text(action["type"]);
    if (type === undefined) continue;
    if (kind !== "application" && type !== "forward")
      throw new AwsError(ACTION, `The action type '${type}' is not valid with ${kind} load balancers`);
    if (AUTHENTICATIONS.includes(type) && protocol === "HTTP")
      throw new AwsError(ACTION, `Actions of type '${type}' are for HTTPS listeners only`);
    const to = action["redirect"];
    if (isRecord(to)) refuseRedirect(to, protocol, port);
  }
  if (list.length > 0 && known(list.map(({ type }) => type)) && !list.some(({ type }) => ENDS.includes(String(type))))
    throw new AwsError(ACTION, `The last action must be one of ${ENDS.join(", ")}`);
}

function refuseRedirect(to: Props, protocol: string | undefined, port: number | undefined): void {
  const target = text(to["port"]);
  const number = integer(target);
  if (target !== undefined && target !== "#{port}" && (number === undefined || number < 1 || number > 65535))
    throw new AwsError(CODE, `The redirect's port must be 1-65535 or #{port}, not '${target}'`);
  const same = (name: string, ...values: string[]): boolean => values.includes(text(to[name]) ?? values[0] ?? "");
  const where = ["host", "path", "query", "port", "protocol"].map((name) => to[name]);
  if (
    known(where) &&
    same("host", "#{host}") &&
    same("path", "/#{path}") &&
    same("query", "#{query}") &&
    same("port", "#{port}", String(port ?? "#{port}")) &&
    same("protocol", "#{protocol}", protocol ?? "#{protocol}")
  )
    throw new AwsError(ACTION, "The redirect configuration is not valid because it creates a loop.");
}
