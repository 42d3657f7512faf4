import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { lookUp } from "../ec2/references";
import { filled } from "../filled";
import { Findings } from "../findings";
import { given, isTrue, property, records, text } from "../values";
import { nameServers, normalName, RECORD, ZONE, zoneId } from "./zones";

function vpcsOf({ inputs, place, world }: OperationContext): unknown {
  const asked = inputs["vpcs"];
  if (asked === UNKNOWN || !given(asked)) return asked ?? [];
  return records(asked).map((one) => {
    const id = text(one["vpcId"]);
    const elsewhere = text(one["vpcRegion"]) !== undefined && one["vpcRegion"] !== place.region;
    if (id !== undefined && !elsewhere && lookUp(world, "vpc", id) === undefined)
      throw new AwsError("InvalidVPCId", `The VPC ${id} in region ${place.region} does not exist.`, "vpcs");
    return { vpcRegion: place.region, ...one };
  });
}

/** Throws where another private zone of the same name is seen in the same VPC. */
function refuseConflict({ inputs, world }: OperationContext, name: string | undefined): void {
  const vpcs = records(inputs["vpcs"]).flatMap((one) => text(one["vpcId"]) ?? []);
  for (const zone of world.all(ZONE)) {
    const theirs = records(property(zone, "vpcs")).map((one) => one["vpcId"]);
    const shared = vpcs.find((id) => theirs.includes(id));
    if (shared !== undefined && name !== undefined && text(property(zone, "name")) === name)
      throw new AwsError(
        "ConflictingDomainExists",
        `The VPC ${shared} is already associated with a zone ${name}`,
        "vpcs",
      );
  }
}

function settle(context: OperationContext): Props {
  return {
    ...filled(context.inputs, { delegationSetId: "", enableAcceleratedRecovery: false, tags: {} }),
    vpcs: vpcsOf(context),
  };
}

const model: Model = {
  type: ZONE,
  defaults: { comment: "Managed by Pulumi", forceDestroy: false },
  replaceOn: ["delegationSetId", "name"],

  check({ inputs }) {
    const found = new Findings(inputs);
    found.length("name", 1, 1024, "InvalidDomainName");
    found.length("comment", 0, 256, "InvalidInput");
    found.length("delegationSetId", 0, 32, "InvalidInput");
    found.conflict("delegationSetId", ["vpcs"], "InvalidInput");
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, ids, place } = context;
    const name = text(inputs["name"]);
    if (name !== undefined && !/^([\w*-]{1,63}\.)*[\w-]{1,63}\.?$/.test(name))
      throw new AwsError("InvalidDomainName", `${name} is not a valid domain name`, "name");
    refuseConflict(context, name === undefined ? undefined : normalName(name));
    const id = zoneId(ids);
    const servers = nameServers(ids);
    return {
      id,
      outputs: {
        ...settle(context),
        arn: arn(place, "route53", `hostedzone/${id}`, { global: true, account: false }),
        name: name === undefined ? UNKNOWN : normalName(name),
        nameServers: servers,
        primaryNameServer: servers[0] ?? "",
        zoneId: id,
      },
    };
  },

  update: settle,

  delete({ world }, old) {
    if (isTrue(old.outputs["forceDestroy"])) return;
    if (world.all(RECORD).some((one) => text(property(one, "zoneId")) === old.id))
      throw new AwsError(
        "HostedZoneNotEmpty",
        "The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
      );
  },
};

export default model;
