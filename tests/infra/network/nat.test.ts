import assert from "node:assert/strict";
import type { NatMode } from "../../../infra/network/nat";
import { AZS, lines, resourcesOf, typed } from "./vpc-resources";

describe("Nat", () => {
  const EDGE = "main-edge main-edge-id main-id null";
  const GATEWAYS: Record<NatMode, (zones: string[]) => { nats: string[]; eips: string[]; routes: string[] }> = {
    "per-az": (zones) => ({
      nats: zones.map((zone) => `main-nat-${zone} null main-edge-${zone}-id main-nat-${zone}-allocation`),
      eips: zones.map((zone) => `main-nat-${zone} vpc`),
      routes: zones.map((zone) => `main-nat-${zone} main-proxy-${zone}-id null main-nat-${zone}-id`),
    }),
    single: (zones) => ({
      nats: ["main-nat-apne1-az1 null main-edge-apne1-az1-id main-nat-apne1-az1-allocation"],
      eips: ["main-nat-apne1-az1 vpc"],
      routes: zones.map((zone) => `main-nat-${zone} main-proxy-${zone}-id null main-nat-apne1-az1-id`),
    }),
    regional: (zones) => ({
      nats: ["main-nat-regional regional null null"],
      eips: [],
      routes: zones.map((zone) => `main-nat-${zone} main-proxy-${zone}-id null main-nat-regional-id`),
    }),
  };

  for (const nat of ["per-az", "single", "regional"] as const) {
    for (const zones of [2, 3]) {
      it(`gives edge the only way in and proxy the only way out: ${nat}, ${zones} zones (M1, M5)`, async () => {
        const made = await resourcesOf({ nat, azs: AZS.slice(0, zones) });
        const expected = GATEWAYS[nat](AZS.slice(0, zones).map(({ id }) => id));
        assert.deepEqual(lines(made, "NatGateway", "availabilityMode", "subnetId", "allocationId"), expected.nats);
        assert.deepEqual(lines(made, "Eip", "domain"), expected.eips);
        assert.deepEqual(lines(made, "Route", "routeTableId", "gatewayId", "natGatewayId"), [EDGE, ...expected.routes]);
        assert.ok(typed(made, "Route").every(({ inputs }) => inputs["destinationCidrBlock"] === "0.0.0.0/0"));
      });
    }
  }

  it("has its gateways after the way to the internet, else AWS fails them", async () => {
    for (const nat of ["per-az", "regional"] as const) {
      const gateways = typed(await resourcesOf({ nat }), "NatGateway");
      assert.deepEqual(
        gateways.map(({ parent, dependencies }) => [
          parent,
          dependencies.includes("aws:ec2/internetGateway:InternetGateway main"),
        ]),
        gateways.map(() => ["dejima:network:Nat main-nat", true]),
      );
    }
  });
});
