import assert from "node:assert/strict";
import { type Declaration, declarationSchema } from "../../../policies/communications/declaration";
import { partiesOf } from "../../../policies/communications/parties";
import { readBareList } from "../../../policies/stack-source/bare-list";
import { readNetwork } from "../../../policies/reachability/network";
import { smallNetwork } from "../small-network";

const endpoint = (name: string, service: string, more: Record<string, unknown> = {}) => ({
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  name,
  id: `vpce-${name}`,
  urn: `urn:pulumi:test::small::aws:ec2/vpcEndpoint:VpcEndpoint::${name}`,
  props: { vpcId: "vpc-1", serviceName: service, ...more },
});

const network = readNetwork(
  readBareList([
    ...smallNetwork,
    endpoint("files", "com.amazonaws.eu-west-1.s3"),
    endpoint("images", "cn.com.amazonaws.cn-north-1.ecr.dkr", { vpcEndpointType: "Interface" }),
    endpoint("keys", "com.amazonaws.eu-west-1.kms", { vpcEndpointType: "Interface", tags: { Role: "vault" } }),
    endpoint("theirs", "com.amazonaws.vpce.eu-west-1.vpce-svc-1", { vpcEndpointType: "Interface" }),
  ]),
);

function partiesWith(more: Partial<Declaration> = {}) {
  const row = { from: "web", to: "database", protocol: "tcp", ports: [1] };
  return partiesOf(network, declarationSchema.parse({ rows: [row], ...more }));
}

function membersOf(name: string, more: Partial<Declaration> = {}): readonly string[] {
  const found = partiesWith(more).named(name);
  assert.ok(found.kind === "members");
  return found.urns.map((urn) => urn.split("::").slice(3).join("::"));
}

describe("who is who in a declared matrix (M4)", () => {
  it("tells by the tag Role", () => {
    assert.deepEqual(membersOf("worker"), ["worker-a", "worker-b"]);
    assert.deepEqual(membersOf("nobody"), []);
    const urn = network.parties.find(({ resource: { name } }) => name === "store")?.resource.urn ?? "";
    assert.equal(partiesWith().nameOf(urn), "database");
  });

  it("tells by the declaration first: ids, names and URNs", () => {
    const parties = { front: ["i-web"], back: ["store"], hands: ["urn:pulumi:test::small::*::worker-*"] };
    assert.deepEqual(membersOf("front", { parties }), ["web"]);
    assert.deepEqual(membersOf("back", { parties }), ["store"]);
    assert.deepEqual(membersOf("hands", { parties }), ["worker-a", "worker-b"]);
    assert.deepEqual(membersOf("worker", { parties }), []);
  });

  it("tells endpoints by their service where no tag does, in every partition", () => {
    assert.deepEqual(membersOf("ecr.dkr"), ["images"]);
    assert.deepEqual(membersOf("vault"), ["keys"]);
    assert.deepEqual(membersOf("kms"), []);
    const found = partiesWith().named("s3");
    assert.ok(found.kind === "gateway");
    assert.deepEqual(
      found.endpoints.map(({ name }) => name),
      ["files"],
    );
    const theirs = network.parties.find(({ resource: { name } }) => name === "theirs")?.resource.urn ?? "";
    assert.equal(partiesWith().nameOf(theirs), undefined);
  });

  it("takes outsiders by their blocks, the internet's without being told", () => {
    const outsiders = { office: ["198.51.100.0/24", "10.9.0.0/16"] };
    assert.deepEqual(partiesWith({ outsiders }).named("office"), { kind: "outsider", blocks: outsiders.office });
    assert.deepEqual(partiesWith().named("internet"), { kind: "outsider", blocks: ["0.0.0.0/0", "::/0"] });
    const ipv4 = { internet: ["0.0.0.0/0"] };
    assert.deepEqual(partiesWith({ outsiders: ipv4 }).named("internet"), { kind: "outsider", blocks: ["0.0.0.0/0"] });
  });
});
