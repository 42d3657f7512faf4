import * as pulumi from "@pulumi/pulumi";
import { architectureOf } from "../instances/architecture";
import type { Published } from "../instances/artifact-store";
import { machine, type RolePart } from "../instances/base-machine";
import { renderCloudConfig } from "../instances/cloud-config";
import { InstanceGroup } from "../instances/instance-group";
import type { MachineGroupArgs } from "../instances/machine-group-args";
import { tierBlock } from "../network/cidr-plan";
import { APPLICATION } from "./application";
import { webMachine } from "./web-machine";

export interface WebArgs extends MachineGroupArgs {
  /** What browsers ask for. */
  readonly hostname: string;
  /** The name in the mail servers' certificate. */
  readonly mailHostname: string;
  /** Where IMAPS (993) is answered, inside. */
  readonly imap: pulumi.Input<string>;
  /** Where mail is submitted (587), inside. */
  readonly submission: pulumi.Input<string>;
  /** Of port 443. */
  readonly targetGroupArns: pulumi.Input<string>[];
  /** Default: a page that says that there is no webmail yet. */
  readonly application?: RolePart;
}

/** The web servers in every zone, nginx in front of a webmail of the user's own (see `application.ts`). They hold no secret. */
export class Web extends pulumi.ComponentResource {
  public constructor(
    name: string,
    private readonly args: WebArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("dejima:web:Web", name, {}, opts);
    const { vpc, proxy, sizes } = args;
    const { artifacts = [] } = this.application();
    const published = args.artifacts.publish(name, artifacts, { parent: this });
    new InstanceGroup(
      name,
      {
        role: "web",
        ...sizes,
        machines: args,
        subnetIds: vpc.subnetIds("dmz"),
        securityGroupId: vpc.securityGroupId("web"),
        targetGroupArns: args.targetGroupArns,
        userData: (logGroup) => this.userData(logGroup, published),
        statements: published.statements,
        bootsAfter: [...vpc.ready, ...args.bootsAfter, proxy, ...published.objects],
      },
      { parent: this },
    );
    this.registerOutputs();
  }

  private userData(logs: pulumi.Output<string>, published: Published): pulumi.Output<string> {
    const { vpc, region, partition, sizes, hostname, mailHostname, proxy, imap, submission } = this.args;
    const architecture = architectureOf(sizes.instanceType);
    const balancerCidr = tierBlock(vpc.cidrBlock, "edge");
    return pulumi
      .all([logs, published.source, proxy.url, imap, submission])
      .apply(([logGroup, artifactSource, proxyUrl, imapHost, submissionHost]) =>
        renderCloudConfig(
          machine(
            { region, partition, architecture, logGroup, proxyUrl, artifactSource },
            webMachine({ hostname, mailHostname, balancerCidr, imapHost, submissionHost }, this.application()),
          ),
        ),
      );
  }

  private application(): RolePart {
    return this.args.application ?? APPLICATION;
  }
}
