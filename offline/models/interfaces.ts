/** The network interfaces that load balancers, databases and groups of instances keep in subnets: what holds subnets and groups in place. */
import { arn } from "../arn";
import { IdSource } from "../ids";
import type { OperationContext } from "../model";
import type { Thing } from "../world";
import { NETWORK_INTERFACE } from "./ec2/companions";
import { property, text } from "./values";

/** As many are enough to hold every subnet and group of one owner. */
const MOST = 64;

interface Interface {
  subnet: Thing;
  securityGroups: string[];
  description: string;
}

/** Interfaces go by their owner's id, so that a replaced resource takes its own along and not its successor's. */
function interfaceId(owner: string, index: number): string {
  return new IdSource(owner).ec2("eni", `eni-${index}`);
}

/** Puts one interface a list entry into the world, in place of those that the owner had. */
export function putInterfaces(context: OperationContext, owner: string, interfaces: readonly Interface[]): void {
  removeInterfaces(context, owner);
  interfaces.slice(0, MOST).forEach(({ subnet, securityGroups, description }, index) => {
    const { place, urn } = context;
    const id = interfaceId(owner, index);
    const vpcId = text(property(subnet, "vpcId"));
    const outputs = { subnetId: subnet.id, vpcId, securityGroups, description };
    context.world.put({
      type: NETWORK_INTERFACE,
      id,
      urn,
      place,
      inputs: { subnetId: subnet.id, securityGroups, description },
      outputs: { ...outputs, arn: arn(place, "ec2", `network-interface/${id}`), requesterManaged: true },
      companion: true,
    });
  });
}

export function removeInterfaces({ world }: OperationContext, owner: string): void {
  for (let index = 0; index < MOST; index += 1) world.remove(NETWORK_INTERFACE, interfaceId(owner, index));
}
