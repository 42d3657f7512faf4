import assert from "node:assert/strict";
import { balancerPorts, clientAddressKept } from "../../../policies/reachability/axioms";
import { balancersOf } from "../../../policies/reachability/balancers";
import { readNetwork } from "../../../policies/reachability/network";
import { UNKNOWN } from "../../../policies/reachability/resources";
import { poolOf } from "../../../policies/reachability/target-groups";
import { balanced } from "./balanced-stack";

function pool(type: "network" | "application", props: Readonly<Record<string, unknown>>) {
  const resources = balanced(type)
    .stack.resources(true)
    .map((each) =>
      each.name === "servers"
        ? { ...each, props: { ...each.props, ...props } as typeof each.props, propertyDependencies: {} }
        : each,
    );
  const network = readNetwork(resources);
  const group = resources.find(({ name }) => name === "servers");
  const [balancer] = balancersOf(network);
  assert.ok(group && balancer);
  return poolOf(network, group, balancer);
}

describe("a target group (M2)", () => {
  const kept = [
    ["instance", "TCP", undefined, "yes"],
    ["instance", "TLS", undefined, "yes"],
    ["instance", "TCP", "false", "no"],
    ["instance", "UDP", "false", "yes"],
    ["ip", "TCP", undefined, "no"],
    ["ip", "TLS", undefined, "no"],
    ["ip", "TCP", "true", "yes"],
    ["ip", "UDP", undefined, "yes"],
    ["ip", "TCP_UDP", undefined, "yes"],
    ["alb", "TCP", undefined, "yes"],
    [UNKNOWN, "TCP", undefined, "perhaps"],
    ["ip", UNKNOWN, undefined, "perhaps"],
    ["ip", "TCP", UNKNOWN, "perhaps"],
  ] as const;
  for (const [targetType, protocol, preserveClientIp, expected] of kept) {
    const name = [targetType, protocol, preserveClientIp ?? "by default"].map(String).join(", ");
    it(`keeps the client's address (axiom: clientAddressKept): ${name}: ${expected}`, () => {
      assert.equal(pool("network", { targetType, protocol, preserveClientIp }).keepsClient, expected);
      assert.equal(pool("application", { targetType, protocol, preserveClientIp }).keepsClient, "no");
    });
  }

  it("clientAddressKept: of datagrams and to ALBs always, of instances by default", () => {
    assert.deepEqual([...clientAddressKept.always.protocols], ["UDP", "TCP_UDP", "QUIC", "TCP_QUIC"]);
    assert.deepEqual(
      [[...clientAddressKept.always.targetTypes], [...clientAddressKept.byDefault]],
      [["alb"], ["instance"]],
    );
  });

  it("balancerPorts: ephemeral ones", () => {
    assert.ok(balancerPorts.has(1024n) && balancerPorts.has(65535n) && !balancerPorts.has(1023n));
  });

  it("crosses zones as it says, else as its balancer does", () => {
    const crossed = (type: "network" | "application", loadBalancingCrossZoneEnabled: unknown) =>
      pool(type, { loadBalancingCrossZoneEnabled }).crossZone;
    assert.deepEqual(
      [undefined, "use_load_balancer_configuration", "true", "false", UNKNOWN].map((each) => crossed("network", each)),
      ["no", "no", "yes", "no", "perhaps"],
    );
    assert.deepEqual(
      [undefined, "false"].map((each) => crossed("application", each)),
      ["yes", "no"],
    );
  });

  it("is checked at the traffic's port unless it says another", () => {
    const checks = [undefined, { port: "traffic-port" }, { port: "9000" }, UNKNOWN];
    assert.deepEqual(
      checks.map((healthCheck) => pool("network", { healthCheck }).checkPort),
      ["traffic-port", "traffic-port", "9000", UNKNOWN],
    );
  });

  it("of functions has no targets in the network, and answers", () => {
    const { isPlaceless, targets } = pool("application", { targetType: "lambda" });
    assert.deepEqual([isPlaceless, targets], ["yes", []]);
  });
});
