import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model, OperationContext, Props } from "../../model";
import { known, UNKNOWN } from "../../unknown";
import { checkTags } from "../ec2/tags";
import { filled } from "../filled";
import { Findings } from "../findings";
import { nameOf, refuseDuplicate } from "../names";
import { subnetsOf, vpcsOf, zonesKnown, zonesOf } from "../subnets";
import { property, text, texts } from "../values";

const TYPE = "aws:rds/subnetGroup:SubnetGroup";
const CODE = "InvalidParameterValue";
/** Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html */
const GROUPS = 50;
const SUBNETS_PER_GROUP = 20;

function settle(context: OperationContext): Props {
  const { inputs } = context;
  if (texts(inputs["subnetIds"]).length > SUBNETS_PER_GROUP)
    throw new AwsError(
      "DBSubnetQuotaExceededFault",
      `A DB subnet group has at most ${SUBNETS_PER_GROUP} subnets.`,
      "subnetIds",
    );
  const subnets = subnetsOf(context, texts(inputs["subnetIds"]), "InvalidSubnet");
  const vpcs = vpcsOf(subnets);
  if (vpcs.length > 1)
    throw new AwsError("InvalidParameterValue", "The specified subnets are not all in the same VPC.", "subnetIds");
  if (known(inputs["subnetIds"]) && zonesKnown(subnets) && zonesOf(subnets).length < 2) {
    throw new AwsError(
      "DBSubnetGroupDoesNotCoverEnoughAZs",
      `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${zonesOf(subnets).join(", ")}. Add subnets to cover at least 2 AZs.`,
      "subnetIds",
    );
  }
  return {
    ...filled(inputs, { description: "Managed by Pulumi", namePrefix: "", tags: {} }),
    supportedNetworkTypes: ["IPV4"],
    vpcId: vpcs[0] ?? UNKNOWN,
  };
}

const model: Model = {
  type: TYPE,
  defaults: { description: "Managed by Pulumi" },
  replaceOn: ["name", "namePrefix"],

  check({ inputs }) {
    const found = new Findings(inputs);
    for (const key of ["name", "namePrefix"]) {
      const name = text(inputs[key]);
      const longest = key === "name" ? 255 : 229;
      if (name === undefined) continue;
      if (!/^[ .0-9a-z_-]+$/.test(name)) {
        const allowed = "only lowercase alphanumeric characters, hyphens, underscores, periods, and spaces allowed";
        found.refuse(key, CODE, `${allowed} in "${key}"`);
      }
      if (name.length > longest) found.refuse(key, CODE, `"${key}" cannot be longer than ${longest} characters`);
      if (name === "default") found.refuse(key, CODE, `"${key}" is not allowed as "Default"`);
    }
    found.conflict("namePrefix", ["name"]);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const name = nameOf(context);
    const message = `DBSubnetGroup already exists: ${name ?? ""}`;
    refuseDuplicate(context, TYPE, name, "DBSubnetGroupAlreadyExists", message);
    if (context.world.all(TYPE).length >= GROUPS)
      throw new AwsError("DBSubnetGroupQuotaExceeded", `You have reached your quota of ${GROUPS} DB subnet groups.`);
    const full = name === undefined ? UNKNOWN : arn(context.place, "rds", `subgrp:${name}`);
    return { id: name ?? "", outputs: { ...settle(context), arn: full, name: name ?? UNKNOWN } };
  },

  update: settle,

  delete({ world }, old) {
    if (world.all("aws:rds/instance:Instance").some((one) => text(property(one, "dbSubnetGroupName")) === old.id))
      throw new AwsError(
        "InvalidDBSubnetGroupStateFault",
        `Cannot delete the subnet group '${old.id}' because at least one database instance is still using it.`,
      );
  },
};

export default model;
