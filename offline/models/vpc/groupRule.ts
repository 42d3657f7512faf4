/** What `vpc.SecurityGroupIngressRule` and `vpc.SecurityGroupEgressRule` have in common: all but the direction. */
import { arn } from "../../arn";
import { AwsError } from "../../aws-error";
import type { CheckContext, Model, OperationContext, Problem } from "../../model";
import { Findings } from "../findings";
import { given, orElse, text } from "../values";
import { ipv4Problem, ipv6Problem } from "../ec2/cidr";
import { checkPeerGroup, networkOfGroup } from "../ec2/groupRules";
import { authorize, permissionsOf, single, type Direction } from "../ec2/permissions";
import { hasPorts, protocolNumber } from "../ec2/protocol";
import { checkTags } from "../ec2/tags";

const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;
const DESCRIPTION = /^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]{0,255}$/;

function check({ inputs }: CheckContext): Problem[] {
  const found = new Findings(inputs);
  found.exactlyOne(peers);
  found.between("fromPort", -1, 65535);
  found.between("toPort", -1, 65535);
  const ipv4 = text(inputs["cidrIpv4"]);
  const problem = ipv4 === undefined ? undefined : ipv4Problem(ipv4);
  if (problem !== undefined) found.refuse("cidrIpv4", "InvalidParameterValue", problem);
  const ipv6 = text(inputs["cidrIpv6"]);
  const problem6 = ipv6 === undefined ? undefined : ipv6Problem(ipv6);
  if (problem6 !== undefined) found.refuse("cidrIpv6", "InvalidParameterValue", problem6);
  checkTags(found);
  return found.problems;
}

function refuse(context: OperationContext, direction: Direction): void {
  const { inputs, world } = context;
  const description = text(inputs["description"]);
  if (description !== undefined && !DESCRIPTION.test(description)) {
    throw new AwsError(
      "InvalidParameterValue",
      `Invalid rule description '${description}'. Valid descriptions are strings less than 256 characters from a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*`,
      "description",
    );
  }
  const protocol = protocolNumber(text(inputs["ipProtocol"]) ?? "");
  if (protocol !== undefined && hasPorts(protocol) && (!given(inputs["fromPort"]) || !given(inputs["toPort"]))) {
    throw new AwsError(
      "InvalidParameterValue",
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
      "fromPort",
    );
  }
  const vpcId = networkOfGroup(context);
  const referenced = text(inputs["referencedSecurityGroupId"]);
  if (referenced !== undefined) checkPeerGroup(context, vpcId, referenced);
  const groupId = text(inputs["securityGroupId"]);
  authorize(groupId === undefined ? [] : permissionsOf(world, groupId), [single(direction, inputs)]);
}

export function groupRule(type: string, direction: Direction): Model {
  return {
    type,
    replaceOn: ["securityGroupId"],
    // A rule keeps its kind of peer for life.
    replaceIf: (olds, news) => peers.filter((peer) => given(olds[peer]) !== given(news[peer])),
    check,

    create(context) {
      refuse(context, direction);
      const { inputs, place, ids } = context;
      const id = ids.ec2("sgr");
      return {
        id,
        outputs: {
          arn: arn(place, "ec2", `security-group-rule/${id}`),
          securityGroupRuleId: id,
          ...Object.fromEntries(
            [...peers, "description", "fromPort", "toPort"].map((name) => [name, orElse(inputs[name], null)]),
          ),
        },
      };
    },

    update(context) {
      refuse(context, direction);
      const names = [...peers, "description", "fromPort", "toPort"];
      return Object.fromEntries(names.map((name) => [name, orElse(context.inputs[name], null)]));
    },
  };
}
