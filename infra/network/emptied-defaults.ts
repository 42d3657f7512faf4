import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * What AWS makes with every VPC and what is open by default: taken over and emptied, so that whatever is forgotten to be
 * given a group, an ACL or a route table of its own reaches nothing.
 */
export class EmptiedDefaults extends pulumi.ComponentResource {
  public constructor(name: string, vpc: aws.ec2.Vpc, opts?: pulumi.ComponentResourceOptions) {
    super("dejima:network:EmptiedDefaults", name, {}, opts);
    const tags = { Name: name };
    new aws.ec2.DefaultSecurityGroup(name, { vpcId: vpc.id, ingress: [], egress: [], tags }, { parent: this });
    new aws.ec2.DefaultRouteTable(
      name,
      { defaultRouteTableId: vpc.defaultRouteTableId, routes: [], tags },
      { parent: this },
    );
    // Subnets come to this ACL and leave it by themselves, when their own association is made or deleted.
    new aws.ec2.DefaultNetworkAcl(
      name,
      { defaultNetworkAclId: vpc.defaultNetworkAclId, ingress: [], egress: [], tags },
      { parent: this, ignoreChanges: ["subnetIds"] },
    );
    this.registerOutputs();
  }
}
