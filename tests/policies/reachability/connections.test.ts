import assert from "node:assert/strict";
import fc from "fast-check";
import { answer, headersOf } from "../../../policies/reachability/answer";
import { blocks } from "../../../policies/reachability/addresses";
import { connectionBetween, connectionsBetween } from "../../../policies/reachability/connections";
import type { Estimate } from "../../../policies/reachability/estimate";
import { IntervalSet } from "../../../policies/reachability/interval-set";
import { readNetwork } from "../../../policies/reachability/network";
import type { Endpoint, Query, Verdict } from "../../../policies/reachability/query";
import { Traffic } from "../../../policies/reachability/traffic";
import { places, hideOne } from "../hidden-values";
import { Stack } from "../stack";
import { randomNetwork } from "./random-network";

const machine = (name: string): Endpoint => ({
  kind: "party",
  urn: `urn:pulumi:test::stack::aws:ec2/instance:Instance::${name}`,
});
const end = fc.constantFrom<Endpoint>(
  { kind: "internet" },
  machine("machine-0"),
  machine("machine-1"),
  machine("machine-2"),
  { kind: "address", address: "10.0.1.77" },
  { kind: "address", address: "52.0.0.1" },
);
const question: fc.Arbitrary<Query> = fc.record({
  from: end,
  to: end,
  protocol: fc.constantFrom("tcp" as const, "udp" as const, "icmp" as const, 47),
  srcPort: fc.constantFrom(1024, 40000, 65535),
  dstPort: fc.constantFrom(22, 443, 5432, 8080),
});

function verdictOn({ must, may }: Estimate, asked: Traffic): Verdict {
  if (!must.intersect(asked).isEmpty) return "reachable";
  return may.intersect(asked).isEmpty ? "blocked" : "undetermined";
}

describe("the connections between two ends (M4)", () => {
  it("are what a question about a single packet is answered with, whatever is unknown", () => {
    fc.assert(
      fc.property(
        randomNetwork,
        fc.array(question, { minLength: 3, maxLength: 3 }),
        fc.option(fc.nat()),
        (stack, questions, dice) => {
          const known = stack.resources(true);
          const all = known.flatMap(({ props }, at) => places(props).map((path) => ({ at, path })));
          const hidden = dice === null ? undefined : all[dice % all.length];
          const network = readNetwork(hidden === undefined ? known : hideOne(known, hidden.at, hidden.path));
          for (const query of questions) {
            const { request, works } = connectionBetween(network, query, Traffic.all);
            const asked = headersOf(query);
            const found = answer(network, query);
            assert.deepEqual(
              [verdictOn(request, asked), verdictOn(works, asked)],
              [found.request, found.connection],
              JSON.stringify(query),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  }).timeout(60_000);

  describe("between two machines of a VPC", () => {
    const everywhere = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
    const aclEverywhere = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" };
    const ssh = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/24"] };
    const two = (acl?: readonly object[]) => {
      const stack = new Stack();
      const vpc = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
      const [first] = ["a", "b"].map((name, at) => {
        const subnet = stack.add("aws:ec2/subnet:Subnet", name, { vpcId: vpc.id, cidrBlock: `10.0.${at}.0/24` });
        const rules = name === "b" ? { ingress: [ssh] } : { egress: [everywhere] };
        const group = stack.add("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: vpc.id, ...rules });
        stack.add("aws:ec2/instance:Instance", name, {
          subnetId: subnet.id,
          vpcSecurityGroupIds: [group.id],
          privateIp: `10.0.${at}.10`,
        });
        return subnet;
      });
      if (acl !== undefined && first !== undefined)
        stack.add("aws:ec2/networkAcl:NetworkAcl", "a", {
          vpcId: vpc.id,
          subnetIds: [first.id],
          egress: [{ ...aclEverywhere, ruleNo: 100, action: "allow" }],
          ingress: acl as never,
        });
      const alternatives = connectionsBetween(
        readNetwork(stack.resources(true)),
        { from: machine("a"), to: machine("b") },
        Traffic.all,
      );
      const [course] = alternatives.flat();
      assert.ok(course);
      return course;
    };
    const expected = Traffic.where({
      source: blocks("10.0.0.10"),
      destination: blocks("10.0.1.10"),
      protocol: IntervalSet.range(6, 6),
      ports: IntervalSet.range(22, 22),
    });

    it("are what both groups let through; the reply isn't asked again", () => {
      const { traffic, works } = two();
      for (const { must, may } of [traffic, works])
        assert.ok(must.isSubsetOf(expected) && expected.isSubsetOf(must) && may.isSubsetOf(must));
    });

    it("don't work where the ACL of the asking side stops the replies", () => {
      const { traffic, works } = two([]);
      assert.ok(expected.isSubsetOf(traffic.must));
      assert.ok(works.may.isEmpty);
    });

    it("work from the source ports to which replies come back", () => {
      const high = { ...aclEverywhere, protocol: "tcp", fromPort: 1024, toPort: 65535, ruleNo: 100, action: "allow" };
      const { works } = two([high]);
      const kept = expected.intersect(Traffic.where({ sourcePorts: IntervalSet.range(1024, 65535) }));
      assert.ok(works.must.isSubsetOf(kept) && kept.isSubsetOf(works.must) && works.may.isSubsetOf(kept));
    });
  });

  it("from the internet to itself aren't the network's", () => {
    const ends = { from: { kind: "internet" }, to: { kind: "internet" } } as const;
    assert.ok(connectionBetween(readNetwork([]), ends, Traffic.all).request.may.isEmpty);
  });
});
