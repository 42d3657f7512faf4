import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { Model } from "../../model";
import { UNKNOWN } from "../../unknown";
import { Findings } from "../findings";
import { orElse, property, text } from "../values";
import { SECURITY_GROUP } from "./companions";
import { refuseWhileUsed, usersOfGroup } from "./dependents";
import { checkInlineRules, refuseInlineRules, ruleOutputs } from "./groupRules";
import { authorize, EGRESS_RULE, INGRESS_RULE, inlineOf, permissionsOf, RULE } from "./permissions";
import { withinQuota } from "./quota";
import { referred } from "./references";
import { checkTags } from "./tags";

const MAX_LENGTH = 255;
/** What CreateSecurityGroup takes. Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
const CHARACTERS = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]*$/;

function refuseCharacters(what: "GroupDescription" | "GroupName", value: string | undefined, property_: string): void {
  if (value === undefined || CHARACTERS.test(value)) return;
  const described = what === "GroupName" ? "security group name" : "security group description";
  throw new AwsError(
    "InvalidParameterValue",
    `Value (${value}) for parameter ${what} is invalid. Invalid ${described}. Valid characters: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*`,
    property_,
  );
}

const model: Model = {
  type: SECURITY_GROUP,
  defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
  replaceOn: ["description", "name", "namePrefix", "vpcId"],

  nestedDefaults: { ingress: { self: false }, egress: { self: false } },

  check({ inputs, filledIn }) {
    const found = new Findings(inputs);
    found.length("description", 0, MAX_LENGTH);
    found.length("name", 0, MAX_LENGTH);
    found.length("namePrefix", 0, MAX_LENGTH - 26);
    // AWS refuses `sg-1a2b3c4` as well, which is how a group with the logical name `sg` is called; names chosen by nobody are let pass
    // here, so that programs (and recordings) whose resources are merely called `sg` can be tried.
    const chosen = filledIn.has("name") ? ["namePrefix"] : ["name", "namePrefix"];
    for (const name of chosen) found.matches(name, /^(?!sg-)/, "cannot begin with sg-");
    found.conflict("name", ["namePrefix"]);
    checkInlineRules(found);
    checkTags(found);
    return found.problems;
  },

  create(context) {
    const { inputs, place, ids, world } = context;
    if (inputs["description"] === "")
      throw new AwsError("MissingParameter", "The request must contain the parameter GroupDescription", "description");
    const vpc = referred(context, "vpc", inputs["vpcId"]);
    const name = text(inputs["name"]);
    if (name?.toLowerCase() === "default") {
      throw new AwsError("InvalidParameterValue", "Cannot use reserved security group name: default", "name");
    }
    refuseCharacters("GroupDescription", text(inputs["description"]), "description");
    refuseCharacters("GroupName", name, "name");
    const twin = world.all(SECURITY_GROUP).find((group) => {
      return (
        name !== undefined &&
        vpc !== undefined &&
        property(group, "name") === name &&
        property(group, "vpcId") === vpc.id
      );
    });
    if (twin !== undefined) {
      throw new AwsError(
        "InvalidGroup.Duplicate",
        `The security group '${name ?? ""}' already exists for VPC '${vpc?.id ?? ""}' (${twin.id})`,
        "name",
      );
    }
    withinQuota("securityGroupsPerRegion", world.all(SECURITY_GROUP).length + 1);
    const id = ids.ec2("sg");
    refuseInlineRules(context, vpc?.id);
    authorize([], inlineOf({ id, inputs, outputs: {} }));
    return {
      id,
      outputs: {
        arn: arn(place, "ec2", `security-group/${id}`),
        ownerId: place.accountId,
        egress: ruleOutputs(inputs["egress"]),
        ingress: ruleOutputs(inputs["ingress"]),
        namePrefix: orElse(inputs["namePrefix"], ""),
        // Without a VPC, EC2 takes the Region's default one, which this account hasn't: only an id that looks like one is known.
        vpcId: orElse(inputs["vpcId"], context.preview ? UNKNOWN : `vpc-${ids.hex(8, "default-vpc")}`),
      },
    };
  },

  update(context, old) {
    const { inputs, world } = context;
    refuseInlineRules(context, text(old.outputs["vpcId"]));
    const others = permissionsOf(world, old.id).slice(
      inlineOf({ id: old.id, inputs: old.outputs, outputs: {} }).length,
    );
    authorize(others, inlineOf({ id: old.id, inputs, outputs: {} }));
    return { egress: ruleOutputs(inputs["egress"]), ingress: ruleOutputs(inputs["ingress"]) };
  },

  delete({ world, inputs }, old) {
    const revoked = [RULE, INGRESS_RULE, EGRESS_RULE];
    const users = usersOfGroup(world, old.id);
    refuseWhileUsed(
      `resource ${old.id}`,
      inputs["revokeRulesOnDelete"] === true ? users.filter((user) => !revoked.includes(user.type)) : users,
    );
  },
};

export default model;
