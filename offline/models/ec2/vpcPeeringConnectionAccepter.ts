import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { isTrue, orElse, property, text } from "../values";
import { lookUp } from "./references";

const closed = { allowRemoteVpcDnsResolution: false };

/** The other side's view. A peering requested from another Region or account isn't in this world: its ends are then not known. */
function view(context: OperationContext): Props {
  const { inputs, place, world } = context;
  const peering = lookUp(world, "peering", inputs["vpcPeeringConnectionId"]);
  const end = (name: string): unknown =>
    peering === undefined ? (context.preview ? UNKNOWN : "") : property(peering, name);
  return {
    acceptStatus: isTrue(inputs["autoAccept"]) ? "active" : "pending-acceptance",
    accepter: orElse(inputs["accepter"], closed),
    requester: orElse(inputs["requester"], closed),
    // Seen from here, the accepting VPC is ours and the requesting one the peer.
    peerOwnerId: place.accountId,
    peerRegion: peering === undefined ? end("peerRegion") : peering.place.region,
    peerVpcId: end("vpcId"),
    vpcId: end("peerVpcId"),
  };
}

const model: Model = {
  type: "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
  adopts: true,
  replaceOn: ["vpcPeeringConnectionId"],

  create(context) {
    const peering = lookUp(context.world, "peering", context.inputs["vpcPeeringConnectionId"]);
    if (peering !== undefined && isTrue(context.inputs["autoAccept"]))
      context.world.patch(peering, { acceptStatus: "active" });
    return { id: text(context.inputs["vpcPeeringConnectionId"]) ?? UNKNOWN, outputs: view(context) };
  },

  update: view,
};

export default model;
