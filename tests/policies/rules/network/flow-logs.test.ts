import { flowLogs } from "../../../../policies/rules/network/flow-logs";
import { Stack } from "../../stack";
import { describePlanted } from "../planted";

const vpcs =
  (logs: readonly { readonly of: "main" | "other" | "elsewhere"; readonly trafficType: string }[], both = false) =>
  () => {
    const stack = new Stack();
    const main = stack.add("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
    const other = both ? stack.add("aws:ec2/defaultVpc:DefaultVpc", "other", {}) : undefined;
    logs.forEach(({ of, trafficType }, at) => {
      const vpcId = of === "main" ? main.id : of === "other" && other !== undefined ? other.id : "vpc-elsewhere";
      stack.add("aws:ec2/flowLog:FlowLog", `log-${at}`, { vpcId, trafficType, logDestination: "arn:x" });
    });
    return stack;
  };

describe("flow-logs (M13)", () => {
  describePlanted(flowLogs, {
    "one of everything": { stack: vpcs([{ of: "main", trafficType: "ALL" }]), answer: "proved" },
    "one of what is refused": { stack: vpcs([{ of: "main", trafficType: "REJECT" }]), answer: "proved" },
    "one of what is admitted": {
      stack: vpcs([{ of: "main", trafficType: "ACCEPT" }]),
      answer: "violated",
      words: /flow log flowlog-log-0 of VPC vpc-main keeps "ACCEPT" only, not REJECT\nFix: set trafficType/,
    },
    "what is refused where all is wanted": {
      stack: vpcs([{ of: "main", trafficType: "REJECT" }]),
      answer: "violated",
      config: { traffic: "ALL" },
    },
    "everything where all is wanted": {
      stack: vpcs([{ of: "main", trafficType: "ALL" }]),
      answer: "proved",
      config: { traffic: "ALL" },
    },
    none: { stack: vpcs([]), answer: "violated", words: /VPC vpc-main has no flow log in this stack\nFix: add/ },
    "one of another VPC": {
      stack: vpcs([{ of: "elsewhere", trafficType: "ALL" }]),
      answer: "violated",
    },
    "one for one of two VPCs": {
      stack: vpcs([{ of: "main", trafficType: "ALL" }], true),
      answer: "violated",
      words: /VPC defaultvpc-other has no flow log/,
    },
    "one for each of two VPCs": {
      stack: vpcs(
        [
          { of: "main", trafficType: "ALL" },
          { of: "other", trafficType: "ALL" },
        ],
        true,
      ),
      answer: "proved",
    },
    "no VPC": { stack: () => new Stack(), answer: "notApplicable" },
  });
});
