/** What Auto Scaling refuses about a group's own settings. */
import { AwsError } from "../../aws-error";
import type { Props } from "../../model";
import { given, integer, isRecord, records, text, texts } from "../values";

const CODE = "ValidationError";
const LONGEST_KEY = 128;
const MOST_TAGS = 50;
const SHORTEST_LIFETIME = 86400;
const LONGEST_DELAY = 172800;
const WIDEST = 100;
/** Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html */
const HEALTH_CHECKS = ["EC2", "EBS", "ELB", "VPC_LATTICE"];
const TERMINATIONS = [
  ...["AllocationStrategy", "ClosestToNextInstanceHour", "Default", "NewestInstance", "OldestInstance"],
  ...["OldestLaunchConfiguration", "OldestLaunchTemplate"],
];
const PROCESSES = [
  ...["AddToLoadBalancer", "AlarmNotification", "AZRebalance", "HealthCheck", "InstanceRefresh", "Launch"],
  ...["ReplaceUnhealthy", "ScheduledActions", "Terminate"],
];
const METRICS = [
  ...["GroupMinSize", "GroupMaxSize", "GroupDesiredCapacity", "GroupInServiceInstances", "GroupPendingInstances"],
  ...["GroupStandbyInstances", "GroupTerminatingInstances", "GroupTotalInstances", "GroupInServiceCapacity"],
  ...["GroupPendingCapacity", "GroupStandbyCapacity", "GroupTerminatingCapacity", "GroupTotalCapacity"],
  ...["WarmPoolDesiredCapacity", "WarmPoolWarmedCapacity", "WarmPoolPendingCapacity"],
  ...["WarmPoolTerminatingCapacity", "WarmPoolTotalCapacity", "WarmPoolMinSize"],
  ...["GroupAndWarmPoolDesiredCapacity", "GroupAndWarmPoolTotalCapacity"],
];
const SPOT = [...["capacity-optimized", "capacity-optimized-prioritized", "lowest-price", "price-capacity-optimized"]];

function refused(name: string, message: string): AwsError {
  return new AwsError(CODE, message, name);
}

export function refuseSettings(inputs: Props): void {
  refuseBounds(inputs);
  refuseWords(inputs);
  refusePercentages(inputs);
  refuseTags(inputs);
}

function refuseBounds(inputs: Props): void {
  const [low, high, wanted] = [inputs["minSize"], inputs["maxSize"], inputs["desiredCapacity"]].map(integer);
  for (const name of ["minSize", "maxSize", "desiredCapacity"]) {
    const size = integer(inputs[name]);
    if (size !== undefined && size < 0)
      throw refused(name, `Value '${size}' at '${name}' failed to satisfy constraint: at least 0`);
  }
  if (low !== undefined && high !== undefined && low > high)
    throw refused("maxSize", `Max bound, ${high}, must be greater than or equal to min bound, ${low}`);
  if (wanted !== undefined && ((low !== undefined && wanted < low) || (high !== undefined && wanted > high)))
    throw refused(
      "desiredCapacity",
      `Desired capacity:${wanted} must be between the specified min size:${low ?? ""} and max size:${high ?? ""}`,
    );
  const lifetime = integer(inputs["maxInstanceLifetime"]);
  if (lifetime !== undefined && lifetime !== 0 && lifetime < SHORTEST_LIFETIME)
    throw refused("maxInstanceLifetime", `MaxInstanceLifetime must be 0 or at least ${SHORTEST_LIFETIME} seconds`);
}

function refuseWords(inputs: Props): void {
  const wrong = (name: string, value: string): AwsError => refused(name, `'${value}' is not a valid value of ${name}`);
  const checks = (text(inputs["healthCheckType"]) ?? "EC2").split(",");
  const check = checks.find((one) => !HEALTH_CHECKS.includes(one.trim()));
  if (check !== undefined) throw wrong("healthCheckType", check);
  const policy = texts(inputs["terminationPolicies"]).find(
    (one) => !TERMINATIONS.includes(one) && !one.startsWith("arn:"),
  );
  if (policy !== undefined) throw wrong("terminationPolicies", policy);
  const process = texts(inputs["suspendedProcesses"]).find((one) => !PROCESSES.includes(one));
  if (process !== undefined) throw wrong("suspendedProcesses", process);
  const metric = texts(inputs["enabledMetrics"]).find((one) => !METRICS.includes(one));
  if (metric !== undefined) throw wrong("enabledMetrics", metric);
  const granularity = text(inputs["metricsGranularity"]) ?? "1Minute";
  if (granularity !== "1Minute") throw wrong("metricsGranularity", granularity);
  const mixture = inputs["mixedInstancesPolicy"];
  const distribution = isRecord(mixture) ? mixture["instancesDistribution"] : undefined;
  if (!isRecord(distribution)) return;
  const [spot, demand] = [
    text(distribution["spotAllocationStrategy"]),
    text(distribution["onDemandAllocationStrategy"]),
  ];
  if (spot !== undefined && !SPOT.includes(spot)) throw wrong("spotAllocationStrategy", spot);
  if (demand !== undefined && demand !== "prioritized" && demand !== "lowest-price")
    throw wrong("onDemandAllocationStrategy", demand);
  const pools = integer(distribution["spotInstancePools"]);
  if (pools !== undefined && pools > 0 && spot !== undefined && spot !== "lowest-price")
    throw refused("spotInstancePools", "SpotInstancePools option is only available with the lowest-price strategy.");
}

/** Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html */
function refusePercentages(inputs: Props): void {
  const refresh = inputs["instanceRefresh"];
  const wishes = isRecord(refresh) ? refresh["preferences"] : undefined;
  for (const bounds of [wishes, inputs["instanceMaintenancePolicy"]]) {
    if (!isRecord(bounds)) continue;
    const [low, high] = [integer(bounds["minHealthyPercentage"]), integer(bounds["maxHealthyPercentage"])];
    if (low !== undefined && high !== undefined && high - low > WIDEST)
      throw refused(
        "maxHealthyPercentage",
        `The difference between MinHealthyPercentage (${low}) and MaxHealthyPercentage (${high}) can't be greater than ${WIDEST}`,
      );
  }
  if (!isRecord(wishes)) return;
  const points = Array.isArray(wishes["checkpointPercentages"]) ? wishes["checkpointPercentages"].map(integer) : [];
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (point !== undefined && (point < 1 || point > 100 || (before !== undefined && point <= before)))
      throw refused(
        "checkpointPercentages",
        `Checkpoint percentages are unique numbers from 1 to 100 in ascending order, not ${point}`,
      );
  });
  const delay = integer(wishes["checkpointDelay"]);
  if (delay !== undefined && delay > LONGEST_DELAY)
    throw refused("checkpointDelay", `Value '${delay}' at 'checkpointDelay' must be at most ${LONGEST_DELAY}`);
  if (given(wishes["checkpointDelay"]) && !given(wishes["checkpointPercentages"]))
    throw refused("checkpointDelay", "CheckpointDelay needs CheckpointPercentages");
}

function refuseTags(inputs: Props): void {
  const tags = records(inputs["tags"]);
  if (tags.length > MOST_TAGS) throw new AwsError("LimitExceeded", `A group has at most ${MOST_TAGS} tags.`, "tags");
  for (const { key } of tags) {
    if (key === "" || (typeof key === "string" && key.length > LONGEST_KEY))
      throw refused("tags", `Value '${key}' at 'tags.key' must have 1 to ${LONGEST_KEY} characters`);
  }
}
