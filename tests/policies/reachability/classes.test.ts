import assert from "node:assert/strict";
import fc from "fast-check";
import { answer } from "../../../policies/reachability/answer";
import { classesOf, classNumbers, type PartyClass } from "../../../policies/reachability/classes";
import { type Network, readNetwork } from "../../../policies/reachability/network";
import type { Party } from "../../../policies/reachability/parties";
import type { Query } from "../../../policies/reachability/query";
import type { Resource } from "../../../policies/reachability/resources";
import { randomNetwork } from "./random-network";

const host = fc.integer({ min: 4, max: 250 });
const cut = fc.record({
  group: fc.nat(1),
  type: fc.constantFrom("ingress", "egress"),
  block: fc.constantFrom("10.0.0.128/25", "10.0.1.64/26", "10.1.0.0/25", "10.0.0.7/32", "52.0.0.128/25"),
  port: fc.constantFrom(22, 443),
});
/** More machines beside each of a random network's, with addresses of their own, and rules that cut through subnets. */
const crowded = fc
  .record({
    stack: randomNetwork,
    hosts: fc.uniqueArray(host, { minLength: 6, maxLength: 9 }),
    elastic: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
    targets: fc.array(fc.nat(8), { maxLength: 2 }),
    cuts: fc.array(cut, { maxLength: 3 }),
  })
  .map(({ stack, hosts, elastic, targets, cuts }): Network => {
    const resources = stack.resources(true);
    const of = (type: string) => resources.filter((each) => each.type === type);
    const machines = of("aws:ec2/instance:Instance");
    const blocks = ["10.0.0", "10.0.1", "10.1.0"];
    const more = hosts.flatMap((address, at): Resource[] => {
      const machine = machines[at % 3];
      if (machine === undefined) return [];
      const id = `i-more-${at}`;
      const props = { ...machine.props, id, privateIp: `${blocks[at % 3] ?? ""}.${address}` };
      const eip = { type: "aws:ec2/eip:Eip", name: id, urn: `eip ${id}`, propertyDependencies: {} };
      return [
        { ...machine, name: id, urn: `urn ${id}`, props },
        ...(elastic[at] === true ? [{ ...eip, props: { instance: id, publicIp: `52.0.0.${address}` } }] : []),
        ...(targets.includes(at) ? [attachmentOf(id)] : []),
      ];
    });
    const rules = cuts.map(({ group, type, block, port }, at): Resource => {
      const securityGroupId = of("aws:ec2/securityGroup:SecurityGroup")[group]?.props.id;
      const props: Resource["props"] = {
        type,
        securityGroupId,
        protocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrBlocks: [block],
      };
      const rule = { type: "aws:ec2/securityGroupRule:SecurityGroupRule", name: `cut-${at}`, urn: `cut ${at}` };
      return { ...rule, props, propertyDependencies: {} };
    });
    return readNetwork([...resources, ...more, ...rules]);
  });

function attachmentOf(targetId: string): Resource {
  const type = "aws:lb/targetGroupAttachment:TargetGroupAttachment";
  const props = { targetGroupArn: "arn:aws:elasticloadbalancing:x", targetId, port: 443 };
  return { type, name: targetId, urn: `attachment ${targetId}`, props, propertyDependencies: {} };
}

const questions: readonly Pick<Query, "protocol" | "dstPort">[] = [
  { protocol: "tcp", dstPort: 22 },
  { protocol: "tcp", dstPort: 443 },
  { protocol: "udp" },
  { protocol: "any" },
];

type End = Party | "internet";

function verdicts(network: Network, from: End, to: End): string {
  const end = (party: End): Query["from"] =>
    party === "internet" ? { kind: "internet" } : { kind: "party", urn: party.resource.urn };
  return questions
    .map((question) => answer(network, { ...question, from: end(from), to: end(to) }))
    .map(({ request, connection }) => `${request} ${connection}`)
    .join("; ");
}

describe("classes of parties", function () {
  this.timeout(120_000);

  it("hold for every two members what holds for any two (M4)", () => {
    fc.assert(
      fc.property(crowded, (network) => {
        const numbers = classNumbers(network);
        const found = new Map<string, string>();
        const name = (end: End) => (end === "internet" ? end : String(numbers.get(end.resource.urn)));
        const ends: readonly End[] = ["internet", ...network.parties];
        for (const from of ends) {
          for (const to of ends) {
            if (from === to) continue;
            const key = `${name(from)} to ${name(to)}`;
            const own = verdicts(network, from, to);
            const known = found.get(key);
            if (known === undefined) found.set(key, own);
            else assert.equal(own, known, key);
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  it("put machines of a subnet and of equal groups into one, whatever their addresses", () => {
    const classes = classesOf(networkOf([]));
    assert.deepEqual(namesIn(classes), [["a", "b", "c"]]);
  });

  it("are split where a rule's block cuts through the subnet", () => {
    const classes = classesOf(networkOf(["10.0.0.0/30", "10.0.0.128/25"]));
    assert.deepEqual(namesIn(classes), [["a", "b"], ["c"]]);
  });

  it("are split by an address of its own in a rule", () => {
    assert.deepEqual(namesIn(classesOf(networkOf(["10.0.0.10/32"]))), [["a"], ["b", "c"]]);
  });

  it("are split by elastic addresses and by target groups", () => {
    const eip = { type: "aws:ec2/eip:Eip", name: "b", urn: "eip", props: { instance: "i-b", publicIp: "52.0.0.1" } };
    const network = networkOf([], [{ ...eip, propertyDependencies: {} }, attachmentOf("i-c")]);
    assert.deepEqual(namesIn(classesOf(network)), [["a"], ["b"], ["c"]]);
  });
});

function namesIn(classes: readonly PartyClass[]): readonly (readonly string[])[] {
  return classes.map(({ members }) => members.map(({ resource }) => resource.name));
}

/** Machines at 10.0.0.10, .20 and .200 in one subnet, with a group whose rules let the blocks in. */
function networkOf(cidrBlocks: readonly string[], more: readonly Resource[] = []): Network {
  const resource = (type: string, name: string, props: Resource["props"]): Resource => {
    const prefix = type === "aws:ec2/instance:Instance" ? "i" : "x";
    return {
      type,
      name,
      urn: `${type} ${name}`,
      props: { id: `${prefix}-${name}`, ...props },
      propertyDependencies: {},
    };
  };
  const machine = (name: string, privateIp: string) =>
    resource("aws:ec2/instance:Instance", name, { subnetId: "x-s", vpcSecurityGroupIds: ["x-g"], privateIp });
  return readNetwork([
    resource("aws:ec2/vpc:Vpc", "v", { cidrBlock: "10.0.0.0/16" }),
    resource("aws:ec2/subnet:Subnet", "s", { vpcId: "x-v", cidrBlock: "10.0.0.0/24" }),
    resource("aws:ec2/securityGroup:SecurityGroup", "g", {
      vpcId: "x-v",
      ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks }],
    }),
    machine("a", "10.0.0.10"),
    machine("b", "10.0.0.20"),
    machine("c", "10.0.0.200"),
    ...more,
  ]);
}
