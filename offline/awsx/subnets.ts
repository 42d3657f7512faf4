import * as pulumi from "@pulumi/pulumi";
import { getSubnet } from "@pulumi/aws/ec2/getSubnet";
import type { Subnet } from "@pulumi/aws/ec2/subnet";

/** The three ways to say where a load balancer stands. */
export interface SubnetArgs {
  subnetIds?: pulumi.Input<string[]>;
  subnets?: pulumi.Input<Subnet[]>;
  subnetMappings?: pulumi.Input<{ subnetId: string }[]>;
}

export interface Placement {
  /** What the load balancer itself gets. */
  args: pulumi.Inputs;
  vpcId: pulumi.Output<string>;
}

/**
 * Where the balancer stands, and in which VPC: that of the first subnet.
 * @throws Error when more or less than one way is used; the real plugin takes the default VPC then, which nobody has here.
 */
export function placement(args: SubnetArgs, choice: string, parent: pulumi.Resource): Placement {
  const { subnetIds, subnets, subnetMappings } = args;
  if ([subnetIds, subnets, subnetMappings].filter((given) => given !== undefined).length > 1) throw new Error(choice);
  const vpcOf = async (id: string | undefined): Promise<string> =>
    (await getSubnet(id === undefined ? {} : { id }, { parent })).vpcId;
  if (subnetIds !== undefined) {
    return { args: { subnets: subnetIds }, vpcId: pulumi.output(subnetIds).apply(([first]) => vpcOf(first)) };
  }
  if (subnetMappings !== undefined) {
    return {
      args: { subnetMappings },
      vpcId: pulumi.output(subnetMappings).apply(([first]) => vpcOf(first?.subnetId)),
    };
  }
  if (subnets === undefined) {
    throw new Error(
      "The embedded AWS has no default VPC: give subnetIds, subnets or subnetMappings (offline/awsx/subnets.ts)",
    );
  }
  const resolved = pulumi.output(subnets);
  return {
    args: { subnets: resolved.apply((list) => list.map((subnet) => subnet.id)) },
    vpcId: resolved.apply<string>(([first]) => {
      if (first === undefined) throw new Error("At least one subnet is needed");
      return first.vpcId;
    }),
  };
}
