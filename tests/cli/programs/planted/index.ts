import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import platform from "../../../../infra";

type Planted = "nat-route" | "internet-gateway-route";

/** What the platform registers, by `type::name`: the faults need some of it, and the platform gives no handle to plant them. */
const registered = new Map<string, pulumi.Resource>();
const planted = new pulumi.Config("planted").require<Planted>("fault");

pulumi.runtime.registerStackTransformation(({ type, name, resource, props, opts }) => {
  registered.set(`${type}::${name}`, resource);
  const isPublic =
    planted === "internet-gateway-route" && type === "aws:ec2/subnet:Subnet" && name.includes("internal");
  return isPublic ? { props: { ...props, mapPublicIpOnLaunch: true }, opts } : undefined;
});

function idOf(type: string, part: string): pulumi.Output<string> {
  for (const [key, resource] of registered) {
    const fits = key.startsWith(`${type}::`) && key.includes(part);
    if (fits && pulumi.CustomResource.isInstance(resource)) return resource.id;
  }
  throw new Error(`The platform has no ${type} named like ${part}; it has:\n${[...registered.keys()].join("\n")}`);
}

export = async (): Promise<pulumi.Inputs> => {
  const outputs = await platform();
  const target =
    planted === "nat-route"
      ? { natGatewayId: idOf("aws:ec2/natGateway:NatGateway", "") }
      : { gatewayId: idOf("aws:ec2/internetGateway:InternetGateway", "") };
  const routeTableId = idOf("aws:ec2/routeTable:RouteTable", "internal");
  new aws.ec2.Route("planted", { routeTableId, destinationCidrBlock: "0.0.0.0/0", ...target });
  return outputs;
};
