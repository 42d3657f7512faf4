import assert from "node:assert/strict";
import fc from "fast-check";
import { blocks } from "../../../policies/reachability/addresses";
import type { Estimate } from "../../../policies/reachability/estimate";
import { type End, flow } from "../../../policies/reachability/flow";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { type Network, readNetwork } from "../../../policies/reachability/network";
import type { Resource } from "../../../policies/reachability/resources";
import { Traffic } from "../../../policies/reachability/traffic";
import { hideOne, places, withoutDependencies } from "../hidden-values";
import { Stack } from "../stack";
import { randomNetwork } from "./random-network";

function end(network: Network, name: string): End {
  if (name === "internet") return "internet";
  const party = network.parties.find(({ resource }) => resource.name === name);
  assert.ok(party, name);
  return party;
}

const questions = [
  ["machine-0", "internet"],
  ["machine-1", "internet"],
  ["internet", "machine-0"],
  ["machine-0", "machine-1"],
  ["machine-1", "machine-2"],
] as const;

function answers(resources: readonly Resource[]): readonly Estimate[] {
  const network = readNetwork(resources);
  return questions.flatMap(([from, to]) => {
    const { request, connection } = flow(network, end(network, from), end(network, to));
    return [request, connection];
  });
}

describe("flow (M4)", () => {
  it("is certain when all values are known", () => {
    fc.assert(
      fc.property(randomNetwork, (stack) => {
        for (const { must, may } of answers(stack.resources(true))) assert.ok(may.isSubsetOf(must));
      }),
      { numRuns: 40 },
    );
  });

  it("answers the same on the first preview, ids unknown, or leaves it open", () => {
    fc.assert(
      fc.property(randomNetwork, (stack) => {
        const truth = answers(stack.resources(true));
        answers(stack.resources(false)).forEach(({ must, may }, at) => {
          const known = truth[at];
          assert.ok(known !== undefined && must.isSubsetOf(known.may) && known.must.isSubsetOf(may));
        });
      }),
      { numRuns: 40 },
    );
  });

  it("never turns a certain answer into the opposite one, whichever value is unknown", () => {
    fc.assert(
      fc.property(randomNetwork, fc.boolean(), fc.nat(), (stack, dependencies, dice) => {
        const known = stack.resources(true);
        const truth = answers(known);
        const shown = dependencies ? known : withoutDependencies(known);
        const all = shown.flatMap(({ props }, at) => places(props).map((path) => ({ at, path })));
        // Each place in turn over many networks; a few in each, so that it stays quick.
        for (const { at, path } of all.filter((_, place) => place % 12 === dice % 12)) {
          answers(hideOne(shown, at, path)).forEach(({ must, may }, question) => {
            const real = truth[question];
            const where = `${shown[at]?.urn ?? ""} ${path.join(".")}, question ${question}`;
            assert.ok(real !== undefined && must.isSubsetOf(real.may), `sure of too much: ${where}`);
            assert.ok(real.must.isSubsetOf(may), `excludes what is: ${where}`);
          });
        }
      }),
      { numRuns: 60 },
    );
  }).timeout(120_000);

  describe("between two machines of a VPC", () => {
    const two = (ingress: object, acl?: readonly object[]) => {
      const stack = new Stack();
      const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
      const made = ["a", "b"].map((name, at) => {
        const subnet = stack.add("aws:ec2/subnet:Subnet", name, { vpcId: vpc.id, cidrBlock: `10.0.${at}.0/24` });
        const rules = name === "b" ? { ingress: [ingress as never] } : { egress: [everywhere as never] };
        const group = stack.add("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: vpc.id, ...rules });
        stack.add("aws:ec2/instance:Instance", name, { subnetId: subnet.id, vpcSecurityGroupIds: [group.id] });
        return subnet;
      });
      const [first] = made;
      if (acl !== undefined && first !== undefined)
        stack.add("aws:ec2/networkAcl:NetworkAcl", "a", {
          vpcId: vpc.id,
          subnetIds: [first.id],
          egress: [{ ...aclEverywhere, ruleNo: 100, action: "allow" }],
          ingress: acl as never,
        });
      const network = readNetwork(stack.resources(true));
      return flow(network, end(network, "a"), end(network, "b"));
    };
    const everywhere = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
    const aclEverywhere = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" };
    const ssh = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/24"] };
    const expected = Traffic.where({
      source: blocks("10.0.0.0/24"),
      destination: blocks("10.0.1.0/24"),
      protocol: IntervalSet.range(6, 6),
      ports: IntervalSet.range(22, 22),
    });

    it("is what both groups let through; the reply isn't asked again", () => {
      const { request, connection } = two(ssh);
      for (const { must, may } of [request, connection])
        assert.ok(must.isSubsetOf(expected) && expected.isSubsetOf(must) && may.isSubsetOf(must));
    });

    it("has no connection where the ACL of the asking side stops the replies", () => {
      const { request, connection } = two(ssh, []);
      assert.ok(expected.isSubsetOf(request.must));
      assert.ok(connection.may.isEmpty);
    });

    it("keeps of a connection the source ports to which replies come back", () => {
      const high = { ...aclEverywhere, protocol: "tcp", fromPort: 1024, toPort: 65535, ruleNo: 100, action: "allow" };
      const { connection } = two(ssh, [high]);
      const kept = expected.intersect(Traffic.where({ sourcePorts: IntervalSet.range(1024, 65535) }));
      assert.ok(connection.must.isSubsetOf(kept) && kept.isSubsetOf(connection.may));
    });
  });

  it("has nothing from the internet to itself: that isn't the stack's", () => {
    assert.ok(flow(readNetwork([]), "internet", "internet").request.may.isEmpty);
  });
});
