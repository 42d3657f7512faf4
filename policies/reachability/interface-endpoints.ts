import { awsServiceTakes, privateLinkTakes } from "./axioms";
import { certaintyOf } from "./certainty";
import { anything, type Estimate, exactly, perhaps } from "./estimate";
import { followList, isExactly, type Link, type Links, type ListLink } from "./links";
import { related } from "./related";
import { given, label, type Resource } from "./resources";
import { followGroup, type Groups, readGroups } from "./security-groups";
import { subnetTypes } from "./vpcs";

export const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** The subnets of an interface endpoint, by its own list and by associations. */
export function subnetsOfEndpoint(links: Links, endpoint: Resource): ListLink {
  const own = followList(links, endpoint, "subnetIds", subnetTypes);
  const type = "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation";
  const { certain, possible, outside } = associated(links, endpoint, type, (each) =>
    links.follow(each, "subnetId", ...subnetTypes),
  );
  const all = [...new Set([...own.certain, ...certain])];
  return {
    ...own,
    certain: all,
    possible: [...new Set([...own.possible, ...possible])].filter((each) => !all.includes(each)),
    outside: [...own.outside, ...outside],
    absent: own.absent && all.length === 0,
  };
}

/** Its groups, by its own list and by associations, which add to the VPC's default group or replace it. */
export function groupsOfEndpoint(links: Links, endpoint: Resource, vpc: Link): Groups {
  const type = "aws:ec2/securityGroupAssociation:SecurityGroupAssociation";
  const found = associated(links, endpoint, type, (each) =>
    followGroup(links, each, "securityGroupId", each.props.securityGroupId),
  );
  const own = readGroups(links, endpoint, "securityGroupIds", vpc);
  if (found.associations.length === 0) return own;
  const replaces = found.associations.map((each) => certaintyOf(given(each, "replaceDefaultAssociation")));
  const isDefault = given(endpoint, "securityGroupIds") === undefined;
  const kept: Groups =
    !isDefault || replaces.every((each) => each === "no")
      ? own
      : replaces.includes("yes")
        ? { certain: [], possible: [], outside: [] }
        : { ...own, certain: [], possible: [...own.certain, ...own.possible] };
  const certain = [...new Set([...kept.certain, ...found.certain])];
  return {
    certain,
    possible: [...new Set([...kept.possible, ...found.possible])].filter((each) => !certain.includes(each)),
    outside: [
      ...kept.outside,
      ...found.outside.map((id) => `security group ${id ?? `of ${label(endpoint)} that isn't known`}`),
    ],
  };
}

function associated(links: Links, endpoint: Resource, type: string, follow: (association: Resource) => Link) {
  const ownerOf = (association: Resource) => links.follow(association, "vpcEndpointId", endpointType);
  const own = related(links, `endpoints of ${type}`, [type], (each) => ownerOf(each).candidates, endpoint);
  const found = own.map((association) => ({
    association,
    isOwn: isExactly(ownerOf(association), endpoint),
    link: follow(association),
  }));
  const isCertain = ({ isOwn, link }: (typeof found)[number]) =>
    isOwn && !link.external && link.candidates.length === 1;
  return {
    associations: found.map(({ association }) => association),
    certain: found.filter(isCertain).flatMap(({ link }) => link.candidates),
    possible: found.filter((each) => !isCertain(each)).flatMap(({ link }) => link.candidates),
    outside: found.filter(({ link }) => link.external).map(({ link }) => link.id),
  };
}

/** What stands behind an endpoint. */
export interface Service {
  readonly takes: Estimate;
  readonly answers: Estimate;
}

/** An AWS service is known by its name; whether somebody's own takes and answers depends on what nobody sees from here. */
export function serviceOf(endpoint: Resource): Service {
  const service = given(endpoint, "serviceName");
  const isAws = typeof service === "string" && service.includes(".amazonaws.") && !service.includes(".vpce.");
  if (isAws) return { takes: exactly(awsServiceTakes), answers: anything };
  const unknown = `what the service behind endpoint ${label(endpoint)} takes and answers`;
  return {
    takes: { must: awsServiceTakes, may: privateLinkTakes, unknowns: [unknown] },
    answers: perhaps(anything, unknown),
  };
}
