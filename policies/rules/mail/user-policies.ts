import { followList, isExactly, type Links, mayBe } from "../../reachability/links";
import { given, label, type Resource, UNKNOWN, type Value } from "../../reachability/resources";

export const USER = "aws:iam/user:User";
const GROUP = "aws:iam/group:Group";
const POLICY = "aws:iam/policy:Policy";

/** A policy by which a user may do something. */
export interface UserPolicy {
  /** How a person would name it. */
  readonly label: string;
  /** What it says; undefined for one that isn't in the stack, which `arn` names then. */
  readonly document: Value;
  readonly arn: string | undefined;
  /** It may be another user's. */
  readonly isDoubtful: boolean;
}

/** The policies of a user: its own, those attached to it, and those of its groups. */
export function policiesOf(links: Links, user: Resource): readonly UserPolicy[] {
  const own = attachedTo(links, user, {
    inline: "aws:iam/userPolicy:UserPolicy",
    attachment: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    by: "user",
    list: "users",
  });
  const groups = groupsOf(links, user).flatMap(({ group, isDoubtful }) =>
    attachedTo(links, group, {
      inline: "aws:iam/groupPolicy:GroupPolicy",
      attachment: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
      by: "group",
      list: "groups",
    }).map((policy): UserPolicy => ({ ...policy, isDoubtful: policy.isDoubtful || isDoubtful })),
  );
  return [...own, ...groups];
}

interface Spelling {
  readonly inline: string;
  readonly attachment: string;
  /** The property that names the user or the group. */
  readonly by: string;
  /** The property of an `aws.iam.PolicyAttachment` that lists them. */
  readonly list: string;
}

function attachedTo(links: Links, owner: Resource, { inline, attachment, by, list }: Spelling): readonly UserPolicy[] {
  const ofOwner = (type: string) =>
    links.ofTypes(type).flatMap((each) => {
      const link = links.follow(each, by, owner.type);
      return mayBe(link, owner) ? [{ each, isDoubtful: !isExactly(link, owner) }] : [];
    });
  const listed = links.ofTypes("aws:iam/policyAttachment:PolicyAttachment").flatMap((each) => {
    const { certain, possible } = followList(links, each, list, [owner.type]);
    if (certain.includes(owner)) return [{ each, isDoubtful: false }];
    return possible.includes(owner) ? [{ each, isDoubtful: true }] : [];
  });
  return [
    ...ofOwner(inline).map(({ each, isDoubtful }): UserPolicy => ({
      label: `policy "${each.name}"`,
      document: each.props.policy,
      arn: undefined,
      isDoubtful,
    })),
    ...[...ofOwner(attachment), ...listed].flatMap(({ each, isDoubtful }) => managed(links, each, isDoubtful)),
  ];
}

function managed(links: Links, attachment: Resource, isDoubtful: boolean): readonly UserPolicy[] {
  const { candidates, external, id } = links.follow(attachment, "policyArn", POLICY);
  const isOneOf = isDoubtful || external || candidates.length > 1;
  const inside = candidates.map((policy): UserPolicy => ({
    label: `policy ${label(policy)}`,
    document: given(policy, "policy"),
    arn: undefined,
    isDoubtful: isOneOf,
  }));
  if (!external) return inside;
  return [
    ...inside,
    {
      label: `policy ${id ?? `of "${attachment.name}"`}`,
      document: id === undefined ? UNKNOWN : undefined,
      arn: id,
      isDoubtful: isDoubtful || candidates.length > 0,
    },
  ];
}

function groupsOf(links: Links, user: Resource): readonly { readonly group: Resource; readonly isDoubtful: boolean }[] {
  const ofUser = links.ofTypes("aws:iam/userGroupMembership:UserGroupMembership").flatMap((membership) => {
    const link = links.follow(membership, "user", USER);
    if (!mayBe(link, user)) return [];
    const { certain, possible } = followList(links, membership, "groups", [GROUP]);
    const isDoubtful = !isExactly(link, user);
    return [
      ...certain.map((group) => ({ group, isDoubtful })),
      ...possible.map((group) => ({ group, isDoubtful: true })),
    ];
  });
  const ofGroup = links.ofTypes("aws:iam/groupMembership:GroupMembership").flatMap((membership) => {
    const { certain, possible } = followList(links, membership, "users", [USER]);
    if (!certain.includes(user) && !possible.includes(user)) return [];
    const link = links.follow(membership, "group", GROUP);
    const isDoubtful = !certain.includes(user) || link.external || link.candidates.length > 1;
    return link.candidates.map((group) => ({ group, isDoubtful }));
  });
  return [...ofUser, ...ofGroup];
}
