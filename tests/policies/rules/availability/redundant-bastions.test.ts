import { redundantBastions } from "../../../../policies/rules/availability/redundant-bastions";
import { type Input, Stack } from "../../stack";
import { describePlanted } from "../planted";

interface Group {
  readonly zones: readonly string[];
  readonly role?: string;
  /** Where the role is said: on the group, or in its launch template for the instances. */
  readonly tagged?: "group" | "template";
  readonly inputs?: Record<string, Input>;
  readonly vpc?: "main" | "other";
}

function network() {
  const stack = new Stack();
  const subnets = Object.fromEntries(
    ["main", "other"].map((name, index) => {
      const vpc = stack.add("aws:ec2/vpc:Vpc", name, { cidrBlock: `10.${index}.0.0/16` });
      const made = ["a", "b", "c"].map((zone, at) => {
        const inputs = { vpcId: vpc.id, cidrBlock: `10.${index}.${at}.0/24`, availabilityZone: zone };
        return [zone, stack.add("aws:ec2/subnet:Subnet", `${name}-${zone}`, inputs).id] as const;
      });
      return [name, Object.fromEntries(made)];
    }),
  );
  const subnet = (vpc: string, zone: string): Input => subnets[vpc]?.[zone] ?? zone;
  return { stack, subnet };
}

const groups =
  (...wanted: readonly Group[]) =>
  () => {
    const { stack, subnet } = network();
    wanted.forEach(({ zones, role = "bastion", tagged = "group", inputs = {}, vpc = "main" }, at) => {
      const inTemplate = tagged === "template";
      const template = stack.add("aws:ec2/launchTemplate:LaunchTemplate", `t-${at}`, {
        imageId: "ami-1",
        ...(inTemplate ? { tagSpecifications: [{ resourceType: "instance", tags: { Role: role } }] } : {}),
      });
      stack.add("aws:autoscaling/group:Group", `ssh-${at}`, {
        minSize: 2,
        launchTemplate: { id: template.id, version: "1" },
        vpcZoneIdentifiers: zones.map((zone) => subnet(vpc, zone)),
        ...(inTemplate ? {} : { tags: [{ key: "Role", value: role, propagateAtLaunch: true }] }),
        ...inputs,
      });
    });
    return stack;
  };

const instances =
  (zones: readonly string[], tags: Record<string, Input> = { Role: "bastion" }) =>
  () => {
    const { stack, subnet } = network();
    zones.forEach((zone, at) => {
      stack.add("aws:ec2/instance:Instance", `ssh-${at}`, { subnetId: subnet("main", zone), tags });
    });
    return stack;
  };

describe("redundant-bastions (M12)", () => {
  describePlanted(redundantBastions, {
    "a group of two over two zones": { stack: groups({ zones: ["a", "b"] }), answer: "proved" },
    "a group of two over two zones, tagged by its template": {
      stack: groups({ zones: ["a", "b"], tagged: "template" }),
      answer: "proved",
    },
    "a group of at least one": {
      stack: groups({ zones: ["a", "b"], inputs: { minSize: 1, desiredCapacity: 2, maxSize: 2 } }),
      answer: "violated",
      words:
        /of the bastions group-ssh-0, 1 in 1 Availability Zones can be counted on, not 2 in 2\ngroup-ssh-0 has minSize 1\nFix: run/,
    },
    "a group of two in one zone": { stack: groups({ zones: ["a"] }), answer: "violated" },
    "a group of one in one zone, tagged by its template": {
      stack: groups({ zones: ["a"], inputs: { minSize: 1 }, tagged: "template" }),
      answer: "violated",
    },
    "a group of one for each zone": {
      stack: groups({ zones: ["a"], inputs: { minSize: 1 } }, { zones: ["b"], inputs: { minSize: 1 } }),
      answer: "proved",
    },
    "two groups of one that may be in one zone": {
      stack: groups({ zones: ["a", "b"], inputs: { minSize: 1 } }, { zones: ["b"], inputs: { minSize: 1 } }),
      answer: "violated",
    },
    "a group of one for each zone, but none always": {
      stack: groups({ zones: ["a"], inputs: { minSize: 1 } }, { zones: ["b"], inputs: { minSize: 0 } }),
      answer: "violated",
    },
    "a group of one for each VPC": {
      stack: groups({ zones: ["a"], inputs: { minSize: 1 } }, { zones: ["b"], inputs: { minSize: 1 }, vpc: "other" }),
      answer: "violated",
    },
    "a group of two for each VPC": {
      stack: groups({ zones: ["a", "b"] }, { zones: ["b", "c"], vpc: "other" }),
      answer: "proved",
    },
    "a group of two over two zones where three are wanted": {
      stack: groups({ zones: ["a", "b", "c"] }),
      answer: "violated",
      config: { instances: 3, zones: 3 },
    },
    "a group that replaces nothing": {
      stack: groups({ zones: ["a", "b"], inputs: { suspendedProcesses: ["AZRebalance", "Launch"] } }),
      answer: "violated",
      words: /group-ssh-0 replaces nothing: its process "Launch" is suspended/,
    },
    "a group that only doesn't move": {
      stack: groups({ zones: ["a", "b"], inputs: { suspendedProcesses: ["AZRebalance"] } }),
      answer: "proved",
    },
    "two instances in two zones": {
      stack: instances(["a", "b"]),
      answer: "violated",
      words: /instance-ssh-0 is an instance of its own, which nothing replaces/,
    },
    "two instances in two zones, which is enough": {
      stack: instances(["a", "b"]),
      answer: "proved",
      config: { selfHealing: false },
    },
    "two instances in one zone": {
      stack: instances(["a", "a"]),
      answer: "violated",
      config: { selfHealing: false },
    },
    "an instance of another tag": {
      stack: instances(["a"], { Purpose: "jump" }),
      answer: "violated",
      config: { roleTag: "Purpose", roles: ["jump"] },
    },
    "an instance that the settings name": {
      stack: instances(["a"], { Owner: "team" }),
      answer: "violated",
      config: { bastions: ["ssh-0"] },
    },
    "a group of no tag that the settings name by its URN": {
      stack: groups({ zones: ["a", "b"], role: "gate" }),
      answer: "proved",
      config: { bastions: ["*Group::ssh-*"] },
    },
    "no bastion": { stack: groups({ zones: ["a"], role: "web" }), answer: "notApplicable" },
  });
});
