import { z } from "zod";
import { isExactly, type Links, mayBe, vpcTypes } from "../../reachability/links";
import { given, label, type Resource, UNKNOWN } from "../../reachability/resources";
import { bad, type Check, findingOf, good, pending } from "../check";
import type { Rule } from "../rule";

const settings = {
  traffic: z
    .enum(["REJECT", "ALL"])
    .default("REJECT")
    .describe('What has to be logged at least: "REJECT" for what the firewalls refuse, "ALL" for what they admit too.'),
};

export const flowLogs: Rule<typeof settings> = {
  id: "flow-logs",
  title: "VPCs log their flows",
  proves: "Proves that every VPC of the stack has a flow log of its own that keeps at least what the firewalls refuse.",
  why: "Without flow logs nobody sees who tried what, and after a break-in nobody can tell what went where.",
  sources: ["https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html"],
  fix: "Add an aws.ec2.FlowLog with the vpcId of the VPC.",
  enforcementLevel: "mandatory",
  severity: "medium",
  controls: [
    { framework: "AWS Foundational Security Best Practices", id: "EC2.6" },
    { framework: "CIS AWS Foundations Benchmark v3.0.0", id: "3.7" },
  ],
  tags: ["network", "logs"],
  settings,
  defers: true,
  notApplicable: "The stack has no VPC.",
  judge: ({ links }, { traffic }) =>
    links
      .ofTypes(...vpcTypes)
      .map((vpc) =>
        findingOf(vpc, `it can't be told whether VPC ${label(vpc)} logs its flows`, [checkOf(links, vpc, traffic)]),
      ),
};

function checkOf(links: Links, vpc: Resource, traffic: "REJECT" | "ALL"): Check {
  const wanted = traffic === "ALL" ? ["ALL"] : ["ALL", "REJECT"];
  const logs = links.ofTypes("aws:ec2/flowLog:FlowLog").map((log) => {
    const link = links.follow(log, "vpcId", ...vpcTypes);
    const kind = given(log, "trafficType");
    return { log, link, kind, enough: wanted.some((each) => each === kind) };
  });
  if (logs.some(({ link, enough }) => enough && isExactly(link, vpc))) return good;
  const perhaps = logs.find(({ link, kind, enough }) => mayBe(link, vpc) && (enough || kind === UNKNOWN));
  if (perhaps !== undefined) {
    const { log, kind } = perhaps;
    return pending(kind === UNKNOWN ? `what flow log ${label(log)} keeps` : `which VPC flow log ${label(log)} is of`);
  }
  const less = logs.find(({ link }) => isExactly(link, vpc));
  return less === undefined
    ? bad(`VPC ${label(vpc)} has no flow log in this stack`, "add an aws.ec2.FlowLog with its vpcId")
    : bad(
        `flow log ${label(less.log)} of VPC ${label(vpc)} keeps ${JSON.stringify(less.kind) ?? "nothing"} only, not ${traffic}`,
        `set trafficType: "${traffic === "ALL" ? "ALL" : "REJECT"}"`,
      );
}
