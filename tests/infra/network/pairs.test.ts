import assert from "node:assert/strict";
import type { Row } from "../../../infra/communications";
import { expand } from "../../../infra/network/pairs";

const row: Row = { from: "web", to: "relay", protocol: "tcp", ports: [587], purpose: "mail", survives: "automatic" };
const shared = { protocol: "tcp", port: 587 } as const;

describe("expanding a row", () => {
  it("gives a pair a port where nothing stands between", () => {
    assert.deepEqual(expand([{ ...row, ports: [465, 587] }]), [
      { from: "web", to: "relay", protocol: "tcp", port: 465, kind: "direct", purpose: "mail" },
      { from: "web", to: "relay", protocol: "tcp", port: 587, kind: "direct", purpose: "mail" },
    ]);
  });

  it("gives both halves and the health check behind an NLB, whose targets see the client", () => {
    assert.deepEqual(expand([{ ...row, via: "internal-mail-nlb" }]), [
      { from: "web", to: "internal-mail-nlb", ...shared, kind: "to-balancer", purpose: "mail" },
      { from: "internal-mail-nlb", to: "relay", ...shared, kind: "to-target", purpose: "mail", client: "web" },
      {
        from: "internal-mail-nlb",
        to: "relay",
        ...shared,
        kind: "health-check",
        purpose: "internal-mail-nlb probes its targets",
      },
    ]);
  });

  it("hides the client behind an ALB", () => {
    const pairs = expand([{ ...row, via: "web-alb" }]);
    assert.deepEqual(
      pairs.map(({ kind, client }) => ({ kind, client })),
      ["to-balancer", "to-target", "health-check"].map((kind) => ({ kind, client: undefined })),
    );
  });
});
