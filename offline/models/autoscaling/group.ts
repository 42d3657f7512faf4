import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing } from "../../world";
import { filled } from "../filled";
import { Findings } from "../findings";
import { putInterfaces, removeInterfaces } from "../interfaces";
import { nameOf, refuseDuplicate } from "../names";
import { subnetsOf, vpcsOf, zonesKnown, zonesOf } from "../subnets";
import { given, integer, isRecord, orElse, property, records, text, texts } from "../values";
import { launchTemplateOf, templateGroups } from "./launchTemplateReference";

const TYPE = "aws:autoscaling/group:Group";
const CODE = "ValidationError";

const suppressed = { maxHealthyPercentage: 100, minHealthyPercentage: 90, scaleInProtectedInstances: "Ignore" };
const preferences = { ...suppressed, autoRollback: false, skipMatching: false, standbyInstances: "Ignore" };

function checkBounds({ inputs }: OperationContext): void {
  const [low, high, wanted] = [inputs["minSize"], inputs["maxSize"], inputs["desiredCapacity"]].map(integer);
  if (low !== undefined && high !== undefined && low > high)
    throw new AwsError(CODE, `Max bound, ${high}, must be greater than or equal to min bound, ${low}`, "maxSize");
  if (wanted !== undefined && low !== undefined && wanted < low)
    throw new AwsError(
      CODE,
      `Desired capacity:${wanted} must be between the specified min size:${low} and max size:${high ?? ""}`,
    );
  if (wanted !== undefined && high !== undefined && wanted > high)
    throw new AwsError(
      CODE,
      `Desired capacity:${wanted} must be between the specified min size:${low ?? ""} and max size:${high}`,
    );
}

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

function refuseWords({ inputs }: OperationContext): void {
  const refuse = (name: string, value: string): AwsError =>
    new AwsError(CODE, `'${value}' is not a valid value of ${name}`, name);
  const checks = (text(inputs["healthCheckType"]) ?? "EC2").split(",");
  const check = checks.find((one) => !HEALTH_CHECKS.includes(one.trim()));
  if (check !== undefined) throw refuse("healthCheckType", check);
  const policy = texts(inputs["terminationPolicies"]).find(
    (one) => !TERMINATIONS.includes(one) && !one.startsWith("arn:"),
  );
  if (policy !== undefined) throw refuse("terminationPolicies", policy);
  const process = texts(inputs["suspendedProcesses"]).find((one) => !PROCESSES.includes(one));
  if (process !== undefined) throw refuse("suspendedProcesses", process);
}

function placed(context: OperationContext): Thing[] {
  const { inputs, world } = context;
  const subnets = subnetsOf(context, texts(inputs["vpcZoneIdentifiers"]), CODE);
  if (!given(inputs["vpcZoneIdentifiers"]) && !given(inputs["availabilityZones"]))
    throw new AwsError(CODE, "At least one Availability Zone or VPC Subnet is required.");
  const vpcs = vpcsOf(subnets);
  if (vpcs.length > 1) throw new AwsError(CODE, "The subnets must all be in the same VPC");
  for (const group of texts(inputs["targetGroupArns"])) {
    const target = world.find("aws:lb/targetGroup:TargetGroup", group);
    if (target === undefined) throw new AwsError(CODE, `Provided Target Groups may not be valid: '${group}' not found`);
    if ((text(property(target, "targetType")) ?? "instance") !== "instance")
      throw new AwsError(CODE, `Provided Target Groups must have target type instance: '${group}'`);
    const theirs = text(property(target, "vpcId"));
    if (vpcs[0] !== undefined && theirs !== undefined && theirs !== vpcs[0])
      throw new AwsError(CODE, `Provided Target Group '${group}' is in another VPC than the group's subnets`);
  }
  return subnets;
}

