import { clientAddressKept } from "./axioms";
import type { Balancer } from "./balancers";
import { type Certainty, certaintyOf } from "./certainty";
import type { Family } from "./interface-addresses";
import type { Network } from "./network";
import type { CheckPort, Pool } from "./pools";
import { field, given, label, type Resource, UNKNOWN } from "./resources";
import { targetsOfGroup } from "./group-targets";

/** A target group as a balancer uses it. */
export function poolOf(network: Network, group: Resource, balancer: Balancer): Pool {
  const type = typeOf(group);
  return {
    key: group.urn,
    label: `target group ${label(group)}`,
    port: given(group, "port") ?? UNKNOWN,
    keepsClient: keepsClient(group, balancer),
    family: familyOf(group),
    crossZone: crossZoneOf(group, balancer),
    checkPort: checkPortOf(group),
    isPlaceless: type === UNKNOWN ? "perhaps" : certaintyOf(type === "lambda"),
    ...(type === "lambda" ? { targets: [], outside: [] } : targetsOfGroup(network, group)),
  };
}

/** Only network load balancers ever keep it: the others make connections of their own. */
function keepsClient(group: Resource, { kind }: Balancer): Certainty {
  if (kind !== "network") return kind === undefined ? "perhaps" : "no";
  const type = typeOf(group);
  const protocol = given(group, "protocol");
  if (type === UNKNOWN || (protocol === UNKNOWN && type === "ip")) return "perhaps";
  const isDatagram = typeof protocol === "string" && clientAddressKept.always.protocols.has(protocol);
  if (isDatagram || clientAddressKept.always.targetTypes.has(type)) return "yes";
  const chosen = given(group, "preserveClientIp");
  // Of datagrams it can't be turned off.
  if (chosen === UNKNOWN || (protocol === UNKNOWN && chosen !== undefined)) return "perhaps";
  return chosen === undefined ? certaintyOf(clientAddressKept.byDefault.has(type)) : certaintyOf(chosen);
}

function familyOf(group: Resource): Family | undefined {
  const type = given(group, "ipAddressType") ?? "ipv4";
  return type === UNKNOWN ? undefined : type === "ipv6" ? "ipv6" : "ipv4";
}

function crossZoneOf(group: Resource, { crossZone }: Balancer): Certainty {
  const chosen = given(group, "loadBalancingCrossZoneEnabled");
  if (chosen === UNKNOWN) return "perhaps";
  return chosen === undefined || chosen === "use_load_balancer_configuration" ? crossZone : certaintyOf(chosen);
}

function checkPortOf(group: Resource): CheckPort {
  const check = given(group, "healthCheck");
  return check === UNKNOWN ? UNKNOWN : (field(check, "port") ?? "traffic-port");
}

function typeOf(group: Resource): string | typeof UNKNOWN {
  const type = given(group, "targetType") ?? "instance";
  return typeof type === "string" ? type : UNKNOWN;
}
