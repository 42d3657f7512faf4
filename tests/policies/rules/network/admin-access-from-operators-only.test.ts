import assert from "node:assert/strict";
import { adminAccessFromOperatorsOnly } from "../../../../policies/rules/network/admin-access-from-operators-only";
import { BadConfiguration } from "../../../../policies/rules/settings";
import { balancer, edgeStack, group, type Made } from "../../edge-stack";
import { findingsOf, Stack } from "../../stack";
import { describePlanted } from "../planted";

const office = "203.0.112.0/24";
const operators = { operators: [office] };

interface Access {
  readonly from?: string;
  readonly role?: string;
  readonly port?: number;
  readonly targetPort?: number;
  /** With a public address of its own, and no load balancer. */
  readonly straight?: boolean;
}

/** A machine with SSH behind a load balancer, or at a public address. */
const plant =
  ({ from = office, role = "bastion", port = 22, targetPort = port, straight = false }: Access = {}) =>
  ({ stack, vpc, edge, inside }: Made): void => {
    const rule = (number: number) => ({
      protocol: "tcp",
      fromPort: number,
      toPort: number,
      cidrBlocks: [from, "10.0.0.0/16"],
    });
    const rules = { ingress: [rule(port), ...(targetPort === port ? [] : [rule(targetPort)])] };
    const all = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }];
    const ssh = group(stack, vpc, "ssh", { ...rules, egress: all });
    const machine = stack.add("aws:ec2/instance:Instance", "login", {
      subnetId: inside.id,
      vpcSecurityGroupIds: [ssh.id],
      associatePublicIpAddress: straight,
      tags: { Role: role },
    });
    if (!straight) balancer(stack, "login", edge, ssh, vpc, machine, port, targetPort);
  };

const communications = (from: string, to: string) => ({
  outsiders: { office: [office] },
  rows: [{ from, to, protocol: "tcp", ports: [22] }],
});

describe("admin-access-from-operators-only (M12)", () => {
  describePlanted(adminAccessFromOperatorsOnly, {
    "nothing is administered from the internet": { stack: () => edgeStack(), answer: "proved" },
    "operators reach a bastion through a load balancer": {
      stack: () => edgeStack({ plant: plant() }),
      config: operators,
      answer: "proved",
    },
    "operators are the outsiders that the matrix lets in": {
      stack: () => edgeStack({ plant: plant() }),
      config: { communications: communications("office", "bastion") },
      answer: "proved",
    },
    "nobody says who operators are": {
      stack: () => edgeStack({ plant: plant() }),
      answer: "violated",
      words: /^not only operators reach instance-login from the internet by tcp\/22:\nthe internet → /u,
    },
    "the whole internet reaches the bastion": {
      stack: () => edgeStack({ plant: plant({ from: "0.0.0.0/0" }) }),
      config: operators,
      answer: "violated",
      words:
        /not only operators reach instance-login from the internet by tcp\/22:\n.*\(from 0\.0\.0\.0\/0, 10\.0\.0\.0\/16\).*\nFix: let in/u,
    },
    "more than the operators reach the bastion at its own address": {
      stack: () => edgeStack({ plant: plant({ from: "203.0.0.0/16", straight: true }) }),
      config: operators,
      answer: "violated",
    },
    "operators reach a machine that is no bastion": {
      stack: () => edgeStack({ plant: plant({ role: "web" }) }),
      config: operators,
      answer: "violated",
      words: /operators reach instance-login, which is no bastion, from the internet by tcp\/22/u,
    },
    "a bastion by the settings": {
      stack: () => edgeStack({ plant: plant({ role: "web" }) }),
      config: { ...operators, bastions: ["login"] },
      answer: "proved",
    },
    "SSH that a load balancer offers at another port": {
      stack: () => edgeStack({ plant: plant({ from: "0.0.0.0/0", port: 2222, targetPort: 22 }) }),
      config: operators,
      answer: "violated",
      words: /not only operators reach instance-login from the internet by tcp\/2222/u,
    },
    "a database at a public address": {
      stack: () => edgeStack({ database: { publiclyAccessible: true } }),
      config: operators,
      answer: "violated",
      words: /not only operators reach instance-main from the internet by tcp\/5432/u,
    },
    "a stack without a network": { stack: () => new Stack(), answer: "notApplicable" },
  });

  it("takes no part of the internet for the operators' addresses", () => {
    const judge = (operator: string) =>
      findingsOf(adminAccessFromOperatorsOnly, edgeStack().resources(true), { operators: [operator] });
    for (const wrong of ["0.0.0.0/0", "::/0", "0.0.0.0/1", "office"])
      assert.throws(() => judge(wrong), BadConfiguration, wrong);
    assert.ok(judge("2001:db8::/32").every(({ verdict }) => verdict.kind === "proved"));
  });
});