function settle(context: OperationContext, name: string | undefined): Props {
  const { inputs, place } = context;
  checkBounds(context);
  refuseWords(context);
  const template = launchTemplateOf(context);
  const subnets = placed(context);
  const desired = orElse(inputs["desiredCapacity"], inputs["minSize"]);
  const instances = subnets.length === 0 ? 0 : (integer(desired) ?? subnets.length);
  const securityGroups = templateGroups(template);
  if (name !== undefined) {
    const interfaces = Array.from({ length: instances }, (_, index) => subnets[index % subnets.length]);
    const description = `instance of the Auto Scaling group ${name}`;
    putInterfaces(
      context,
      `${place.region}/${name}`,
      interfaces.flatMap((subnet) => (subnet === undefined ? [] : { subnet, securityGroups, description })),
    );
  }
  const reference = inputs["launchTemplate"];
  const refresh = inputs["instanceRefresh"];
  return {
    ...filled(inputs, {
      availabilityZones: zonesKnown(subnets) && inputs["vpcZoneIdentifiers"] !== UNKNOWN ? zonesOf(subnets) : UNKNOWN,
      availabilityZoneDistribution: { capacityDistributionStrategy: "balanced-best-effort" },
      capacityRebalance: false,
      capacityReservationSpecification: { capacityReservationPreference: "default", capacityReservationTarget: null },
      instanceLifecyclePolicy: null,
      context: "",
      defaultCooldown: 300,
      defaultInstanceWarmup: 0,
      desiredCapacityType: "",
      enabledMetrics: null,
      forceDelete: false,
      forceDeleteWarmPool: false,
      healthCheckGracePeriod: 300,
      healthCheckType: "EC2",
      ignoreFailedScalingActivities: false,
      initialLifecycleHooks: [],
      instanceMaintenancePolicy: null,
      launchConfiguration: "",
      loadBalancers: [],
      maxInstanceLifetime: 0,
      metricsGranularity: "1Minute",
      minElbCapacity: null,
      mixedInstancesPolicy: null,
      namePrefix: "",
      placementGroup: "",
      protectFromScaleIn: false,
      serviceLinkedRoleArn: arn(
        place,
        "iam",
        "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
        { global: true },
      ),
      suspendedProcesses: null,
      tags: null,
      targetGroupArns: [],
      terminationPolicies: null,
      trafficSources: [],
      vpcZoneIdentifiers: [],
      waitForCapacityTimeout: "10m",
      waitForElbCapacity: null,
      warmPool: null,
    }),
    desiredCapacity: desired,
    instanceRefresh: isRecord(refresh) ? { ...refresh, ...filled(refresh, { preferences, triggers: null }) } : null,
    launchTemplate: isRecord(reference)
      ? {
          ...{ version: "$Default" },
          ...reference,
          ...(template === undefined ? {} : { id: template.id, name: property(template, "name") }),
        }
      : (reference ?? null),
    name: name ?? UNKNOWN,
    predictedCapacity: 0,
    warmPoolSize: 0,
  };
}

