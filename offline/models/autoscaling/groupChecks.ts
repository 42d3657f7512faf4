import type { Problem, Props } from "../../model";
import { checkInstanceRequirements } from "../ec2/instanceRequirements";
import { Findings } from "../findings";
import { integer, texts } from "../values";

const CODE = "ValidationError";
/** Arguments of the Terraform resource that can start an instance refresh; what only the service knows can't. */
const ARGUMENTS = [
  ...["availability_zone_distribution", "availability_zones", "capacity_rebalance"],
  ...["capacity_reservation_specification", "context", "default_cooldown", "default_instance_warmup"],
  ...["desired_capacity", "desired_capacity_type", "enabled_metrics", "force_delete", "force_delete_warm_pool"],
  ...["health_check_grace_period", "health_check_type", "ignore_failed_scaling_activities"],
  ...["initial_lifecycle_hook", "instance_lifecycle_policy", "instance_maintenance_policy", "instance_refresh"],
  ...["launch_configuration", "launch_template", "load_balancers", "max_instance_lifetime", "max_size"],
  ...["metrics_granularity", "min_elb_capacity", "min_size", "mixed_instances_policy", "name", "name_prefix"],
  ...["placement_group", "protect_from_scale_in", "region", "service_linked_role_arn", "suspended_processes"],
  ...["tag", "tags", "target_group_arns", "termination_policies", "traffic_source", "vpc_zone_identifier"],
  ...["wait_for_capacity_timeout", "wait_for_elb_capacity", "warm_pool"],
];

/** The provider's rules about an Auto Scaling group, before any API call. */
export function checkGroup(inputs: Props): Problem[] {
  const found = new Findings(inputs);
  found.length("name", 0, 255, CODE);
  found.length("namePrefix", 0, 229, CODE);
  found.conflict("namePrefix", ["name"], CODE);
  found.conflict("availabilityZones", ["vpcZoneIdentifiers"], CODE);
  found.conflict("loadBalancers", ["trafficSources"], CODE);
  found.conflict("targetGroupArns", ["trafficSources"], CODE);
  found.exactlyOne(["launchConfiguration", "launchTemplate", "mixedInstancesPolicy"], CODE);
  found.oneOf("desiredCapacityType", ["units", "vcpu", "memory-mib"], CODE);
  found.arn("serviceLinkedRoleArn", CODE);
  const template = found.within("launchTemplate");
  if (template !== undefined) checkReference(template);
  const pool = found.within("warmPool");
  pool?.oneOf("poolState", ["Hibernated", "Running", "Stopped"], CODE);
  pool?.atLeast("maxGroupPreparedCapacity", -1, CODE);
  pool?.atLeast("minSize", 0, CODE);
  checkRefresh(found.within("instanceRefresh"));
  const maintenance = found.within("instanceMaintenancePolicy");
  maintenance?.between("minHealthyPercentage", -1, 100, CODE);
  if (integer(maintenance?.inputs["maxHealthyPercentage"]) !== -1)
    maintenance?.between("maxHealthyPercentage", 100, 200, CODE);
  checkMixture(found.within("mixedInstancesPolicy"));
  found.each("initialLifecycleHooks").forEach(checkHook);
  return found.problems;
}

function checkReference(found: Findings): void {
  found.conflict("id", ["name"], CODE);
  found.matches("id", /^lt-[0-9a-z]+$/, "must begin with 'lt-' and be comprised of only alphanumeric characters", CODE);
  found.matches("name", /^[0-9a-zA-Z()./_-]+$/, "must only include alphanumeric characters and ()./_-", CODE);
  found.length("name", 3, 128, CODE);
  found.length("version", 1, 255, CODE);
}

function checkRefresh(found: Findings | undefined): void {
  if (found === undefined) return;
  found.oneOf("strategy", ["Rolling", "ReplaceRootVolume"], CODE);
  texts(found.inputs["triggers"]).forEach((trigger, index) => {
    if (ARGUMENTS.includes(trigger)) return;
    const message = `'${trigger}' is not a recognized parameter name for aws_autoscaling_group`;
    found.refuse(`triggers[${index}]`, CODE, message);
  });
  const wishes = found.within("preferences");
  if (wishes === undefined) return;
  wishes.between("minHealthyPercentage", 0, 100, CODE);
  wishes.between("maxHealthyPercentage", 100, 200, CODE);
  wishes.atLeast("checkpointDelay", 0, CODE);
  wishes.atLeast("instanceWarmup", 0, CODE);
  wishes.oneOf("scaleInProtectedInstances", ["Refresh", "Ignore", "Wait"], CODE);
  wishes.oneOf("standbyInstances", ["Terminate", "Ignore", "Wait"], CODE);
}

function checkMixture(found: Findings | undefined): void {
  const distribution = found?.within("instancesDistribution");
  distribution?.atLeast("onDemandBaseCapacity", 0, CODE);
  distribution?.between("onDemandPercentageAboveBaseCapacity", 0, 100, CODE);
  distribution?.atLeast("spotInstancePools", 0, CODE);
  for (const override of found?.within("launchTemplate")?.each("overrides") ?? []) {
    const requirements = override.within("instanceRequirements");
    if (requirements !== undefined) checkInstanceRequirements(requirements, CODE);
  }
}

/** Also of hooks that are resources of their own. */
export function checkHook(found: Findings): void {
  found.length("name", 1, 255, CODE);
  found.matches("name", /^[A-Za-z0-9_/-]+$/, "no spaces or special characters except - _ and /", CODE);
  found.oneOf("defaultResult", ["CONTINUE", "ABANDON"], CODE);
  found.between("heartbeatTimeout", 30, 7200, CODE);
  found.oneOf(
    "lifecycleTransition",
    ["autoscaling:EC2_INSTANCE_LAUNCHING", "autoscaling:EC2_INSTANCE_TERMINATING"],
    CODE,
  );
  found.arn("notificationTargetArn", CODE);
  found.arn("roleArn", CODE);
}
