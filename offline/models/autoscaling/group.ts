import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import type { Thing } from "../../world";
import { filled } from "../filled";
import { putInterfaces, removeInterfaces } from "../interfaces";
import { nameOf, refuseDuplicate } from "../names";
import { subnetsOf, vpcsOf, zonesKnown, zonesOf } from "../subnets";
import { given, integer, isRecord, orElse, property, text, texts } from "../values";
import { checkGroup } from "./groupChecks";
import { refuseSettings } from "./groupRefusals";
import { refuseUnlaunchable } from "./launchable";
import { launchTemplateOf, templateGroups } from "./launchTemplateReference";

const TYPE = "aws:autoscaling/group:Group";
const CODE = "ValidationError";

const suppressed = { maxHealthyPercentage: 100, minHealthyPercentage: 90, scaleInProtectedInstances: "Ignore" };
const preferences = { ...suppressed, autoRollback: false, skipMatching: false, standbyInstances: "Ignore" };

function placed(context: OperationContext, template: Thing | undefined): Thing[] {
  const { inputs, world } = context;
  const subnets = subnetsOf(context, texts(inputs["vpcZoneIdentifiers"]), CODE);
  if (!given(inputs["vpcZoneIdentifiers"]) && !given(inputs["availabilityZones"]))
    throw new AwsError(CODE, "At least one Availability Zone or VPC Subnet is required.");
  const vpcs = vpcsOf(subnets);
  if (vpcs.length > 1) throw new AwsError(CODE, "The subnets must all be in the same VPC");
  if (template !== undefined) refuseUnlaunchable(context, template, vpcs[0]);
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
  refuseSettings(inputs);
  const template = launchTemplateOf(context);
  const subnets = placed(context, template);
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

  check: ({ inputs }) => checkGroup(inputs),

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

export default model;