const model: Model = {
  type: TYPE,
  defaults: {
    forceDelete: false,
    forceDeleteWarmPool: false,
    healthCheckGracePeriod: 300,
    ignoreFailedScalingActivities: false,
    metricsGranularity: "1Minute",
    protectFromScaleIn: false,
    waitForCapacityTimeout: "10m",
  },
  nestedDefaults: {
    "instanceRefresh.preferences": { ...suppressed, skipMatching: false, standbyInstances: "Ignore" },
  },
  replaceOn: ["name", "namePrefix"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.length("name", 0, 255, CODE);
    found.length("namePrefix", 0, 229, CODE);
    const pool = inputs["warmPool"];
    if (isRecord(pool)) found.at("warmPool", pool).oneOf("poolState", ["Hibernated", "Running", "Stopped"], CODE);
    found.conflict("namePrefix", ["name"], CODE);
    found.conflict("availabilityZones", ["vpcZoneIdentifiers"], CODE);
    found.conflict("loadBalancers", ["trafficSources"], CODE);
    found.conflict("targetGroupArns", ["trafficSources"], CODE);
    found.exactlyOne(["launchConfiguration", "launchTemplate", "mixedInstancesPolicy"], CODE);
    found.between("minSize", 0, 10000, CODE);
    found.between("maxSize", 0, 10000, CODE);
    found.oneOf("desiredCapacityType", ["units", "vcpu", "memory-mib"], CODE);
    found.arn("serviceLinkedRoleArn", CODE);
    const lifetime = integer(inputs["maxInstanceLifetime"]);
    if (lifetime !== undefined && lifetime !== 0 && (lifetime < 86400 || lifetime > 31536000))
      found.refuse(
        "maxInstanceLifetime",
        CODE,
        `expected max_instance_lifetime to be 0 or in the range (86400 - 31536000), got ${lifetime}`,
      );
    if (text(inputs["metricsGranularity"]) !== undefined) found.oneOf("metricsGranularity", ["1Minute"], CODE);
    const template = inputs["launchTemplate"];
    if (isRecord(template)) checkReference(found.at("launchTemplate", template));
    checkRefresh(found);
    checkMaintenance(found);
    records(inputs["initialLifecycleHooks"]).forEach((hook, index) => {
      const inner = found.at(`initialLifecycleHooks[${index}]`, hook);
      inner.length("name", 1, 255, CODE);
      inner.oneOf("defaultResult", ["CONTINUE", "ABANDON"], CODE);
      inner.between("heartbeatTimeout", 30, 7200, CODE);
      inner.oneOf(
        "lifecycleTransition",
        ["autoscaling:EC2_INSTANCE_LAUNCHING", "autoscaling:EC2_INSTANCE_TERMINATING"],
        CODE,
      );
    });
    return found.problems;
  },

  create(context) {
    const name = nameOf(context);
    refuseDuplicate(
      context,
      TYPE,
      name,
      "AlreadyExists",
      `AutoScalingGroup by this name already exists - A group with the name ${name ?? ""} already exists`,
    );
    const resource = `autoScalingGroup:${context.ids.uuid()}:autoScalingGroupName/${name ?? ""}`;
    const outputs = { arn: name === undefined ? UNKNOWN : arn(context.place, "autoscaling", resource) };
    return { id: name ?? "", outputs: { ...settle(context, name), ...outputs } };
  },

  update(context, old) {
    return settle(context, old.id);
  },

  delete(context, old) {
    removeInterfaces(context, `${context.place.region}/${old.id}`);
  },
};

function checkReference(found: Findings): void {
  found.conflict("id", ["name"], CODE);
  found.length("version", 1, 255, CODE);
  found.atLeastOne(["id", "name"], CODE);
}

function checkRefresh(found: Findings): void {
  const refresh = found.inputs["instanceRefresh"];
  if (!isRecord(refresh)) return;
  const inner = found.at("instanceRefresh", refresh);
  inner.oneOf("strategy", ["Rolling"], CODE);
  const wishes = refresh["preferences"];
  if (!isRecord(wishes)) return;
  const details = inner.at("preferences", wishes);
  details.between("minHealthyPercentage", 0, 100, CODE);
  details.between("maxHealthyPercentage", 100, 200, CODE);
  details.oneOf("scaleInProtectedInstances", ["Refresh", "Ignore", "Wait"], CODE);
  details.oneOf("standbyInstances", ["Terminate", "Ignore", "Wait"], CODE);
}

function checkMaintenance(found: Findings): void {
  const policy = found.inputs["instanceMaintenancePolicy"];
  if (!isRecord(policy)) return;
  const inner = found.at("instanceMaintenancePolicy", policy);
  inner.between("minHealthyPercentage", -1, 100, CODE);
  const high = integer(policy["maxHealthyPercentage"]);
  if (high !== undefined && high !== -1) inner.between("maxHealthyPercentage", 100, 200, CODE);
}

export default model;
