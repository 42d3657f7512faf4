import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Role } from "../communications";
import { imageOf } from "./image";
import { MachineRole } from "./machine-role";
import type { MachineSettings } from "./machine-settings";
import type { Statement } from "./permissions";

export interface InstanceGroupArgs {
  readonly role: Role;
  readonly instanceType: string;
  /** Machines that stay even while others are exchanged. */
  readonly min: number;
  /** Machines there are: at least one a zone. */
  readonly desired: number;
  readonly machines: MachineSettings;
  /** One a zone; the machines are spread over them. */
  readonly subnetIds: pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
  /** Where the machines serve; a machine is healthy when all of them say so. */
  readonly targetGroupArns: pulumi.Input<string>[];
  /** cloud-init's text, not yet in Base64. `logGroup` is where the machines keep their logs. */
  readonly userData: (logGroup: pulumi.Output<string>) => pulumi.Output<string>;
  readonly statements: readonly pulumi.Input<Statement>[];
  /** What must be there before a machine boots. Children don't inherit `dependsOn` from a component, so it's no option of this one. */
  readonly bootsAfter: readonly pulumi.Resource[];
  /** For machines that hold what only one of them can hold at a time. By default they are exchanged with no fewer than there were. */
  readonly handover?: Handover;
}

/**
 * A machine ends before the next one of its zone comes, and is given the time to hand over what it holds; one after the other, where there
 * are several, and never in another zone.
 */
export interface Handover {
  /** The group's own name in its Region: what its machines name when they have handed over. */
  readonly groupName: string;
  readonly hookName: string;
  /** Seconds that AWS waits for a machine that doesn't say so; then it is terminated all the same. */
  readonly seconds: number;
}

/** Debian's images name their root disk so: https://wiki.debian.org/Cloud/AmazonEC2Image */
const ROOT_DISK = "/dev/xvda";
const ROOT_DISK_GIB = 16;

/** How long a machine may take to boot, update and install before its load balancer's verdict counts. */
const BOOT_SECONDS = 900;

/**
 * Machines of one role, replaced by themselves when the load balancer finds them dead, one fewer never being there than `min` says.
 * Made, it is known to serve: the deployment waits until the load balancer calls every machine healthy.
 */
export class InstanceGroup extends pulumi.ComponentResource {
  /** Where the machines keep their logs. */
  public readonly logGroupName: pulumi.Output<string>;

  public constructor(
    private readonly name: string,
    private readonly args: InstanceGroupArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:instances:InstanceGroup", name, {}, opts);
    const logs = new aws.cloudwatch.LogGroup(
      name,
      { retentionInDays: args.machines.logRetentionDays, tags: this.tags() },
      { parent: this },
    );
    const role = new MachineRole(name, { logGroupArn: logs.arn, statements: args.statements }, { parent: this });
    const template = this.launchTemplate(role.profileArn, args.userData(logs.name));
    const group = this.group(template);
    if (args.handover !== undefined) this.terminationHook(args.handover, group);
    this.logGroupName = logs.name;
    this.registerOutputs({ logGroupName: this.logGroupName });
  }

  private launchTemplate(profileArn: pulumi.Output<string>, userData: pulumi.Output<string>): aws.ec2.LaunchTemplate {
    const { role, machines, instanceType, securityGroupId } = this.args;
    const tags = this.tags();
    return new aws.ec2.LaunchTemplate(
      this.name,
      {
        imageId: imageOf(role, instanceType, machines, { parent: this }),
        instanceType,
        userData: userData.apply((text) => Buffer.from(text).toString("base64")),
        iamInstanceProfile: { arn: profileArn },
        networkInterfaces: [
          {
            deviceIndex: 0,
            associatePublicIpAddress: "false",
            securityGroups: [securityGroupId],
            deleteOnTermination: "true",
          },
        ],
        // One hop: a request that a service on the machine was tricked into forwarding gets no credentials.
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [
          {
            deviceName: ROOT_DISK,
            ebs: { encrypted: "true", volumeType: "gp3", volumeSize: ROOT_DISK_GIB, deleteOnTermination: "true" },
          },
        ],
        tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
        updateDefaultVersion: true,
        tags,
      },
      { parent: this },
    );
  }

  private group(template: aws.ec2.LaunchTemplate): aws.autoscaling.Group {
    const { desired, min, subnetIds, targetGroupArns, handover } = this.args;
    return new aws.autoscaling.Group(
      this.name,
      {
        ...(handover === undefined ? {} : this.inPlace(handover)),
        minSize: min,
        desiredCapacity: desired,
        // Room for the new machines of an instance refresh beside the old ones.
        maxSize: handover === undefined ? desired * 2 : desired,
        vpcZoneIdentifiers: subnetIds,
        // Pinned: what a deployment showed is what every later machine boots.
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        targetGroupArns,
        healthCheckType: "ELB",
        healthCheckGracePeriod: BOOT_SECONDS,
        waitForCapacityTimeout: "20m",
        waitForElbCapacity: desired,
        instanceRefresh: {
          strategy: "Rolling",
          preferences: {
            minHealthyPercentage: handover === undefined ? 100 : allButOne(desired),
            maxHealthyPercentage: handover === undefined ? 200 : 100,
            autoRollback: true,
          },
        },
        tags: Object.entries(this.tags()).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
      },
      { parent: this, dependsOn: [...this.args.bootsAfter] },
    );
  }

  /**
   * What a machine holds is in its zone, so no other zone gets another machine, not even when that one is lost:
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html#AutoScalingBehavior.InstanceUsage
   */
  private inPlace({ groupName }: Handover) {
    return {
      name: groupName,
      availabilityZoneDistribution: { capacityDistributionStrategy: "balanced-only" },
      suspendedProcesses: ["AZRebalance"],
    };
  }

  /** https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html */
  private terminationHook({ hookName, seconds }: Handover, group: aws.autoscaling.Group): void {
    new aws.autoscaling.LifecycleHook(
      this.name,
      {
        name: hookName,
        autoscalingGroupName: group.name,
        lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
        heartbeatTimeout: seconds,
        defaultResult: "CONTINUE",
      },
      { parent: this },
    );
  }

  private tags(): { Name: string; Role: string } {
    return { Name: this.name, Role: this.args.role };
  }
}

/** The share of machines that stay while one is exchanged, in percent. */
function allButOne(machines: number): number {
  return Math.floor((100 * (machines - 1)) / machines);
}
