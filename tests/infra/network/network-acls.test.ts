import assert from "node:assert/strict";
import { firewallOf } from "../../../infra/network/firewall";
import { TIERS } from "../../../infra/network/tiers";
import type { Recorded } from "../mocks";
import { argsOf, childrenOf, lines, resourcesOf, typed } from "./vpc-resources";

describe("NetworkAcls", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await resourcesOf();
  });

  it("is an ACL for each tier, and every subnet in the one of its tier (M1)", () => {
    const tiers = [...TIERS].sort();
    assert.deepEqual(
      lines(resources, "NetworkAcl", "vpcId"),
      tiers.map((tier) => `main-${tier} main-id`),
    );
    assert.deepEqual(
      lines(resources, "NetworkAclAssociation", "networkAclId", "subnetId"),
      tiers.flatMap((tier) =>
        ["apne1-az1", "apne1-az2"].map((zone) => `main-${tier}-${zone} main-${tier}-id main-${tier}-${zone}-id`),
      ),
    );
  });

  it("lets into internal what database and mail store are asked for from the dmz, and nothing out but replies (M1)", () => {
    const rules = typed(resources, "NetworkAclRule").filter(
      ({ inputs }) => inputs["networkAclId"] === "main-internal-id",
    );
    const dmz = "10.0.0.0/18";
    assert.deepEqual(
      lines(rules, "NetworkAclRule", "egress", "ruleAction", "protocol", "cidrBlock", "fromPort", "toPort"),
      [
        `main-internal-in-tcp-2049-from-dmz false allow tcp ${dmz} 2049 2049`,
        `main-internal-in-tcp-5432-from-dmz false allow tcp ${dmz} 5432 5432`,
        `main-internal-out-tcp-1024-65535-to-dmz true allow tcp ${dmz} 1024 65535`,
      ],
    );
  });

  it("has every entry that the matrix asks for, each as a resource of its own under its number, and no other (M4)", () => {
    const { communications, cidrBlock } = argsOf();
    const expected = [...firewallOf(communications, cidrBlock).aclEntries].flatMap(([tier, entries]) =>
      entries.map((entry) => ({
        name: `main-${tier}-${entry.name}`,
        networkAclId: `main-${tier}-id`,
        egress: entry.direction === "out",
        ruleNumber: entry.number,
        ruleAction: entry.action,
        protocol: entry.protocol === "all" ? "-1" : entry.protocol,
        cidrBlock: entry.cidr,
        ...(entry.protocol === "all" ? {} : { fromPort: entry.fromPort, toPort: entry.toPort }),
      })),
    );
    assert.deepEqual(
      typed(resources, "NetworkAclRule").map(({ name, inputs }) => ({ name, ...inputs })),
      expected.sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
    const kinds = childrenOf(resources, "NetworkAcls main").map((child) => child.split(" ")[0]);
    assert.deepEqual([...new Set(kinds)], ["NetworkAcl", "NetworkAclAssociation", "NetworkAclRule"]);
  });
});
